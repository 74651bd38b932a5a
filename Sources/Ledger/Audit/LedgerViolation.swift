/// Something in a ledger that must not be so.
public struct LedgerViolation: Sendable, Hashable, Codable {
    public enum Code: String, Sendable, Codable, CaseIterable {
        case unreadableFile = "unreadable-file"
        /// Bytes that hold no row are not those that this program writes.
        case alteredFile = "altered-file"
        case unreadableRow = "unreadable-row"
        case misplacedGenesis = "misplaced-genesis"
        case badSignature = "bad-signature"
        case brokenChain = "broken-chain"
        case sequenceGap = "sequence-gap"
        /// The signed head is missing, unsigned or not that of the last row: rows were cut off.
        case wrongHead = "wrong-head"
        /// A receipt remembers a later or another head: the ledger was rolled back or rewritten.
        case rolledBack = "rolled-back"
        case wrongKey = "wrong-key"
        case wrongClinic = "wrong-clinic"
        case timeBackwards = "time-backwards"
        case replayedRelease = "replayed-release"
        case settlementWithoutReserve = "settlement-without-reserve"
        case settledTwice = "settled-twice"
        case invalidEvent = "invalid-event"
        case relationMismatch = "relation-mismatch"
        case budgetExceeded = "budget-exceeded"
        case wrongEpsilon = "wrong-epsilon"
        /// A way of sampling that the mechanism or the relation can't be accounted with, or that changes within a round.
        case samplerMismatch = "sampler-mismatch"
        /// An empirical audit was planned after the training that it looks at, or a second time.
        case lateAuditPlan = "late-audit-plan"
        /// An empirical audit's plan or result is not what it must be: coins, canaries, scores or bound don't fit.
        case wrongAudit = "wrong-audit"
        /// An empirical audit shows a larger epsilon than the ledger claims.
        case privacyRefuted = "privacy-refuted"
        /// The coordinator holds an update of a job with a budget that no reservation covers.
        case updateWithoutReserve = "update-without-reserve"
        /// Ledger and coordinator disagree about what a round's update was.
        case recordsDisagree = "records-disagree"
        /// The ledger or the clinic's folder shows an update as delivered that the coordinator's records lack.
        case missingAtCoordinator = "missing-at-coordinator"
    }

    public var code: Code
    /// The row, where there is one.
    public var sequence: Int?
    public var message: String

    public init(code: Code, sequence: Int?, message: String) {
        self.code = code
        self.sequence = sequence
        self.message = message
    }
}
