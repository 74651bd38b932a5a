internal import ConsiliumCore
public import Deidentification
internal import Foundation

/// Corrections as a person types them, before they are places in a text.
public struct ReviewCorrections: Sendable, Equatable {
    /// `START-END:LABEL`, offsets in Unicode scalars of the original text, end exclusive.
    public var ranges: [IdentifierSpan] = []
    /// Pieces of the text, each redacted wherever it occurs.
    public var texts: [(String, IdentifierLabel)] = []
    /// Numbers of spans, as shown, whose text is no identifier.
    public var kept: [Int] = []

    public init() {}

    public var isEmpty: Bool { ranges.isEmpty && texts.isEmpty && kept.isEmpty }

    public static func == (left: ReviewCorrections, right: ReviewCorrections) -> Bool {
        left.ranges == right.ranges && left.kept == right.kept && left.texts.elementsEqual(right.texts, by: ==)
    }

    /// - Parameter text: `12-20:NAME`; without a label it is a name.
    /// - Throws: ``NodeError`` `.badInput`.
    public mutating func addRange(_ text: String) throws {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let ends = parts[0].split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let start = Int(ends[0]), let end = Int(ends[1]) else {
            throw NodeError(
                .badInput, "A range is written START-END:LABEL, such as 12-20:NAME; this one has another form.")
        }
        let label = parts.count == 2 ? try Self.label(String(parts[1])) : .name
        ranges.append(IdentifierSpan(start: start, end: end, label: label, score: 1))
    }

    /// - Throws: ``NodeError`` `.badInput`.
    public static func label(_ name: String) throws -> IdentifierLabel {
        guard let label = IdentifierLabel(rawValue: name.uppercased()) else {
            let names = IdentifierLabel.allCases.map(\.rawValue).joined(separator: ", ")
            throw NodeError(.badInput, "The label is unknown; use one of: \(names).")
        }
        return label
    }

    /// The places in a text.
    ///
    /// - Parameter found: the spans as they are numbered, from 1.
    /// - Throws: ``NodeError`` `.badInput` for a number that no span has, or a piece that does not occur in the text.
    func resolved(in text: String, found: [IdentifierSpan]) throws -> SpanCorrections {
        var corrections = SpanCorrections(added: ranges)
        for number in Set(kept).sorted() {
            guard found.indices.contains(number - 1) else {
                throw NodeError(
                    .badInput,
                    "There is no span \(number): the report has \(found.count). See their numbers with “review show”.")
            }
            corrections.removed.append(found[number - 1])
        }
        let scalars = Array(text.unicodeScalars)
        for (piece, label) in texts {
            let places = Self.occurrences(of: Array(piece.unicodeScalars), in: scalars)
            guard !places.isEmpty else {
                throw NodeError(
                    .badInput,
                    "A text to redact does not occur in the report. Copy it exactly, with its spaces and capitals."
                )
            }
            for place in places
            where !corrections.added.contains(where: { $0.start < place.upperBound && place.lowerBound < $0.end }) {
                corrections.added.append(
                    IdentifierSpan(start: place.lowerBound, end: place.upperBound, label: label, score: 1))
            }
        }
        return corrections
    }

    private static func occurrences(of piece: [Unicode.Scalar], in text: [Unicode.Scalar]) -> [Range<Int>] {
        guard let first = piece.first, piece.count <= text.count, piece.contains(where: { !$0.properties.isWhitespace })
        else { return [] }
        var places: [Range<Int>] = []
        var index = 0
        while index + piece.count <= text.count {
            if text[index] == first, text[index..<index + piece.count].elementsEqual(piece) {
                places.append(index..<index + piece.count)
                index += piece.count
            } else {
                index += 1
            }
        }
        return places
    }
}
