import ConsiliumCore
import Foundation

@testable import Deidentification

/// What the Spanish suites share. They look at the rules alone, so that a test says which rule is at fault.
enum SpanishFixtures {
    static func deidentifier(_ policy: DeidentificationPolicy = .safeHarbor) throws -> Deidentifier {
        var policy = policy
        policy.languages = [.spanish]
        return try Deidentifier(policy: policy, siteKey: Fixtures.key, taggers: TaggerSet.none, now: { Fixtures.date })
    }

    /// The found values with their labels, as `LABEL=value`.
    static func found(_ text: String) throws -> [String] {
        let scalars = Array(text.unicodeScalars)
        return try deidentifier().deidentify(text: text).spans.map { span in
            "\(span.label.rawValue)=\(String(String.UnicodeScalarView(scalars[span.start..<span.end])))"
        }
    }

    static func output(_ text: String, _ policy: DeidentificationPolicy, patient: String? = nil) throws -> String {
        try deidentifier(policy).deidentify(text: text, patient: patient).text
    }
}
