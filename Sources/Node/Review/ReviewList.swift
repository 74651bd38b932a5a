internal import ConsiliumCore
internal import Deidentification
internal import Foundation
internal import Reports

/// The queue as a table: ids, counts and reasons, never a report's text.
public struct ReviewList: Codable, Sendable {
    public struct Row: Codable, Sendable {
        /// 64 hexadecimal digits; the first ones are enough for the other commands.
        public var id: String
        public var date: String?
        public var kind: String?
        public var status: String
        /// Unicode scalars.
        public var characters: Int
        public var spans: Int
        /// How sure the detection is that nothing was overlooked.
        public var certainty: Double?
        /// 0 to 1.
        public var risk: Double
        public var reasons: [String]

        init(_ entry: ReviewEntry) {
            let report = entry.stored.report
            id = report.id.hex
            date = report.date
            kind = report.kind
            status = entry.stored.status.rawValue
            characters = report.text.unicodeScalars.count
            spans = entry.findings.spans.count
            certainty = entry.receipt.certainty
            risk = entry.risk
            reasons = entry.findings.reasons
        }
    }

    /// All that wait, not only the ones listed.
    public var waiting: Int
    /// Reports that de-identification could not make safe; a person may mend and approve them.
    public var quarantined: Int
    public var offset: Int
    public var reports: [Row]
}
