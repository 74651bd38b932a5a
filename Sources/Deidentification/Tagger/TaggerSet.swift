/// The taggers a de-identifier may use, one for each language.
public struct TaggerSet: Sendable {
    private var taggers: [String: Tagger]
    /// In place of those the taggers bring: a clinic's own.
    public var thresholds: [String: DetectionThresholds] = [:]

    /// - Parameter taggers: a later one of the same language replaces an earlier one.
    public init(_ taggers: [Tagger]) {
        self.taggers = Dictionary(taggers.map { ($0.language, $0) }, uniquingKeysWith: { $1 })
    }

    /// Rules alone.
    public static let none = TaggerSet([])

    /// Those that are part of the program. They are read once.
    /// - Throws: ``DeidentificationError`` `.invalidTagger` if one was trained for other features than this program's.
    public static func bundled() throws -> TaggerSet { try bundle.get() }

    private static let bundle = Result { try TaggerSet(["en", "es"].compactMap { try Tagger.bundled(language: $0) }) }

    /// The tagger of a language, if there is one.
    public subscript(language: String) -> Tagger? { taggers[language] }

    /// The languages that have a tagger, sorted.
    public var languages: [String] { taggers.keys.sorted() }

    /// Puts a tagger in the place of the one of its language.
    public mutating func insert(_ tagger: Tagger) { taggers[tagger.language] = tagger }

    /// The thresholds that count for a language.
    public func thresholds(_ language: String) -> DetectionThresholds {
        thresholds[language] ?? taggers[language]?.thresholds ?? DetectionThresholds()
    }
}
