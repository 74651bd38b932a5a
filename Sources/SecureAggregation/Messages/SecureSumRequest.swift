public import ConsiliumCore
public import Foundation

/// What the coordinator hands to one clinic. It signs none of it: a clinic believes only what other clinics signed, and what
/// it computes itself.
public enum SecureSumRequest: Codable, Sendable, Equatable {
    /// R0
    case offer(session: SecureSumSession)
    /// U1: the signed keys of those who go on, in the order of ids.
    case keys(messages: [SecureSumEnvelope])
    /// U2: who sent shares, and the boxes for this clinic.
    case shares(delivery: Delivery)
    /// U3: whose masked updates have arrived.
    case survivors(members: [Survivor])
    /// Signatures of survivors over the same statement.
    case signatures(list: [Signature])

    public struct Delivery: Codable, Sendable, Equatable {
        public var session: ContentHash
        public var senders: [String]
        var boxes: [SecureSumShares.Box]
    }

    public struct Survivor: Codable, Sendable, Equatable {
        public var clinic: String
        /// SHA-256 of its masked vector.
        public var root: ContentHash
    }

    public struct Signature: Codable, Sendable, Equatable {
        public var clinic: String
        public var signature: Data
    }

    /// The step that an answer to this belongs to.
    public var step: SecureSumStep {
        switch self {
        case .offer: .keys
        case .keys: .shares
        case .shares: .masked
        case .survivors: .survivors
        case .signatures: .reveal
        }
    }

    /// Equal for equal requests: a repeated one is answered with the stored bytes.
    func hash() throws -> ContentHash { ContentHash(of: try CanonicalJSON.encode(self)) }
}
