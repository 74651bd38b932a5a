import Tensors
import Testing

@Suite("Vectors and the optimizer")
struct VectorOperationTests {
    @Test("the norm is accumulated in double precision")
    func norm() {
        // In single precision the small ones would vanish beside the large one.
        let values = [Float](repeating: 1, count: 4096) + [4096]
        #expect(
            abs(
                values.withUnsafeBufferPointer { VectorOperations.norm($0) }
                    - (16_777_216.0 + 4096).squareRoot())
                < 1e-9)
    }

    @Test("AdamW equals its formula in double precision")
    func adamW() {
        var parameters: [Float] = [0.5, -1, 2, 7]
        var first = [Float](repeating: 0, count: 4)
        var second = first
        var expected = parameters.map(Double.init)
        var m = [Double](repeating: 0, count: 4)
        var v = m
        for number in 1...5 {
            let gradient: [Float] = [0.1 * Float(number), -2, 1e-3, 100]
            VectorOperations.adamW(
                &parameters, gradient: gradient, first: &first, second: &second, range: 0..<3,
                step: .init(
                    rate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1, number: number))
            for index in 0..<3 {
                let g = Double(gradient[index])
                m[index] = 0.9 * m[index] + 0.1 * g
                v[index] = 0.99 * v[index] + 0.01 * g * g
                var power1 = 1.0
                var power2 = 1.0
                for _ in 0..<number {
                    power1 *= 0.9
                    power2 *= 0.99
                }
                let root = (v[index] / (1 - power2)).squareRoot() + 1e-8
                expected[index] =
                    expected[index] * (1 - 0.01 * 0.1) - 0.01 * (m[index] / (1 - power1)) / root
            }
        }
        for index in 0..<4 { #expect(abs(Double(parameters[index]) - expected[index]) < 1e-5) }
        #expect(parameters[3] == 7, "outside of the range nothing changes")
    }
}
