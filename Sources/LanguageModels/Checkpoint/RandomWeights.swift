internal import ConsiliumCore
internal import Tensors

/// Random weights for benchmarks and tests: norms 1, the rest uniform with a deviation of about 1/sqrt(input).
struct RandomWeights: WeightSource {
    private let seed: UInt64
    private let isOne: (String) -> Bool

    /// - Parameter isOne: tells the vectors that are all ones.
    init(seed: UInt64, isOne: @escaping (String) -> Bool = Self.isNormWeight) {
        self.seed = seed
        self.isOne = isOne
    }

    /// Every family's norms: `input_layernorm.weight`, `ln_1.weight`, `q_norm.weight`, `LayerNorm.weight`.
    static func isNormWeight(_ name: String) -> Bool {
        let parts = name.split(separator: ".")
        guard parts.last == "weight", let module = parts.dropLast().last?.lowercased() else { return false }
        return module.hasSuffix("norm") || module.hasPrefix("ln_")
    }

    func contains(_ name: String) -> Bool { true }

    func matrix(_ name: String, rows: Int, columns: Int, transposed: Bool, storage: BaseStorage) throws -> FrozenMatrix
    {
        let format: FrozenMatrix.Format =
            switch storage {
            case .automatic, .float32: .float32
            case .bfloat16: .bfloat16
            case .int8: .int8
            case .nf4: .nf4
            }
        return try FrozenMatrix.random(
            format: format, rows: rows, columns: columns, key: key(name),
            bound: 1.7 / Float(max(columns, 1)).squareRoot())
    }

    func vector(_ name: String, shape: [Int]) throws -> [Float] {
        guard let count = elementCount(of: shape) else {
            throw LanguageModelsError(.invalidConfiguration, "The shape \(shape) is too large.")
        }
        guard !isOne(name) else { return [Float](repeating: 1, count: count) }
        return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let base = buffer.baseAddress { UniformNumbers.fill(base, count: count, key: key(name), bound: 0.425) }
            initialized = count
        }
    }

    private func key(_ name: String) -> UInt64 { ReproducibleGenerator(seed: seed, label: name).state }
}
