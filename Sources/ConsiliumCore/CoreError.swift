/// Faults of the helpers in this module: files, hashes, randomness, canonical JSON.
public struct CoreError: ConsiliumError, Equatable {
    public enum Code: String, Sendable {
        case fileUnreadable = "core.file-unreadable"
        case fileUnwritable = "core.file-unwritable"
        case diskFull = "core.disk-full"
        case malformedHash = "core.malformed-hash"
        case malformedJSON = "core.malformed-json"
        case randomnessUnavailable = "core.randomness-unavailable"
        case alreadyLocked = "core.already-locked"
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
        case .fileUnreadable, .fileUnwritable, .diskFull: .inputOutput
        case .malformedHash, .malformedJSON: .badData
        case .randomnessUnavailable: .internalFault
        case .alreadyLocked: .tryAgain
        }
    }

    public static func == (left: CoreError, right: CoreError) -> Bool { left.code == right.code }
}
