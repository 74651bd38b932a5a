internal import ConsiliumCore
public import Foundation

/// A text with its marked identifiers, as a line of training data has it:
/// `{"id","text","spans":[{"start","end","label"}],"neutral":[{"start","end"}],"incomplete":true}`.
///
/// Offsets count Unicode scalars, end exclusive. Neutral characters may be replaced or not. In an incomplete text there are
/// identifiers that nobody marked.
public struct TrainingNote: Sendable {
    /// A marked part.
    public struct Mark: Codable, Sendable, Equatable {
        public var start: Int
        public var end: Int
        /// `nil` if it is neutral.
        public var label: IdentifierLabel?

        public init(start: Int, end: Int, label: IdentifierLabel?) {
            self.start = start
            self.end = end
            self.label = label
        }
    }

    /// The text's name, by which it is drawn into the held-out part.
    public var id: String
    /// The Unicode scalars of the text.
    public var scalars: [UInt32]
    /// Sorted by their start.
    public var spans: [Mark]
    /// Neutral parts, sorted by their start.
    public var neutral: [Mark]
    /// Whether what is not marked may identify all the same.
    public var isIncomplete: Bool

    private struct Part: Decodable {
        var start: Int
        var end: Int
    }

    private struct Line: Decodable {
        var id: String
        var text: String
        var spans: [Mark]?
        var neutral: [Part]?
        var incomplete: Bool?
    }

    /// Reads a line of training data.
    /// - Throws: ``DeidentificationError`` `.malformedLine`, which names nothing of the line.
    public init(line data: Data) throws {
        let line: Line
        do {
            line = try CanonicalJSON.decode(Line.self, from: data)
        } catch {
            throw DeidentificationError(
                .malformedLine, "It is no object with “id”, “text” and “spans”, or has an unknown label.", cause: error)
        }
        self.init(
            id: line.id, text: line.text, spans: line.spans ?? [],
            neutral: (line.neutral ?? []).map { Mark(start: $0.start, end: $0.end, label: nil) },
            isIncomplete: line.incomplete ?? false)
        guard (spans + neutral).allSatisfy({ 0 <= $0.start && $0.start < $0.end && $0.end <= scalars.count }),
            spans.allSatisfy({ $0.label != nil })
        else {
            throw DeidentificationError(.malformedLine, "A span is empty, has no label, or lies outside of its text.")
        }
    }

    init(id: String, text: String, spans: [Mark], neutral: [Mark] = [], isIncomplete: Bool = false) {
        self.id = id
        scalars = text.unicodeScalars.map(\.value)
        self.spans = spans.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        self.neutral = neutral.map { Mark(start: $0.start, end: $0.end, label: nil) }.sorted { $0.start < $1.start }
        self.isIncomplete = isIncomplete
    }

    /// Whether a text belongs to the held-out part. It depends on the text's name alone.
    func isHeldOut(_ fraction: Double, seed: UInt64) -> Bool {
        guard fraction > 0 else { return false }
        var generator = ReproducibleGenerator(seed: seed, label: "held out:" + id)
        return generator.unit() < fraction
    }
}
