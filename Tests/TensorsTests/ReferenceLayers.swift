import Foundation
import Tensors

/// The layers written down plainly in double precision: the oracle of the kernels.
enum ReferenceLayers {
    static func norm(
        _ x: [Double], kind: NormWeights.Kind, weight: [Double], bias: [Double]?, epsilon: Double
    ) -> [Double] {
        let width = weight.count
        var y = x
        for start in stride(from: 0, to: x.count, by: width) {
            let values = x[start..<start + width]
            let mean = kind == .layer ? values.reduce(0, +) / Double(width) : 0
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
            for i in 0..<width {
                y[start + i] =
                    (x[start + i] - mean) / (variance + epsilon).squareRoot() * weight[i] + (bias?[i] ?? 0)
            }
        }
        return y
    }

    static func activation(_ x: Double, _ kind: Activation) -> Double {
        switch kind {
        case .silu: x / (1 + exp(-x))
        // 1 + erf and 1 + tanh would lose the left tail.
        case .gelu: x / 2 * erfc(-x / 2.0.squareRoot())
        case .geluTanh:
            x / 2 * (1 + Foundation.tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
        case .relu: max(x, 0)
        case .tanh: Foundation.tanh(x)
        }
    }

    static func gated(_ gateUp: [Double], _ kind: Activation, width: Int) -> [Double] {
        stride(from: 0, to: gateUp.count, by: 2 * width).flatMap { start in
            (start..<start + width).map { activation(gateUp[$0], kind) * gateUp[$0 + width] }
        }
    }

    static func rotary(
        _ x: [Double], positions: [Int32], heads: Int, headSize: Int, rotarySize: Int, theta: Double
    ) -> [Double] {
        var y = x
        for (row, position) in positions.enumerated() {
            for head in 0..<heads {
                for pair in 0..<rotarySize / 2 {
                    let angle = Double(position) * pow(theta, -2 * Double(pair) / Double(rotarySize))
                    let low = (row * heads + head) * headSize + pair
                    let high = low + rotarySize / 2
                    y[low] = x[low] * cos(angle) - x[high] * sin(angle)
                    y[high] = x[high] * cos(angle) + x[low] * sin(angle)
                }
            }
        }
        return y
    }

    static func capped(_ x: Double, _ cap: Double) -> Double {
        cap == 0 ? x : cap * Foundation.tanh(x / cap)
    }

    static func crossEntropy(_ logits: [Double], targets: [Int32], cap: Double) -> [Double] {
        let width = logits.count / targets.count
        return targets.enumerated().map { row, target in
            let values = logits[row * width..<(row + 1) * width].map { capped($0, cap) }
            let largest = values.max() ?? 0
            return log(values.map { exp($0 - largest) }.reduce(0, +)) + largest - values[Int(target)]
        }
    }

    /// a [m,k] · b [k,n] of elements that the closures give.
    static func product(
        _ m: Int, _ n: Int, _ k: Int, _ a: (Int, Int) -> Float, _ b: (Int, Int) -> Float
    ) -> [Double] {
        var c = [Double](repeating: 0, count: m * n)
        for i in 0..<m {
            for j in 0..<n {
                var sum = 0.0
                for l in 0..<k { sum += Double(a(i, l)) * Double(b(l, j)) }
                c[i * n + j] = sum
            }
        }
        return c
    }

    /// d Σ seed·f(x) / dx by central differences.
    static func gradient(_ x: [Double], seed: [Double], _ f: ([Double]) -> [Double]) -> [Double] {
        func objective(_ x: [Double]) -> Double { zip(f(x), seed).map { $0 * $1 }.reduce(0, +) }
        let step = 1e-5
        return x.indices.map { index in
            var moved = x
            moved[index] = x[index] + step
            let above = objective(moved)
            moved[index] = x[index] - step
            return (above - objective(moved)) / (2 * step)
        }
    }
}
