internal import ConsiliumCore
internal import Foundation

/// What a clinic remembers of one attempt. All of it is secret until the attempt is over, and erased then.
struct SecureSumAttempt: Codable, Sendable, Equatable {
    struct Answer: Codable, Sendable, Equatable {
        /// The hash of the request that was answered.
        var request: ContentHash
        /// `nil` while the masked update is being made.
        var envelope: SecureSumEnvelope?
    }

    /// 32 random bytes each.
    struct Seeds: Codable, Sendable, Equatable {
        /// Of the X25519 key for sending shares.
        var sharing: Data
        /// Of the X25519 key for the masks in pairs.
        var masking: Data
        /// Of the own mask.
        var own: Data
    }

    struct PublicKeys: Codable, Sendable, Equatable {
        var sharing: Data
        var masking: Data
    }

    var session: SecureSumSession
    var seeds: Seeds
    /// By step.
    var answers: [String: Answer] = [:]
    /// U1 with the keys that were signed.
    var keys: [String: PublicKeys] = [:]
    var keysHash: ContentHash?
    /// U2, in the order of ids.
    var senders: [String] = []
    /// What this clinic holds of others' secrets and of its own, by owner.
    var held: [String: ShareBox.Shares] = [:]
    var root: ContentHash?
    /// U3, and the bytes that this clinic signed about it.
    var survivors: [String] = []
    var statement: Data?

    /// Whether a step was answered, and with what. `nil` for a step that is still to come.
    func answer(to step: SecureSumStep) -> Answer? { answers[step.rawValue] }

    mutating func set(_ envelope: SecureSumEnvelope?, for step: SecureSumStep, request: ContentHash) {
        answers[step.rawValue] = Answer(request: request, envelope: envelope)
    }

    /// What comes next.
    var nextStep: SecureSumStep? { SecureSumStep.allCases.first { answers[$0.rawValue]?.envelope == nil } }
}
