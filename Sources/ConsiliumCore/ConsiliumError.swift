/// What kind of fault an error is, and with that the exit code a command ends with.
///
/// The numbers are those of `sysexits.h`, so that scripts and service managers can tell "try again" from "never".
public enum ErrorCategory: String, Sendable, Codable, CaseIterable {
    /// A check ran to its end and found violations (an audit, a lint).
    case violation
    /// The command was called in a way that it does not understand.
    case usage
    /// A file or a message is malformed, truncated, hostile or of another version.
    case badData
    /// The other side (coordinator, clinic) can't be reached.
    case unavailable
    /// A fault of our own: please report it.
    case internalFault
    /// Disk full, permission denied, fsync failed.
    case inputOutput
    /// Not possible now, but the same command may succeed later.
    case tryAgain
    /// Refused by policy: budget, consent, identity, hash.
    case refused

    public var exitCode: Int32 {
        switch self {
        case .violation: 1
        case .usage: 64
        case .badData: 65
        case .unavailable: 69
        case .internalFault: 70
        case .inputOutput: 74
        case .tryAgain: 75
        case .refused: 77
        }
    }
}

/// What every module's error struct has in common.
///
/// A module declares one struct with a `Code` enum of its own and compares equal on that code alone, so that tests state
/// *which* fault they expect and the wording stays free to improve.
///
/// `message` is a sentence for the person at the terminal that says what to do next. It must never carry report text,
/// identifiers of patients, keys or tokens: errors travel into logs and over the network.
public protocol ConsiliumError: Error, Sendable, CustomStringConvertible {
    /// A short stable word for scripts, such as `ledger.budget-exceeded`.
    var codeName: String { get }
    var category: ErrorCategory { get }
    var message: String { get }
    var cause: (any Error)? { get }
}

extension ConsiliumError {
    public var cause: (any Error)? { nil }

    /// The message, then each cause of our own on a line of its own; a cause that says the same again is left out. What other
    /// libraries say is not for the terminal: it may quote what they read.
    public var description: String {
        guard let cause = cause as? any ConsiliumError, cause.description != message else { return message }
        return "\(message)\n  because: \(cause.description)"
    }
}
