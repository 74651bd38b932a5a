internal import CTaggers
public import Foundation

/// A trained sequence tagger for one language: which words of a text identify, with calibrated probabilities.
///
/// It reads what the rules propose as features, so it fits the rules it was trained beside; with others it works, but less
/// well. It promises nothing for a language it was not trained for.
public struct Tagger: Sendable {
    let model: TaggerModel
    /// Chosen when it was trained.
    public var thresholds: DetectionThresholds { model.thresholds }
    /// The word classes it was trained with.
    public var words: WordClasses { model.words }
    /// The network that it is joined with, if there is one.
    public var network: ContextNetwork? { model.context?.network }
    /// The language it was trained for, such as `en`.
    public var language: String { model.language }

    init(_ model: TaggerModel) { self.model = model }

    /// Reads a file that the trainer has written.
    /// - Throws: ``DeidentificationError`` `.invalidTagger` if it is damaged, or made for another version.
    public init(file: Data) throws { model = try TaggerModel(decoding: file) }

    /// The tagger that is part of the program.
    /// - Returns: `nil` if there is none for the language.
    /// - Throws: ``DeidentificationError`` `.invalidTagger` if it was trained for other features than this program's.
    public static func bundled(language: String) throws -> Tagger? {
        var length = 0
        guard let bytes = tagger_bundled(language, &length), length > 0 else { return nil }
        return try Tagger(file: Data(UnsafeBufferPointer(start: bytes, count: length)))
    }

    /// The same tagger joined with a network instead of its own.
    /// - Throws: ``DeidentificationError`` `.invalidTagger` if the network doesn't know a kind of the tagger's.
    public func joining(_ network: ContextNetwork, own: Float, share: Float) throws -> Tagger {
        Tagger(try model.joining(network, own: own, share: share))
    }

    /// The content of its file.
    public var file: Data { model.encoded() }

    /// The opinion on every token of a text.
    func read(_ text: ScalarText, candidates: [Candidate]) -> TaggedText {
        let facts = TokenFacts.all(text, candidates: candidates, words: model.words)
        let features = TaggerFeatures(text, facts: facts, hasClasses: !model.words.isEmpty)
        let beside = model.context.map { _ in NetworkFeatures(text, facts: facts) }
        return TaggedText(
            marginals: model.marginals(features, beside: beside), labels: model.labels, count: text.tokens.count)
    }
}
