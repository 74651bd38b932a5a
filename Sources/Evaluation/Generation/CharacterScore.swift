/// Corpus chrF (Popović 2015) as sacrebleu 2.6 computes it by default: character n-grams up to 6, β = 2, without white space,
/// effective order.
public struct CharacterScore: Sendable, Equatable {
    private static let orders = 6

    /// For every order the n-grams of the prediction, of the reference, and those that both have.
    private(set) var counts: [Int]

    /// - Parameter references: the one with the best score counts, the first of equally good ones.
    public init(prediction: String, references: [String]) {
        let predicted = Self.characters(prediction)
        var best: (score: Double, counts: [Int])?
        for reference in references {
            let counts = Self.counts(predicted, Self.characters(reference))
            let score = Self.value(counts.map(Double.init))
            if score > best?.score ?? -1 { best = (score, counts) }
        }
        counts = best?.counts ?? [Int](repeating: 0, count: 3 * Self.orders)
    }

    /// From 0 to 100.
    public var value: Double { Self.value(counts.map(Double.init)) }

    /// chrF of the sum of several predictions' counts.
    static func value(_ counts: [Double]) -> Double {
        guard counts.count == 3 * orders else { return 0 }
        var (precision, recall, effective) = (0.0, 0.0, 0.0)
        for order in 0..<orders where counts[3 * order] > 0 && counts[3 * order + 1] > 0 {
            precision += counts[3 * order + 2] / counts[3 * order]
            recall += counts[3 * order + 2] / counts[3 * order + 1]
            effective += 1
        }
        guard effective > 0 else { return 0 }
        precision /= effective
        recall /= effective
        guard precision + recall > 0 else { return 0 }
        var score = 5 * precision * recall
        score /= 4 * precision + recall
        return 100 * score
    }

    private static func counts(_ prediction: [UInt32], _ reference: [UInt32]) -> [Int] {
        var counts: [Int] = []
        for order in 1...orders {
            let (left, right) = (ngrams(prediction, order), ngrams(reference, order))
            let count = max(0, reference.count - order + 1)
            // What no reference can have is not held against the prediction.
            counts.append(count > 0 ? max(0, prediction.count - order + 1) : 0)
            counts.append(count)
            counts.append(left.reduce(0) { $0 + min($1.value, right[$1.key] ?? 0) })
        }
        return counts
    }

    private static func characters(_ text: String) -> [UInt32] {
        text.unicodeScalars.lazy.filter { !PythonText.isSpace($0) }.map(\.value)
    }

    /// Six scalars of 21 bits.
    private struct Key: Hashable {
        var high: UInt64 = 0
        var low: UInt64 = 0
    }

    private static func ngrams(_ characters: [UInt32], _ order: Int) -> [Key: Int] {
        var counts: [Key: Int] = [:]
        guard characters.count >= order else { return counts }
        for index in 0...(characters.count - order) {
            var key = Key()
            for offset in 0..<order {
                if offset < 3 {
                    key.high = key.high << 21 | UInt64(characters[index + offset])
                } else {
                    key.low = key.low << 21 | UInt64(characters[index + offset])
                }
            }
            counts[key, default: 0] += 1
        }
        return counts
    }
}
