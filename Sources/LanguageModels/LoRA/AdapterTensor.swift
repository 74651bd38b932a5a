/// One tensor of an adapter and its place in the flat parameter vector.
public struct AdapterTensor: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// [rank, input]
        case a
        /// [output, rank]
        case b
        /// A whole layer that is trained along: the classifier of a sequence classification (`modules_to_save`).
        case whole
    }

    /// As PEFT names it: `base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight`.
    public let name: String
    /// [rank, input] for A, [output, rank] for B.
    public let shape: [Int]
    /// Where its elements start in ``LoRAAdapter/parameters``.
    public let offset: Int
    let kind: Kind
    let layer: Int
    /// The module's path inside of its block; of a whole layer, the name in the checkpoint.
    let path: String

    /// Whether it is the A, the down projection. Whole layers count with B.
    public var isA: Bool { kind == .a }
    public var count: Int { shape.reduce(1, *) }
    public var range: Range<Int> { offset..<offset + count }

    static let prefix = "base_model.model."

    /// All tensors of an adapter, sorted by name (bytes of UTF-8), which is the order of the flat vector everywhere:
    /// on the wire, in the sum of a round and in the optimizer.
    static func layout(_ lora: LoRAConfiguration, for model: ModelConfiguration) throws -> [AdapterTensor] {
        struct Draft {
            var name: String
            var shape: [Int]
            var kind: Kind
            var layer = 0
            var path: String
        }
        let names = ModelNames(model)
        var drafts: [Draft] = []
        for linear in try lora.layers(of: model) {
            for layer in 0..<model.layers {
                let module = prefix + names.block(layer) + linear.path
                drafts.append(
                    Draft(
                        name: "\(module).lora_A.weight", shape: [lora.rank, linear.input], kind: .a, layer: layer,
                        path: linear.path))
                drafts.append(
                    Draft(
                        name: "\(module).lora_B.weight", shape: [linear.output, lora.rank], kind: .b, layer: layer,
                        path: linear.path))
            }
        }
        if let labels = model.head.classes, lora.trainsHead ?? true {
            let weight = "\(names.head).weight"
            drafts.append(
                Draft(name: prefix + weight, shape: [labels, model.hiddenSize], kind: .whole, path: weight))
            drafts.append(Draft(name: prefix + names.headBias, shape: [labels], kind: .whole, path: names.headBias))
        }
        drafts.sort { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
        var offset = 0
        return drafts.map { draft in
            defer { offset += draft.shape.reduce(1, *) }
            return AdapterTensor(
                name: draft.name, shape: draft.shape, offset: offset, kind: draft.kind, layer: draft.layer,
                path: draft.path)
        }
    }
}
