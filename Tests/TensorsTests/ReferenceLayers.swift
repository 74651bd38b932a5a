import Foundation

/// The layers written down plainly in double precision: the oracle of the kernels.
enum ReferenceLayers {
    static func norm(_ x: [Double], weight: [Double], rows: Int, epsilon: Double) -> [Double] {
        let width = weight.count
        return (0..<rows).flatMap { row in
            let values = x[row * width..<(row + 1) * width]
            let deviation = (values.map { $0 * $0 }.reduce(0, +) / Double(width) + epsilon).squareRoot()
            return zip(values, weight).map { $0 / deviation * $1 }
        }
    }

    static func swiglu(_ gateUp: [Double], rows: Int, width: Int) -> [Double] {
        (0..<rows).flatMap { row in
            (0..<width).map { column in
                let gate = gateUp[row * 2 * width + column]
                return gate / (1 + exp(-gate)) * gateUp[row * 2 * width + width + column]
            }
        }
    }

    static func rotary(_ x: [Double], positions: [Int32], heads: Int, headSize: Int, theta: Double) -> [Double] {
        var y = x
        for (row, position) in positions.enumerated() {
            for head in 0..<heads {
                for pair in 0..<headSize / 2 {
                    let angle = Double(position) * pow(theta, -2 * Double(pair) / Double(headSize))
                    let low = (row * heads + head) * headSize + pair
                    let high = low + headSize / 2
                    y[low] = x[low] * cos(angle) - x[high] * sin(angle)
                    y[high] = x[high] * cos(angle) + x[low] * sin(angle)
                }
            }
        }
        return y
    }

    /// `fused` holds queries, keys and values of each row one behind the other.
    static func attention(_ fused: [Double], length: Int, heads: Int, groups: Int, size: Int, scale: Double) -> [Double]
    {
        let width = (heads + 2 * groups) * size
        var out = [Double](repeating: 0, count: length * heads * size)
        for head in 0..<heads {
            let keyColumn = (heads + head / (heads / groups)) * size
            let valueColumn = keyColumn + groups * size
            for query in 0..<length {
                let scores = (0...query).map { key in
                    (0..<size).reduce(0.0) {
                        $0 + fused[query * width + head * size + $1] * fused[key * width + keyColumn + $1]
                    } * scale
                }
                let largest = scores.max() ?? 0
                let weights = scores.map { exp($0 - largest) }
                let sum = weights.reduce(0, +)
                for (key, weight) in weights.enumerated() {
                    for column in 0..<size {
                        out[(query * heads + head) * size + column] +=
                            weight / sum * fused[key * width + valueColumn + column]
                    }
                }
            }
        }
        return out
    }

    static func crossEntropy(_ logits: [Double], targets: [Int32]) -> [Double] {
        let width = logits.count / targets.count
        return targets.enumerated().map { row, target in
            let values = logits[row * width..<(row + 1) * width]
            let largest = values.max() ?? 0
            return log(values.map { exp($0 - largest) }.reduce(0, +)) + largest - values[row * width + Int(target)]
        }
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
