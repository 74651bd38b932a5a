public import ConsiliumCore

/// Faults of the privacy ledger. Whenever one is thrown, no new reservation exists and no training may start.
public struct LedgerError: ConsiliumError, Equatable {
    public enum Code: String, Sendable {
        /// The reservation would exceed the dataset's or the job's budget.
        case budgetExceeded = "ledger.budget-exceeded"
        /// This job, round and attempt were reserved before.
        case replayed = "ledger.replayed"
        /// No open reservation has this number.
        case unknownReservation = "ledger.unknown-reservation"
        /// Another process has the ledger open.
        case locked = "ledger.locked"
        /// The ledger belongs to another clinic or key.
        case wrongClinic = "ledger.wrong-clinic"
        /// Chain, signatures or content are not what was written.
        case tampered = "ledger.tampered"
        /// The file is no ledger, or SQLite can't read it.
        case unreadable = "ledger.unreadable"
        case diskFull = "ledger.disk-full"
        case writeFailed = "ledger.write-failed"
        /// The clock is behind the last row.
        case clockBackwards = "ledger.clock-backwards"
        /// There is a file already where a new ledger should be.
        case alreadyExists = "ledger.already-exists"
        case invalidRequest = "ledger.invalid-request"
    }

    public let code: Code
    public let message: String
    public let cause: (any Error)?

    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    public var codeName: String { code.rawValue }

    public var category: ErrorCategory {
        switch code {
        case .budgetExceeded, .replayed, .wrongClinic, .clockBackwards: .refused
        case .unknownReservation, .tampered, .unreadable, .invalidRequest: .badData
        case .locked: .tryAgain
        case .diskFull, .writeFailed, .alreadyExists: .inputOutput
        }
    }

    public static func == (left: LedgerError, right: LedgerError) -> Bool { left.code == right.code }
}
