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
