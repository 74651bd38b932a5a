public import ConsiliumCore
public import Foundation
public import Privacy

/// The content of one row. Its canonical JSON is what is hashed, signed and stored; a reader never encodes it again.
public struct LedgerRow: Sendable, Codable, Equatable {
    public enum Kind: String, Sendable, Codable {
        /// Row 0: whose ledger this is, under which key and policy.
        case genesis
        /// Budget set aside before work starts. It counts as spent from here on, whatever happens next.
        case reserve
        /// The work was done and its result accepted. Never lowers the charge.
        case commit
        /// The work was given up. Never lowers the charge either.
        case abort
        /// What an empirical audit fixes before the job's first step: canaries and coins by their hash.
        case auditPlan = "audit-plan"
        /// The coins, and what the canaries' scores show.
        case auditResult = "audit-result"
    }

    public var version: Int
    public var clinic: String
    public var scope: String
    public var sequence: Int
    /// The hash of the row before; all zeros in row 0.
    public var previous: ContentHash
    public var time: Date
    public var kind: Kind
    public var genesis: Genesis?
    public var reserve: Reserve?
    public var settlement: Settlement?
    public var auditPlan: CanaryPlan?
    public var auditResult: CanaryResult?

    public struct Genesis: Sendable, Codable, Equatable {
        /// Ed25519, hexadecimal.
        public var publicKey: String
        public var policy: BudgetPolicy
    }

    public struct Reserve: Sendable, Codable, Equatable {
        public var job: String
        public var planHash: ContentHash
        public var round: Int
        public var attempt: Int
        /// Everything that this reservation allows.
        public var events: [PrivacyEvent]
        public var clipNorm: Double
        public var reportsPerPatient: Int
        /// A cap of the job itself, when it is stricter than the dataset's.
        public var jobCap: PrivacyBudget?
        /// Always true: parameters of later rounds may depend on earlier results, so a filter decides.
        public var isAdaptive: Bool
        public var randomness: String
        public var software: String
        /// The filter's epsilon with this reservation: information for people. Audits compute it again.
        public var epsilonAfter: Double
    }

    public struct Settlement: Sendable, Codable, Equatable {
        /// The sequence number of the reservation.
        public var reservation: Int
        /// What was produced: the hash of the transcript of a committed round.
        public var transcript: ContentHash?
        /// Why it was given up: one short word, never patient data.
        public var reason: String?
    }

    private enum CodingKeys: String, CodingKey {
        case version, clinic, scope, sequence, previous, time, genesis, reserve, settlement, auditPlan, auditResult
        case kind = "type"
    }

    static let currentVersion = 1
}

/// A row as it lies on disk: bytes and a signature over exactly these bytes.
struct StoredRow: Sendable, Equatable {
    var sequence: Int
    var body: Data
    var signature: Data

    /// Over body and signature, so that the chain fixes both.
    var hash: ContentHash { ContentHash(of: body + signature) }
}
