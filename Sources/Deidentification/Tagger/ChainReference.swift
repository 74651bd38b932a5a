internal import Foundation

/// Scores and forward-backward written as the equations are, in double precision: what the kernels must agree with.
enum ChainReference {
    /// `[tokens, labels]`
    static func scores(_ model: TaggerModel, _ features: TaggerFeatures) -> [[Double]] {
        let rows = Dictionary(uniqueKeysWithValues: model.buckets.enumerated().map { ($0.element, $0.offset) })
        return (0..<max(0, features.offsets.count - 1)).map { token in
            var sums = [Double](repeating: 0, count: model.labels.count)
            for index in Int(features.offsets[token])..<Int(features.offsets[token + 1]) {
                guard let row = rows[features.buckets[index]] else { continue }
                for label in sums.indices {
                    sums[label] += Double(model.scale) * Double(model.weights[row * model.labels.stride + label])
                }
            }
            return sums
        }
    }

    /// `[tokens, labels]` and the logarithm of the partition function.
    static func marginals(
        scores: [[Double]], labels: ChainLabels, transitions: [Float], start: [Float],
        allowed: [UInt64]? = nil
    ) -> (marginals: [[Double]], logarithm: Double) {
        let count = labels.count
        func edge(_ from: Int, _ to: Int) -> Double {
            labels.permits(from, to) ? Double(transitions[from * count + to]) : -.infinity
        }
        func score(_ token: Int, _ label: Int) -> Double {
            (allowed?[token] ?? .max) >> UInt64(label) & 1 == 1 ? scores[token][label] : -.infinity
        }
        guard !scores.isEmpty else { return ([], 0) }
        var forward = [(0..<count).map { (labels.permits(nil, $0) ? Double(start[$0]) : -.infinity) + score(0, $0) }]
        for token in 1..<max(1, scores.count) {
            forward.append(
                (0..<count).map { to in
                    logSum((0..<count).map { forward[token - 1][$0] + edge($0, to) }) + score(token, to)
                })
        }
        var backward = [[Double]](repeating: [Double](repeating: 0, count: count), count: scores.count)
        for token in stride(from: scores.count - 2, through: 0, by: -1) {
            for from in 0..<count {
                backward[token][from] = logSum(
                    (0..<count).map { edge(from, $0) + score(token + 1, $0) + backward[token + 1][$0] })
            }
        }
        let logarithm = logSum(forward[scores.count - 1])
        let marginals = scores.indices.map { token in
            (0..<count).map { exp(forward[token][$0] + backward[token][$0] - logarithm) }
        }
        return (marginals, logarithm)
    }

    private static func logSum(_ values: [Double]) -> Double {
        let most = values.max() ?? -.infinity
        guard most > -.infinity else { return -.infinity }
        return most + log(values.reduce(0) { $0 + exp($1 - most) })
    }
}
