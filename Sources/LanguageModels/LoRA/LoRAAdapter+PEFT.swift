internal import ConsiliumCore
public import Foundation
internal import Tensors

/// `adapter_config.json`, the keys that long-lived releases of PEFT read and write.
private struct PEFTConfiguration: Codable {
    struct Patterns: Codable {
        var isEmpty: Bool { keys.isEmpty }
        private var keys: [String: Double]

        init() { keys = [:] }
        init(from decoder: any Decoder) throws {
            keys = try decoder.singleValueContainer().decode([String: Double].self)
        }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(keys)
        }
    }

    var peftType: String?
    var taskType: String?
    var baseModelNameOrPath: String?
    var r: Int
    var loraAlpha: Double
    var loraDropout: Double?
    var targetModules: LoRAConfiguration.TargetModules?
    var bias: String?
    var fanInFanOut: Bool?
    var inferenceMode: Bool?
    var useRslora: Bool?
    var useDora: Bool?
    var modulesToSave: [String]?
    var layersToTransform: LayerChoice?
    var rankPattern: Patterns?
    var alphaPattern: Patterns?
    var initLoraWeights: Initialization?

    /// One layer or a list.
    struct LayerChoice: Codable {
        let layers: [Int]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            layers = try (try? [container.decode(Int.self)]) ?? container.decode([Int].self)
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(layers)
        }
    }

    /// `true`, `false` or the name of a method.
    struct Initialization: Codable {
        let method: String?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            method = (try? container.decode(Bool.self)) == nil ? try container.decode(String.self) : nil
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(method)
        }

        /// Methods for which PEFT changes the base weights when it loads the adapter.
        var changesBase: Bool {
            guard let method = method?.lowercased() else { return false }
            return ["pissa", "olora", "loftq", "corda", "lora_ga"].contains { method.hasPrefix($0) }
        }
    }

    enum CodingKeys: String, CodingKey {
        case peftType = "peft_type"
        case taskType = "task_type"
        case baseModelNameOrPath = "base_model_name_or_path"
        case r
        case loraAlpha = "lora_alpha"
        case loraDropout = "lora_dropout"
        case targetModules = "target_modules"
        case bias
        case fanInFanOut = "fan_in_fan_out"
        case inferenceMode = "inference_mode"
        case useRslora = "use_rslora"
        case useDora = "use_dora"
        case modulesToSave = "modules_to_save"
        case layersToTransform = "layers_to_transform"
        case rankPattern = "rank_pattern"
        case alphaPattern = "alpha_pattern"
        case initLoraWeights = "init_lora_weights"
    }
}

/// Settings whose mere presence makes an adapter mean something else, by their names in the file.
private struct UnbuiltSettings: Decodable {
    private static let names = [
        "alora_invocation_tokens", "layer_replication", "use_qalora", "use_bdlora", "kasa_config",
        "monteclora_config", "arrow_config", "lora_bias", "target_parameters", "trainable_token_indices",
    ]

    let present: [String]

    /// `null`, `false` and empty lists or objects say nothing.
    private struct Content: Decodable {
        let isEmpty: Bool

        init(from decoder: any Decoder) throws {
            if let container = try? decoder.singleValueContainer() {
                if container.decodeNil() || (try? container.decode(Bool.self)) == false {
                    isEmpty = true
                    return
                }
            }
            if let list = try? decoder.unkeyedContainer() {
                isEmpty = list.count == 0
            } else {
                isEmpty = (try? decoder.container(keyedBy: AnyCodingKey.self).allKeys.isEmpty) ?? false
            }
        }
    }

    init(from decoder: any Decoder) throws {
        let file = try decoder.container(keyedBy: AnyCodingKey.self)
        present = try Self.names.filter { name in
            let content = try file.decodeIfPresent(Content.self, forKey: AnyCodingKey(stringValue: name))
            return content?.isEmpty == false
        }
    }
}

extension LoRAAdapter {
    static let configurationFile = "adapter_config.json"
    /// What PEFT calls an adapter's weights.
    public static let weightsFile = "adapter_model.safetensors"
    /// What PEFT itself writes for a sequence classification.
    private static let savedModules = ["classifier", "score"]

    /// Writes a folder that `peft.PeftModel.from_pretrained` loads: `adapter_model.safetensors` (float32) and
    /// `adapter_config.json`. Existing files of these names are replaced, each atomically, the weights first.
    ///
    /// - Parameter baseModel: the name or path that PEFT shows as the base model.
    public func save(to folder: URL, baseModel: String) throws {
        try DurableFile.createFolder(folder)
        try SafetensorsWriter.write(tensors, to: folder.appendingPathComponent(Self.weightsFile))
        let whole = layout.contains { $0.kind == .whole }
        // Without a task PEFT loads an adapter of any model; masked language models have none of their own.
        let task: String? =
            switch model.head {
            case .languageModel: "CAUSAL_LM"
            case .maskedLanguageModel: nil
            case .classification: "SEQ_CLS"
            case .tokenClassification: "TOKEN_CLS"
            }
        let file = PEFTConfiguration(
            peftType: "LORA", taskType: task, baseModelNameOrPath: baseModel, r: configuration.rank,
            loraAlpha: configuration.alpha, loraDropout: 0, targetModules: try configuration.targetModules(for: model),
            bias: "none",
            fanInFanOut: model.storesTransposed, inferenceMode: true, useRslora: configuration.useRSLoRA,
            useDora: false, modulesToSave: whole ? Self.savedModules : nil, layersToTransform: nil,
            rankPattern: .init(), alphaPattern: .init())
        try DurableFile.write(
            CanonicalJSON.encodePretty(file), to: folder.appendingPathComponent(Self.configurationFile),
            permissions: 0o644)
    }

    /// Reads a PEFT folder for the model described by `model`.
    ///
    /// - Throws: ``LanguageModelsError`` `.notBuiltYet` for DoRA, trained biases, rank patterns and whole trained modules;
    ///   `.adapterMismatch` if tensors are missing, are too many, or have shapes of another base model; `.numericalFault`
    ///   for NaN; ``TensorsError`` for a malformed file.
    public static func load(from folder: URL, for model: ModelConfiguration) throws -> LoRAAdapter {
        let file: PEFTConfiguration
        let unbuilt: UnbuiltSettings
        do {
            let data = try DurableFile.read(folder.appendingPathComponent(configurationFile), limit: 10_000_000)
            file = try CanonicalJSON.decode(PEFTConfiguration.self, from: data)
            unbuilt = try CanonicalJSON.decode(UnbuiltSettings.self, from: data)
        } catch let error as CoreError where error.code == .malformedJSON {
            throw LanguageModelsError(
                .malformedAdapter, "The adapter's adapter_config.json can't be read.", cause: error)
        }
        try refuseUnbuilt(file, model)
        if let name = unbuilt.present.first {
            throw LanguageModelsError(
                .notBuiltYet, "An adapter with “\(name)” is not built yet. Export a plain LoRA adapter.")
        }
        guard FileManager.default.fileExists(atPath: folder.appendingPathComponent(weightsFile).path) else {
            throw LanguageModelsError(
                .malformedAdapter,
                "\(folder.path) has no \(weightsFile). An adapter_model.bin must be saved as safetensors first.")
        }
        let weights = try SafetensorsFile(url: folder.appendingPathComponent(weightsFile))
        let configuration = LoRAConfiguration(
            rank: file.r, alpha: file.loraAlpha, targets: targets(among: weights.tensorNames, for: model),
            useRSLoRA: file.useRslora ?? false,
            trainsHead: weights.tensorNames.contains { !$0.contains(".lora_") } ? nil : false)
        guard file.r >= 1, file.r <= LoRAConfiguration.largestRank, configuration.scale.isFinite, file.loraAlpha > 0
        else {
            throw LanguageModelsError(
                .malformedAdapter,
                "adapter_config.json has a rank or an alpha that makes no sense. Get the adapter again.")
        }
        guard !configuration.targets.isEmpty else {
            throw LanguageModelsError(
                .adapterMismatch, "The adapter has no LoRA tensor for a layer that this model has.")
        }
        let layout = try AdapterTensor.layout(configuration, for: model)
        guard
            layout.map(\.name)
                == weights.tensorNames.sorted(by: { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
        else {
            let other = Set(layout.map(\.name)).symmetricDifference(weights.tensorNames).min() ?? ""
            throw LanguageModelsError(
                .adapterMismatch,
                "The adapter's tensors are not those of a LoRA adapter for the linear layers in the \(model.layers) blocks of this \(model.family.rawValue) model; the first that differs is “\(other.prefix(120))”. Use its own base model; adapters of other layers are not built yet."
            )
        }
        var parameters: [Float] = []
        for tensor in layout {
            let shape = try weights.entry(tensor.name).shape
            guard shape == tensor.shape else {
                throw LanguageModelsError(
                    .adapterMismatch,
                    "“\(tensor.name)” has the shape \(shape), but this model needs \(tensor.shape). The adapter is for another base model."
                )
            }
            parameters += try weights.floats(tensor.name)
        }
        return try LoRAAdapter(configuration: configuration, for: model, parameters: parameters)
    }

    /// The paths of the adapted layers, as they are called in this family.
    private static func targets(among names: [String], for model: ModelConfiguration) -> [String] {
        let blocks = AdapterTensor.prefix + ModelNames(model).blockPrefix
        let ends = Set(
            names.compactMap { name -> String? in
                guard name.hasPrefix(blocks), name.hasSuffix(".lora_A.weight") else { return nil }
                let inside = name.dropFirst(blocks.count).dropLast(".lora_A.weight".count)
                return inside.firstIndex(of: ".").map { String(inside[inside.index(after: $0)...]) }
            })
        return model.linearLayers.map(\.path).filter(ends.contains)
    }

    private static func refuseUnbuilt(_ file: PEFTConfiguration, _ model: ModelConfiguration) throws {
        func refuse(_ what: String) -> LanguageModelsError {
            LanguageModelsError(.notBuiltYet, "An adapter with \(what) is not built yet. Export a plain LoRA adapter.")
        }
        if let type = file.peftType, type != "LORA" { throw refuse("the PEFT type “\(type.prefix(40))”") }
        if file.useDora == true { throw refuse("DoRA") }
        if let bias = file.bias, bias != "none" { throw refuse("trained biases") }
        if file.fanInFanOut == true, !model.storesTransposed {
            throw refuse("transposed weights (fan_in_fan_out) for this model type")
        }
        if let patterns = file.rankPattern, !patterns.isEmpty { throw refuse("a rank pattern") }
        if let patterns = file.alphaPattern, !patterns.isEmpty { throw refuse("an alpha pattern") }
        if let modules = file.modulesToSave, !modules.isEmpty {
            guard model.head.classes != nil, modules.allSatisfy(savedModules.contains) else {
                throw refuse("whole trained modules (modules_to_save)")
            }
        }
        if file.initLoraWeights?.changesBase == true {
            throw refuse(
                "an initialization that changes the base (“\(file.initLoraWeights?.method?.prefix(40) ?? "")”)")
        }
        if let choice = file.layersToTransform, !choice.layers.isEmpty {
            throw refuse("chosen layers (layers_to_transform)")
        }
    }
}
