import Foundation
import Tensors

/// Attention in double precision, one sequence, written down from its definition.
struct ReferenceAttention {
    let shape: AttentionShape
    let length: Int

    var width: Int { (shape.heads + 2 * shape.keyValueHeads) * shape.headSize }
    private var size: Int { shape.headSize }
    private var scale: Double { Double(shape.scale) }
    private var cap: Double { Double(shape.softcap) }

    private func keyColumn(_ head: Int) -> Int {
        (shape.heads + head / (shape.heads / shape.keyValueHeads)) * size
    }

    private func seen(_ query: Int) -> ClosedRange<Int> {
        guard shape.isCausal else { return 0...length - 1 }
        return max(0, query - (shape.window ?? length) + 1)...query
    }

    /// `fused` holds queries, keys and values of each row one behind the other.
    func forward(_ fused: [Double]) -> [Double] {
        var out = [Double](repeating: 0, count: length * shape.heads * size)
        for head in 0..<shape.heads {
            for query in 0..<length {
                let (probabilities, _) = probabilities(fused, head, query)
                for (key, p) in zip(seen(query), probabilities) {
                    let value = key * width + keyColumn(head) + shape.keyValueHeads * size
                    for c in 0..<size { out[(query * shape.heads + head) * size + c] += p * fused[value + c] }
                }
            }
        }
        return out
    }

    /// The gradient of Σ seed · forward.
    func backward(_ fused: [Double], seed: [Double]) -> [Double] {
        var gradient = [Double](repeating: 0, count: fused.count)
        for head in 0..<shape.heads {
            for query in 0..<length {
                let (probabilities, slopes) = probabilities(fused, head, query)
                let d = (query * shape.heads + head) * size
                var products: [Double] = []
                for (key, p) in zip(seen(query), probabilities) {
                    let value = key * width + keyColumn(head) + shape.keyValueHeads * size
                    var product = 0.0
                    for c in 0..<size {
                        product += seed[d + c] * fused[value + c]
                        gradient[value + c] += p * seed[d + c]
                    }
                    products.append(product)
                }
                let mean = zip(probabilities, products).reduce(0) { $0 + $1.0 * $1.1 }
                for (index, key) in seen(query).enumerated() {
                    let score = probabilities[index] * (products[index] - mean) * slopes[index] * scale
                    let (q, k) = (query * width + head * size, key * width + keyColumn(head))
                    for c in 0..<size {
                        gradient[q + c] += score * fused[k + c]
                        gradient[k + c] += score * fused[q + c]
                    }
                }
            }
        }
        return gradient
    }

    /// Of the keys that the query sees, and the derivative of the cap at each.
    private func probabilities(_ fused: [Double], _ head: Int, _ query: Int) -> ([Double], [Double]) {
        let scores = seen(query).map { key in
            var dot = 0.0
            for c in 0..<size {
                dot += fused[query * width + head * size + c] * fused[key * width + keyColumn(head) + c]
            }
            return ReferenceLayers.capped(dot * scale, cap)
        }
        let largest = scores.max() ?? 0
        let weights = scores.map { exp($0 - largest) }
        let sum = weights.reduce(0, +)
        return (weights.map { $0 / sum }, scores.map { cap == 0 ? 1 : 1 - $0 / cap * $0 / cap })
    }
}
