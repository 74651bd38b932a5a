internal import Tensors

/// An adapter in a backend's memory, arranged for the transformer: the A matrices of layers that read the same input lie one
/// below the other, so that all their x·Aᵀ are one product.
final class LowRankWeights {
    struct Part {
        /// First column of this layer's x·Aᵀ in its group's.
        let rankColumn: Int
        /// First column of its output in the slot's output.
        let outputColumn: Int
        let output: Int
        let a: AdapterTensor
        let b: AdapterTensor
    }

    struct Group {
        let stacked: UnsafeMutablePointer<Float>
        let input: Int
        /// The sum of the ranks of its layers.
        let width: Int
        /// First column in the block's kept x·Aᵀ.
        let column: Int
        let parts: [Part]
        /// The same for a backend.
        let factors: LowRankFactors
    }

    let rank: Int
    let scale: Float
    let parameterCount: Int
    /// Columns of the kept x·Aᵀ of one block.
    let width: Int
    let flat: TensorBuffer
    /// The classifier's weight and bias, where they are trained along.
    let headWeight: AdapterTensor?
    let headBias: AdapterTensor?
    private let stacked: TensorBuffer
    /// By block, then by slot.
    private let groups: [[Group?]]
    private let backend: any TensorBackend

    init(_ adapter: LoRAAdapter, model: ModelConfiguration, backend: any TensorBackend) throws {
        self.backend = backend
        rank = adapter.configuration.rank
        scale = adapter.configuration.scale
        parameterCount = adapter.parameterCount
        let expected = try AdapterTensor.layout(adapter.configuration, for: model)
        guard expected == adapter.layout else {
            throw LanguageModelsError(.adapterMismatch, "The adapter is for another base model: its shapes don't fit.")
        }
        let whole = adapter.layout.filter { $0.kind == .whole }
        headWeight = whole.first { $0.shape.count == 2 }
        headBias = whole.first { $0.shape.count == 1 }
        let allA = adapter.layout.filter(\.isA)
        stacked = try TensorBuffer(count: allA.reduce(0) { $0 + $1.count }, backend: backend)
        flat = try TensorBuffer(count: adapter.parameterCount, backend: backend)
        let layers = try adapter.configuration.layers(of: model)
        let byName = Dictionary(uniqueKeysWithValues: adapter.layout.map { ($0.name, $0) })
        let names = ModelNames(model)
        let rank = rank
        var next = stacked.pointer
        let (scale, start) = (scale, flat.pointer)
        groups = (0..<model.layers).map { block in
            var column = 0
            return LinearLayer.Slot.allCases.map { slot in
                var parts: [Part] = []
                for layer in layers where layer.slot == slot {
                    let module = AdapterTensor.prefix + names.block(block) + layer.path
                    guard let a = byName["\(module).lora_A.weight"], let b = byName["\(module).lora_B.weight"] else {
                        continue
                    }
                    parts.append(
                        Part(
                            rankColumn: parts.count * rank, outputColumn: layer.column, output: layer.output, a: a, b: b
                        ))
                }
                guard let first = parts.first else { return nil }
                let input = first.a.shape[1]
                let factors = LowRankFactors(
                    a: next, input: input, width: parts.count * rank, rank: rank, scale: scale,
                    parts: parts.map {
                        .init(
                            rankColumn: $0.rankColumn, outputColumn: $0.outputColumn, output: $0.output,
                            b: start + $0.b.offset)
                    })
                let group = Group(
                    stacked: next, input: input, width: parts.count * rank, column: column, parts: parts,
                    factors: factors)
                next += group.width * input
                column += group.width
                return group
            }
        }
        width = layers.count * rank
        set(adapter.parameters)
    }

    func group(_ block: Int, _ slot: LinearLayer.Slot) -> Group? { groups[block][slot.rawValue] }

    /// Brings new parameters to the device; `values` has ``parameterCount`` elements.
    func set(_ values: [Float]) {
        values.withUnsafeBufferPointer { backend.upload($0, to: flat.pointer) }
        for group in groups.joined().compactMap({ $0 }) {
            for part in group.parts {
                backend.copy(
                    group.stacked + part.rankColumn * group.input, flat.pointer + part.a.offset, count: part.a.count)
            }
        }
    }
}
