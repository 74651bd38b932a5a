public import ConsiliumCore
public import Foundation

/// What the coordinator asks of one clinic, as the answer to its poll. Asking again gives the same answer.
public enum RoundTask: Codable, Sendable, Equatable {
    /// Nothing to do yet; poll again.
    case wait(reason: String)
    /// Train this round from this adapter and deliver the update before the deadline.
    case train(round: Int, adapter: ContentHash, deadline: Date)
    /// The updates of this round are there; take part in adding them under masks.
    case sum(round: Int, adapter: ContentHash)
    /// The job has ended well with this adapter.
    case finished(adapter: ContentHash, rounds: Int)
    /// The job has ended without a result.
    case stopped(reason: String)
}
