public import ConsiliumCore

/// Faults of importing, of the vault and of the sample reports. No message carries text of a report or an identifier.
public struct ReportsError: ConsiliumError, Equatable {
    public enum Code: String, Sendable {
        case nothingToImport = "reports.nothing-to-import"
        case fileUnreadable = "reports.file-unreadable"
        case badPath = "reports.bad-path"
        case formatNotBuilt = "reports.format-not-built"
        case badConfiguration = "reports.bad-configuration"
        case badKey = "reports.bad-vault-key"
        case wrongKey = "reports.wrong-vault-key"
        case vaultDamaged = "reports.vault-damaged"
        case vaultLocked = "reports.vault-locked"
        case diskFull = "reports.disk-full"
        case vaultUnusable = "reports.vault-unusable"
        case unknownReport = "reports.unknown-report"
        case notCurrent = "reports.not-current"
        case alreadyDecided = "reports.already-decided"
        case notApprovable = "reports.not-approvable"
        case ambiguousReport = "reports.ambiguous-report"
        case noPatient = "reports.no-patient"
        case cipherFailed = "reports.cipher-failed"
        case unknownSpecialty = "reports.unknown-specialty"
        case unwritable = "reports.unwritable"
        case badTerminology = "reports.bad-terminology"
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
        case .nothingToImport, .formatNotBuilt, .badKey, .vaultDamaged, .badTerminology: .badData
        case .badConfiguration, .badPath, .unknownReport, .ambiguousReport, .unknownSpecialty: .usage
        case .fileUnreadable, .diskFull, .vaultUnusable, .unwritable: .inputOutput
        case .vaultLocked, .notCurrent, .alreadyDecided: .tryAgain
        case .wrongKey, .noPatient, .notApprovable: .refused
        case .cipherFailed: .internalFault
        }
    }

    public static func == (left: ReportsError, right: ReportsError) -> Bool { left.code == right.code }
}
