import ConsiliumCore
import Foundation

@testable import Deidentification

/// Taggers whose opinion is known beforehand, and small training texts.
enum TaggerFixtures {
    /// A tagger that gives every token nearly the same probability of being a part of a name.
    static func constant(_ logOdds: Float) -> Tagger {
        let labels = ChainLabels(kinds: [.name], marksBegins: false)
        return Tagger(
            TaggerModel(
                language: "en", labels: labels,
                thresholds: DetectionThresholds(accept: [.name: 0.5], veto: [.name: 0.1], strongRule: 0.9),
                words: .none,
                buckets: [], weights: [Int8](repeating: 0, count: labels.stride), scale: 0.01,
                transitions: [0, logOdds, 0, logOdds], start: [0, logOdds]))
    }

    /// Classes of a few words.
    static let words = WordClasses(
        hashes: ["seen", "center", "by", "mo"].map { UInt32(truncatingIfNeeded: WordHash.of($0)) }.sorted(),
        entries: (0..<4).map { .init(group: $0, fine: 300 + UInt16($0), use: 3 * $0) })

    /// A model with random weights on the features of some words.
    static func random(
        _ seed: UInt64, begins: Bool, text: String, words: WordClasses = .none
    ) -> TaggerModel {
        var generator = ReproducibleGenerator(seed: seed, label: "random tagger")
        let labels = ChainLabels(kinds: [.name, .date, .medicalRecordNumber], marksBegins: begins)
        let scanned = ScalarText(text)
        // A set has no order of its own: it must not decide which draw a bucket gets.
        let buckets = Set(TaggerFeatures(scanned, candidates: [], words: words).buckets).sorted().filter { _ in
            generator.next() % 3 > 0
        }
        var weights = [Int8](repeating: 0, count: max(1, buckets.count) * labels.stride)
        for row in buckets.indices {
            for label in 0..<labels.count {
                weights[row * labels.stride + label] = Int8(truncatingIfNeeded: generator.next() % 256)
            }
        }
        func draw(_ count: Int) -> [Float] { (0..<count).map { _ in Float(generator.unit() * 4 - 2) } }
        return TaggerModel(
            language: "en", labels: labels, thresholds: DetectionThresholds(accept: [.name: 0.5]), words: words,
            buckets: buckets, weights: weights, scale: 0.003, transitions: draw(labels.count * labels.count),
            start: draw(labels.count))
    }

    /// Notes with small, invented names behind one word and none behind another: no rule finds them.
    static func notes(_ count: Int, seed: UInt64) -> [TrainingNote] {
        var generator = ReproducibleGenerator(seed: seed, label: "tagger notes")
        let syllables = ["bra", "ku", "lin", "do", "vesh", "mar", "ti", "zo", "pel", "gri"]
        func word() -> String {
            (0..<3).map { _ in syllables[Int(generator.next() % UInt64(syllables.count))] }.joined()
        }
        return (0..<count).map { index in
            let (person, drug) = (word(), word())
            let begin = "vorl "
            let text = begin + person + " today.\nquorn " + drug + " twice daily."
            let start = begin.unicodeScalars.count
            return TrainingNote(
                id: "n\(index)", text: text,
                spans: [.init(start: start, end: start + person.unicodeScalars.count, label: .name)])
        }
    }
}
