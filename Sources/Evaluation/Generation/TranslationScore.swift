internal import Foundation

/// Corpus BLEU (Papineni et al. 2002) as sacrebleu 2.6 computes it by default: `tok:13a`, `smooth:exp`, mixed case, four
/// orders.
public struct TranslationScore: Sendable, Equatable {
    private static let orders = 4

    /// Tokens of the prediction and of the reference, matches of 1- to 4-grams, and how many of them the prediction has.
    private(set) var counts: [Int]

    /// - Parameter references: the closest in length counts for the brevity penalty, each n-gram as often as the reference
    ///   with the most.
    public init(prediction: String, references: [String]) {
        let predicted = TranslationTokenizer.words(prediction)
        let tokens = references.map(TranslationTokenizer.words)
        // Of equally close lengths the shorter one.
        let length = tokens.map(\.count).min {
            (abs($0 - predicted.count), $0) < (abs($1 - predicted.count), $1)
        }
        counts = [predicted.count, length ?? 0] + [Int](repeating: 0, count: 2 * Self.orders)
        for order in 1...Self.orders {
            var allowed: [[PythonText.Word]: Int] = [:]
            for reference in tokens {
                for (ngram, count) in Self.ngrams(reference, order) { allowed[ngram] = max(allowed[ngram] ?? 0, count) }
            }
            for (ngram, count) in Self.ngrams(predicted, order) {
                counts[1 + order] += min(count, allowed[ngram] ?? 0)
                counts[1 + Self.orders + order] += count
            }
        }
    }

    /// From 0 to 100.
    public var value: Double { Self.value(counts.map(Double.init)) }

    /// BLEU of the sum of several predictions' counts.
    static func value(_ counts: [Double]) -> Double {
        guard counts.count == 2 + 2 * orders else { return 0 }
        let (predicted, reference) = (counts[0], counts[1])
        let correct = counts[2..<2 + orders]
        let total = counts[(2 + orders)...]
        guard correct.contains(where: { $0 > 0 }) else { return 0 }
        let brevity = predicted < reference ? (predicted > 0 ? exp(1 - reference / predicted) : 0) : 1
        var smoothing = 1.0
        var precisions = [Double](repeating: 0, count: orders)
        for (order, (correct, total)) in zip(correct, total).enumerated() {
            guard total > 0 else { break }
            if correct == 0 {
                smoothing *= 2
                precisions[order] = 100 / (smoothing * total)
            } else {
                precisions[order] = 100 * correct / total
            }
        }
        // sacrebleu's logarithm of 0 is a large negative number.
        let mean = precisions.reduce(0) { $0 + ($1 == 0 ? -9_999_999_999 : log($1)) } / Double(orders)
        return brevity * exp(mean)
    }

    private static func ngrams(_ tokens: [PythonText.Word], _ order: Int) -> [[PythonText.Word]: Int] {
        var counts: [[PythonText.Word]: Int] = [:]
        guard tokens.count >= order else { return counts }
        for index in 0...(tokens.count - order) { counts[Array(tokens[index..<index + order]), default: 0] += 1 }
        return counts
    }
}
