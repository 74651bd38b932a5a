internal import ConsiliumCore
internal import Deidentification
internal import Foundation
internal import LanguageModels
internal import Tokenizers

/// A BERT token classifier for identifiers from a Hugging Face folder (such as `StanfordAIMI/stanford-deidentifier-base`), run
/// by the clinic's own engine: a second opinion beside the rules and the bundled tagger.
///
/// It only ever adds spans. Off unless the site configuration names a folder; costs milliseconds to seconds a note on a CPU.
struct TokenClassifier: Sendable {
    /// Pieces of one word beyond this many say nothing more about it.
    private static let piecesPerWord = 16
    /// Words at a window's edge that the neighboring window sees with more context.
    private static let overlap = 32

    private let model: LanguageModel
    private let tokenizer: Tokenizer
    private let classes: [TokenClass]
    private let threshold: Double
    private let begin: Int32
    private let end: Int32

    /// - Parameters:
    ///   - folder: `config.json` with `BertForTokenClassification` and `id2label`, weights, tokenizer files.
    ///   - threshold: a word is an identifier if the probability that it is one reaches this, 0 to 1. Low values find more.
    /// - Throws: ``NodeError`` `.configurationInvalid` if the model is of another kind or has an unknown class;
    ///   errors of the loaders.
    init(folder: URL, threshold: Double = 0.5) throws {
        func invalid(_ sentence: String) -> NodeError {
            NodeError(.configurationInvalid, "deidentification.classifier can't be used: \(sentence)")
        }
        guard (0...1).contains(threshold) else { throw invalid("its threshold must be 0 to 1.") }
        model = try LanguageModel.load(from: folder)
        guard case .tokenClassification = model.configuration.head else {
            throw invalid("its model gives no class to every token. Use a checkpoint of BertForTokenClassification.")
        }
        tokenizer = try Tokenizer.load(from: folder)
        guard let begin = tokenizer.classID, let end = tokenizer.separatorID else {
            throw invalid("its tokenizer has no [CLS] and [SEP].")
        }
        classes = try model.configuration.classNames.map { name in
            guard let known = TokenClass(name: name) else {
                throw invalid(
                    "its class “\(name.prefix(40))” is none of the known ones. Rename it in the model's id2label, for example to PATIENT or O."
                )
            }
            return known
        }
        guard classes.contains(where: { $0.isOutside }), model.maximumLength > 2 + Self.piecesPerWord else {
            throw invalid("it has no class O, or hardly any positions.")
        }
        self.begin = begin
        self.end = end
        self.threshold = threshold
    }

    /// Spans over the Unicode scalars of `text`, ascending and disjoint.
    func spans(in text: String) throws -> [IdentifierSpan] {
        let scalars = Array(text.unicodeScalars)
        let words = try Self.words(of: scalars).map { range in
            let word = String(String.UnicodeScalarView(scalars[range]))
            return Word(range: range, ids: Array(try tokenizer.encode(word).prefix(Self.piecesPerWord)))
        }
        var findings = [Finding?](repeating: nil, count: words.count)
        var start = 0
        while start < words.count {
            let window = start..<windowEnd(words, from: start)
            let found = try classify(words[window])
            // Where windows overlap, each word is judged by the one that has more of its surroundings.
            let firstOwn = start == 0 ? start : start + Self.overlap / 2
            for index in window where index >= firstOwn { findings[index] = found[index - window.lowerBound] }
            guard window.upperBound < words.count else { break }
            start = max(window.upperBound - Self.overlap, start + 1)
        }
        return merged(words, findings, scalars)
    }

    private struct Word {
        var range: Range<Int>
        var ids: [Int32]
    }

    private struct Finding {
        var label: IdentifierLabel
        var probability: Double
        var begins: Bool
    }

    /// Runs of letters and digits, and every other visible character alone: BERT cuts texts at the same places, so a word's
    /// pieces are the same alone as in the text.
    private static func words(of scalars: [Unicode.Scalar]) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var index = 0
        while index < scalars.count {
            let start = index
            index += 1
            if scalars[start].properties.isWhitespace { continue }
            if isWordScalar(scalars[start]) { while index < scalars.count, isWordScalar(scalars[index]) { index += 1 } }
            words.append(start..<index)
        }
        return words
    }

    private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || scalar.properties.generalCategory == .nonspacingMark
    }

    private func windowEnd(_ words: [Word], from start: Int) -> Int {
        var pieces = 2
        var end = start
        while end < words.count, pieces + words[end].ids.count <= model.maximumLength {
            pieces += words[end].ids.count
            end += 1
        }
        return end
    }

    /// The most likely identifier of each word, from the piece that is surest of one.
    private func classify(_ words: ArraySlice<Word>) throws -> [Finding?] {
        let logits = try model.logits(ids: [begin] + words.flatMap(\.ids) + [end])
        var row = 1
        return words.map { word in
            var best: Finding?
            for _ in word.ids {
                let found = finding(logits[row * classes.count..<(row + 1) * classes.count])
                if found.probability > best?.probability ?? -1 { best = found }
                row += 1
            }
            return best.flatMap { $0.probability >= threshold ? $0 : nil }
        }
    }

    private func finding(_ logits: ArraySlice<Float>) -> Finding {
        let top = Double(logits.max() ?? 0)
        let odds = logits.map { exp(Double($0) - top) }
        let total = odds.reduce(0, +)
        var best = (odds: -1.0, label: IdentifierLabel.other, begins: false)
        var identifier = 0.0
        for (value, known) in zip(odds, classes) {
            guard let label = known.label else { continue }
            identifier += value
            if value > best.odds { best = (value, label, known.begins) }
        }
        return Finding(label: best.label, probability: identifier / total, begins: best.begins)
    }

    private func merged(_ words: [Word], _ findings: [Finding?], _ scalars: [Unicode.Scalar]) -> [IdentifierSpan] {
        var spans: [IdentifierSpan] = []
        var lastIndex = -2
        for (index, word) in words.enumerated() {
            guard let finding = findings[index] else { continue }
            if lastIndex == index - 1, !finding.begins, let last = spans.last, last.label == finding.label {
                spans[spans.count - 1].end = word.range.upperBound
                spans[spans.count - 1].score = max(last.score, finding.probability)
            } else {
                spans.append(
                    IdentifierSpan(
                        start: word.range.lowerBound, end: word.range.upperBound, label: finding.label,
                        score: finding.probability))
            }
            lastIndex = index
        }
        return spans.filter { Self.isIdentifier($0, scalars) }
    }

    /// Models mark every age and year; those of 89 and below, and years alone, identify nobody under Safe Harbor.
    private static func isIdentifier(_ span: IdentifierSpan, _ scalars: [Unicode.Scalar]) -> Bool {
        let text = scalars[span.start..<span.end]
        guard text.contains(where: { isWordScalar($0) }) else { return false }
        let digits = text.filter { ("0"..."9").contains($0) }
        let number = Int(String(String.UnicodeScalarView(digits)))
        switch span.label {
        case .ageOver89: return number.map { $0 > 89 } ?? true
        case .date: return digits.count != text.count || digits.count != 4
        default: return true
        }
    }
}
