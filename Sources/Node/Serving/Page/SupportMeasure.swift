internal import Foundation

/// Which sentences of a report have the words of an answer.
///
/// A lexical measure, and shown as such: for each sentence of the answer the share of its distinct content words (and
/// numbers) that one or two sentences of the report hold (ROUGE-1 recall of the answer; Lin 2004). A sentence can have
/// all its words in the report and still say something false, or be true in other words. Two things are pointed out
/// besides: numbers that are nowhere in the report, and a negation on one side alone.
struct SupportMeasure: Sendable {
    struct Sentence: Encodable, Equatable, Sendable {
        var text: String
        /// 0 to 1.
        var share: Double
        /// Of the report's sentences, the best one first.
        var sources: [Int]
        /// Numbers of the answer that the report doesn't have.
        var unknownNumbers: [String]
        /// Exactly one of this sentence and its best source has a word of negation.
        var negationDiffers: Bool
    }

    struct Result: Encodable, Equatable, Sendable {
        var report: [String]
        var answer: [Sentence]
    }

    /// A source must hold at least this share of a sentence's words.
    static let leastShare = 0.3
    /// Longer texts are not compared: the work grows with the product of their lengths.
    static let mostSentences = 2000

    static func measure(report: String, answer: String) -> Result {
        let sources = Array(sentences(of: report).prefix(mostSentences))
        let words = sources.map { contentWords($0) }
        let numbers = Set(words.joined().filter(isNumber))
        // A model that repeats itself says nothing more by it.
        var said: Set<String> = []
        let claims = sentences(of: answer).prefix(500).filter { said.insert($0).inserted }
        let parts = claims.prefix(100).map { text -> Sentence in
            let wanted = contentWords(text)
            let unknown = wanted.filter { isNumber($0) && !numbers.contains($0) }.sorted()
            let first = best(wanted, in: words)
            guard let first, first.share >= leastShare else {
                return Sentence(
                    text: text, share: first?.share ?? 0, sources: [], unknownNumbers: unknown, negationDiffers: false)
            }
            var found = [first.index]
            // A second one counts for what it adds.
            let rest = wanted.subtracting(words[first.index])
            if let second = best(rest, in: words),
                second.share * Double(rest.count) / Double(wanted.count) >= leastShare
            {
                found.append(second.index)
            }
            let covered = wanted.filter { word in found.contains { words[$0].contains(word) } }
            return Sentence(
                text: text, share: Double(covered.count) / Double(wanted.count), sources: found,
                unknownNumbers: unknown, negationDiffers: hasNegation(text) != hasNegation(sources[first.index]))
        }
        return Result(report: sources, answer: parts)
    }

    private static func best(_ wanted: Set<String>, in sources: [Set<String>]) -> (index: Int, share: Double)? {
        guard !wanted.isEmpty else { return nil }
        var best: (index: Int, share: Double)?
        for (index, words) in sources.enumerated() {
            let share = Double(wanted.count { words.contains($0) }) / Double(wanted.count)
            if share > best?.share ?? 0 { best = (index, share) }
        }
        return best
    }

    /// Cut at the ends of lines, and behind a full stop, a question or an exclamation mark or a semicolon that a blank
    /// follows: “3.5 cm” stays whole, “Dr. Who” does not.
    static func sentences(of text: String) -> [String] {
        var result: [String] = []
        for line in text.split(whereSeparator: \.isNewline) {
            var current = ""
            var ends = false
            for character in line {
                if ends, character == " " || character == "\t" {
                    result.append(current)
                    current = ""
                }
                ends = ".?!;".contains(character)
                current.append(character)
            }
            result.append(current)
        }
        return result.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !words(of: $0).isEmpty }
    }

    /// Letters and digits in lower case; “3.5”, “3,5” and “5-mm” as numbers should be told from each other.
    static func words(of text: String) -> [String] {
        var result: [String] = []
        var current = ""
        let characters = Array(text.lowercased())
        for (index, character) in characters.enumerated() {
            if character.isLetter || character.isNumber {
                current.append(character)
            } else if character == "." || character == ",", current.last?.isNumber == true,
                index + 1 < characters.count, characters[index + 1].isNumber
            {
                current.append(".")
            } else if !current.isEmpty {
                result.append(current)
                current = ""
            }
        }
        if !current.isEmpty { result.append(current) }
        return result
    }

    private static func contentWords(_ text: String) -> Set<String> {
        let all = words(of: text)
        let content = all.filter { !commonWords.contains($0) }
        return Set(content.isEmpty ? all : content)
    }

    private static func isNumber(_ word: String) -> Bool { word.first?.isNumber == true }
    private static func hasNegation(_ text: String) -> Bool { words(of: text).contains(where: negations.contains) }

    private static let negations: Set<String> = [
        "no", "not", "without", "denies", "denied", "negative", "absent", "never", "none", "neither", "nor",
        "unremarkable",
    ]
    private static let commonWords: Set<String> = [
        "a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "had", "has", "have", "he", "her",
        "his", "in",
        "is", "it", "its", "of", "on", "or", "she", "that", "the", "their", "there", "these", "they", "this", "to",
        "was",
        "were", "which", "with", "will",
    ]
}
