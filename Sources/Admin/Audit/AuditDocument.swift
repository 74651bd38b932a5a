public import Ledger

/// An audit's report for machines: each ledger as the audit found it, and whose word its key was taken from.
public struct AuditDocument: Sendable, Encodable {
    /// A signature proves something about a clinic only if somebody else says which key is that clinic's.
    public enum KeySource: String, Sendable, Codable {
        /// The admin's signed roster.
        case roster
        /// The ledger itself: it is consistent, but anyone could have written it.
        case ledger
    }

    public struct Entry: Sendable, Encodable {
        public let ledger: AuditReport.Ledger
        public let keySource: KeySource

        private enum CodingKeys: String, CodingKey { case keySource }

        /// One object: the ledger's members and `keySource`.
        public func encode(to encoder: any Encoder) throws {
            try ledger.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(keySource, forKey: .keySource)
        }
    }

    public let ledgers: [Entry]
    /// The coordinators' records that the ledgers were held against.
    public let coordinators: [AuditReport.Witness]
    /// Only if it was asked for.
    public let sharedPatients: SharedPatients?
    public let isClean: Bool
}
