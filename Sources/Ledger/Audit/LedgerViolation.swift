/// Something in a ledger that must not be so.
public struct LedgerViolation: Sendable, Hashable, Codable {
    public enum Code: String, Sendable, Codable, CaseIterable {
        case unreadableFile = "unreadable-file"
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
