import ConsiliumCore
import Foundation
import Testing

@testable import Deidentification

/// What the suites share: a de-identifier with a fixed key and clock, and short ways to look at its answers.
enum Fixtures {
    static let key = Data((0..<32).map { UInt8($0 &* 7 &+ 3) })
    /// 2026-01-02T03:04:05Z
    static let date = Date(timeIntervalSince1970: 1_767_323_045)

    static func deidentifier(_ policy: DeidentificationPolicy = .safeHarbor, key: Data = key) throws -> Deidentifier {
        // Rules alone: what they find must not change with every training of the tagger.
        try Deidentifier(policy: policy, siteKey: key, taggers: TaggerSet.none, now: { date })
    }

    /// A text, and where a part of it stands: its scalars.
    static func locate(_ part: String, in sentence: String) throws -> (text: ScalarText, scalars: Range<Int>) {
        let range = try #require(sentence.range(of: part))
        let start = sentence.unicodeScalars.distance(from: sentence.startIndex, to: range.lowerBound)
        return (ScalarText(sentence), start..<start + part.unicodeScalars.count)
    }

    /// A text, and what the tagger found in it.
    static func find(_ part: String, in sentence: String, _ label: IdentifierLabel) throws -> (
        text: ScalarText, candidate: Candidate
    ) {
        let (text, scalars) = try locate(part, in: sentence)
        let candidate = Candidate(
            start: scalars.lowerBound, end: scalars.upperBound, label: label, score: 0.9, stage: .tagger)
        return (text, candidate)
    }

    /// The found values with their labels, as `LABEL=value`.
    static func found(_ text: String, known: [KnownIdentifier] = []) throws -> [String] {
        let scalars = Array(text.unicodeScalars)
        return try deidentifier().deidentify(text: text, known: known).spans.map { span in
            "\(span.label.rawValue)=\(String(String.UnicodeScalarView(scalars[span.start..<span.end])))"
        }
    }

    static func output(
        _ text: String, _ policy: DeidentificationPolicy = .safeHarbor, known: [KnownIdentifier] = [],
        patient: String? = nil
    ) throws
        -> String
    { try deidentifier(policy).deidentify(text: text, known: known, patient: patient).text }
}

/// One row of a table of positives.
struct Expectation: Sendable, CustomTestStringConvertible {
    let text: String
    let expected: [String]

    init(_ text: String, _ expected: String...) {
        self.text = text
        self.expected = expected
    }

    var testDescription: String { text }
}
