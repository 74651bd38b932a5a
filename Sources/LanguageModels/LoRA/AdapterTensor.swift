/// One tensor of an adapter and its place in the flat parameter vector.
public struct AdapterTensor: Sendable, Equatable {
    /// As PEFT names it: `base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight`.
    public let name: String
    /// [rank, input] for A, [output, rank] for B.
    public let shape: [Int]
    /// Where its elements start in ``LoRAAdapter/parameters``.
    public let offset: Int
    /// Whether it is the A, the down projection.
    public let isA: Bool

    let layer: Int
    let projection: Projection

    public var count: Int { shape.reduce(1, *) }
    public var range: Range<Int> { offset..<offset + count }

    /// All tensors of an adapter, sorted by name (bytes of UTF-8), which is the order of the flat vector everywhere:
    /// on the wire, in the sum of a round and in the optimiser.
    static func layout(_ lora: LoRAConfiguration, for model: ModelConfiguration) throws -> [AdapterTensor] {
        var tensors: [(name: String, shape: [Int], isA: Bool, layer: Int, projection: Projection)] = []
        for projection in try lora.projections() {
            for layer in 0..<model.layers {
                let module = "base_model.model.model.layers.\(layer).\(projection.modulePath)"
                tensors.append(
                    ("\(module).lora_A.weight", [lora.rank, projection.inputSize(model)], true, layer, projection))
                tensors.append(
                    ("\(module).lora_B.weight", [projection.outputSize(model), lora.rank], false, layer, projection))
            }
        }
        tensors.sort { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
        var offset = 0
        return tensors.map { tensor in
            defer { offset += tensor.shape[0] * tensor.shape[1] }
            return AdapterTensor(
                name: tensor.name, shape: tensor.shape, offset: offset, isA: tensor.isA, layer: tensor.layer,
                projection: tensor.projection)
        }
    }
}
