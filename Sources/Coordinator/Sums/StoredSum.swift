import ConsiliumCore
import Federation
import SecureAggregation

/// Which attempt at which sum.
struct SumKey: Sendable, Hashable {
    var job: JobID
    var round: Int
    /// From 1.
    var attempt: Int
}

/// An attempt as it is stored: what it is about, and what has happened in it.
struct StoredSum: Sendable, Equatable {
    var session: SecureSumSession
    var events: [SecureSumEvent]
}

/// What taking the masks off a sum needs, and what is said about it in the signed result.
struct OpenedSum: Sendable {
    var opening: SecureSumOpening
    var session: SecureSumSession
    var statement: ContentHash
    /// Of the masked vectors, by clinic.
    var roots: [String: ContentHash]
}
