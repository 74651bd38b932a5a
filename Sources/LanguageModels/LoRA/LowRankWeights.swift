internal import Tensors

/// An adapter in a backend's memory, arranged for the transformer: the A matrices of projections that read the same
/// input lie one below the other, so that all their x·Aᵀ are one product.
final class LowRankWeights {
    struct Part {
        /// First column of this projection's x·Aᵀ in its group's.
        let rankColumn: Int
        /// First column of its output in the group's output.
        let outputColumn: Int
        let output: Int
        let a: AdapterTensor
        let b: AdapterTensor
    }

    struct Group {
        let stacked: UnsafeMutablePointer<Float>
        let input: Int
        /// The sum of the ranks of its projections.
        let width: Int
        /// First column in the layer's kept x·Aᵀ.
        let column: Int
        let parts: [Part]
    }

    let rank: Int
    let scale: Float
    let parameterCount: Int
    /// Columns of the kept x·Aᵀ of one layer.
    let width: Int
    let flat: TensorBuffer
    private let stacked: TensorBuffer
    /// By layer, then by `Projection.Group`.
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
        let allA = adapter.layout.filter(\.isA)
        stacked = try TensorBuffer(count: allA.reduce(0) { $0 + $1.count }, backend: backend)
        flat = try TensorBuffer(count: adapter.parameterCount, backend: backend)
        let projections = Set(try adapter.configuration.projections())
        let byName = Dictionary(uniqueKeysWithValues: adapter.layout.map { ($0.name, $0) })
        var next = stacked.pointer
        var groups: [[Group?]] = []
        for layer in 0..<model.layers {
            var column = 0
            var row: [Group?] = []
            for kind in Projection.Group.allCases {
                var parts: [Part] = []
                for projection in kind.members where projections.contains(projection) {
                    let module = "base_model.model.model.layers.\(layer).\(projection.modulePath)"
                    guard let a = byName["\(module).lora_A.weight"], let b = byName["\(module).lora_B.weight"] else {
                        continue
                    }
                    parts.append(
                        Part(
                            rankColumn: parts.count * adapter.configuration.rank,
                            outputColumn: projection.outputColumn(model), output: projection.outputSize(model), a: a,
                            b: b))
                }
                guard let first = parts.first else {
                    row.append(nil)
                    continue
                }
                let width = parts.count * adapter.configuration.rank
                row.append(
                    Group(stacked: next, input: first.a.shape[1], width: width, column: column, parts: parts))
                next += width * first.a.shape[1]
                column += width
            }
            groups.append(row)
        }
        self.groups = groups
        width = projections.count * adapter.configuration.rank
        set(adapter.parameters)
    }

    func group(_ layer: Int, _ kind: Projection.Group) -> Group? { groups[layer][kind.rawValue] }

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
