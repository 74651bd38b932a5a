/// The answer to a clinic that asks what to do in a sum.
public enum SecureSumPoll: Codable, Sendable, Equatable {
    case answer(request: SecureSumRequest)
    /// Nothing now; ask again.
    case wait
    /// The sum of this round is over, opened or not. Ask for this clinic's task.
    case over
}
