import Foundation
import Testing

@testable import Deidentification

/// The hand-written notes of `Notes/dev` and `Notes/test`. Rules may be tuned on the first; the second is only measured.
///
/// A note is a text file: optional lines `known: LABEL=value; …` (the patient) and `known-other: …` (relatives, the
/// treating clinician), a line `---`, then the text with its marks: `[[NAME|Ana Quux]]` is an identifier,
/// `[[~|68-year-old]]` is neutral, `[[!|Parkinson]]` is ordinary text that looks like an identifier.
struct NoteCorpus: Sendable {
    enum Part: String, Sendable, CaseIterable, CustomTestStringConvertible {
        case dev, test

        var testDescription: String { rawValue }
    }

    struct Note: Sendable {
        let name: String
        let scalars: [Unicode.Scalar]
        let spans: [Marked]
        let neutral: [Range<Int>]
        let hardNegatives: [Range<Int>]
        /// What a registration system holds of the patient.
        let own: [KnownIdentifier]
        /// Of relatives and of the treating clinician.
        let others: [KnownIdentifier]

        var text: String { String(String.UnicodeScalarView(scalars)) }
    }

    struct Marked: Sendable, Hashable {
        let range: Range<Int>
        let label: IdentifierLabel
    }

    /// Why a note can't be read.
    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    let notes: [Note]

    init(_ part: Part) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Notes/\(part.rawValue)")
        notes = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "txt" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map {
                try Self.parse(
                    $0.deletingPathExtension().lastPathComponent, String(contentsOf: $0, encoding: .utf8))
            }
    }

    static func parse(_ name: String, _ content: String) throws -> Note {
        let padded = "\n" + content
        guard let rule = padded.range(of: "\n---\n") else {
            throw Malformed(description: "\(name): a line with --- has to stand before the text.")
        }
        var own: [KnownIdentifier] = []
        var others: [KnownIdentifier] = []
        for line in padded[..<rule.lowerBound].split(separator: "\n") {
            if line.hasPrefix("known:") {
                own += try known(line.dropFirst("known:".count), name)
            } else if line.hasPrefix("known-other:") {
                others += try known(line.dropFirst("known-other:".count), name)
            } else {
                throw Malformed(description: "\(name): only known: and known-other: stand before the ---.")
            }
        }
        var body = Array(padded[rule.upperBound...].unicodeScalars)
        if body.last == "\n" { body.removeLast() }
        return try marked(name, body, own, others)
    }

    private static func known(_ line: Substring, _ name: String) throws -> [KnownIdentifier] {
        try line.split(separator: ";").map { item in
            let parts = item.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, let label = IdentifierLabel(rawValue: parts[0]), !parts[1].isEmpty else {
                throw Malformed(description: "\(name): known identifiers are written as LABEL=value; …")
            }
            return KnownIdentifier(value: parts[1], label: label)
        }
    }

    private static func marked(
        _ name: String, _ body: [Unicode.Scalar], _ own: [KnownIdentifier], _ others: [KnownIdentifier]
    ) throws -> Note {
        var scalars: [Unicode.Scalar] = []
        var spans: [Marked] = []
        var neutral: [Range<Int>] = []
        var hard: [Range<Int>] = []
        var open: (kind: String, start: Int)?
        var index = 0
        func at(_ offset: Int) -> Unicode.Scalar? { index + offset < body.count ? body[index + offset] : nil }
        while let scalar = at(0) {
            if scalar == "[", at(1) == "[" {
                guard open == nil, let bar = body[index...].firstIndex(of: "|") else {
                    throw Malformed(description: "\(name): a mark stands inside another, or has no label.")
                }
                open = (String(String.UnicodeScalarView(body[(index + 2)..<bar])), scalars.count)
                index = bar + 1
            } else if scalar == "]", at(1) == "]" {
                guard let (kind, start) = open else {
                    throw Malformed(description: "\(name): a mark ends that did not begin.")
                }
                let range = start..<scalars.count
                switch kind {
                case "~": neutral.append(range)
                case "!": hard.append(range)
                default:
                    guard let label = IdentifierLabel(rawValue: kind) else {
                        throw Malformed(description: "\(name): \(kind) is no label of the scheme.")
                    }
                    spans.append(Marked(range: range, label: label))
                }
                open = nil
                index += 2
            } else {
                scalars.append(scalar)
                index += 1
            }
        }
        guard open == nil else { throw Malformed(description: "\(name): the last mark is not closed.") }
        return Note(
            name: name, scalars: scalars, spans: spans, neutral: neutral, hardNegatives: hard, own: own,
            others: others)
    }
}
