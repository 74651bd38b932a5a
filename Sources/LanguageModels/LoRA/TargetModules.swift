extension LoRAConfiguration {
    /// The adapted layers as PEFT's `target_modules` should name them.
    public enum TargetModules: Sendable, Equatable, Codable {
        /// Ends of paths, at a dot, that name no layer outside of the choice.
        case list([String])
        /// A regular expression over whole paths, where no list can tell the layers apart (BERT's `output.dense` without
        /// `attention.output.dense`).
        case pattern(String)

        /// A list or a text, as in `adapter_config.json`.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .pattern(text)
            } else {
                self = .list(try container.decode([String].self))
            }
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .list(let names): try container.encode(names)
            case .pattern(let pattern): try container.encode(pattern)
            }
        }

        /// - Parameters:
        ///   - chosen: paths inside of a block, in its order.
        ///   - others: paths that must not be hit.
        init(paths chosen: [String], butNot others: [String]) {
            var names: [String] = []
            for path in chosen {
                let parts = path.split(separator: ".")
                let ends = (1...max(parts.count, 1)).map { parts.suffix($0).joined(separator: ".") }
                guard
                    let name = ends.first(where: { end in others.allSatisfy { $0 != end && !$0.hasSuffix(".\(end)") } })
                else {
                    let escaped = chosen.map { $0.split(separator: ".").joined(separator: "\\.") }
                    self = .pattern(".*\\.\\d+\\.(\(escaped.joined(separator: "|")))")
                    return
                }
                if !names.contains(name) { names.append(name) }
            }
            self = .list(names)
        }

        /// From the names of an adapter's tensors, where the base model is not at hand.
        public init(tensorNames: [String]) {
            // What follows the number of the block.
            let paths = tensorNames.compactMap { name -> String? in
                guard name.hasSuffix(".lora_A.weight") else { return nil }
                let parts = name.split(separator: ".").dropLast(2)
                guard let number = parts.firstIndex(where: { Int($0) != nil }) else { return nil }
                return parts[(number + 1)...].joined(separator: ".")
            }
            let chosen = Set(paths)
            // Without the model any layer of any family could be there.
            let known = Set(
                ModelFamily.allCases.flatMap { family in
                    ModelConfiguration(
                        family: family, vocabularySize: 1, hiddenSize: 1, intermediateSize: 1, layers: 1, heads: 1
                    ).linearLayers.map(\.path)
                })
            let family = known.filter { path in
                chosen.contains { $0.split(separator: ".").first == path.split(separator: ".").first }
            }
            self.init(
                paths: chosen.sorted(),
                butNot: family.subtracting(chosen).sorted()
                    + (chosen.contains { $0.hasSuffix(".dense") }
                        ? ["bert.pooler.dense", "cls.predictions.transform.dense"] : []))
        }
    }

    /// - Throws: ``LanguageModelsError`` `.invalidConfiguration` for a rank, an alpha or a name that makes no sense.
    public func targetModules(for model: ModelConfiguration) throws -> TargetModules {
        let chosen = try layers(of: model)
        let others = model.linearLayers.filter { !chosen.contains($0) }.map(\.path) + model.linearLayersOutsideOfBlocks
        return TargetModules(paths: chosen.map(\.path), butNot: others)
    }
}
