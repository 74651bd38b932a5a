public import ConsiliumCore

/// Thrown after ``Output/finish(_:text:)`` by a command whose result is itself the bad news, such as an audit that
/// found violations: the exit code is the category's, and nothing more is printed.
public struct ReportedFailure: Error, Sendable, Equatable {
    public let category: ErrorCategory

    public init(_ category: ErrorCategory) { self.category = category }
}
