internal import ConsiliumCore
internal import Foundation

/// R1: what a clinic contributes at the start.
struct SecureSumKeys: Codable, Sendable, Equatable {
    var session: ContentHash
    var sender: String
    /// X25519 keys, fresh for this attempt: for sending shares, and for the masks in pairs.
    var sharingKey: Data
    var maskingKey: Data
    /// SHA-256 of the seed of the clinic's own mask.
    var seedHash: ContentHash
    /// Where the clinic's privacy ledger stands.
    var ledgerHead: ContentHash?
}

/// R2: sealed shares for each neighbor.
struct SecureSumShares: Codable, Sendable, Equatable {
    struct Box: Codable, Sendable, Equatable {
        /// Whom it is for; in what the coordinator hands on, whom it is from.
        var clinic: String
        var sealed: Data
    }

    var session: ContentHash
    var sender: String
    /// Over all keys as this clinic saw them.
    var keysHash: ContentHash
    var boxes: [Box]
}

/// R3: which masked update this clinic sends. The bytes themselves travel apart.
struct SecureSumMasked: Codable, Sendable, Equatable {
    var session: ContentHash
    var sender: String
    /// SHA-256 of the masked vector.
    var root: ContentHash
    var byteCount: Int
    /// The ledger row under which this update was charged.
    var reservation: ContentHash?
}

/// R4: what is in the sum. The same bytes for everyone, so that signatures can be counted.
struct SecureSumStatement: Codable, Sendable, Equatable {
    var session: ContentHash
    var keysHash: ContentHash
    /// Over the ids of those who sent shares.
    var sendersHash: ContentHash
    var survivors: [SecureSumRequest.Survivor]
}

/// R5: shares of own masks of those in the sum, and of masking keys of those who dropped out.
struct SecureSumReveal: Codable, Sendable, Equatable {
    struct Share: Codable, Sendable, Equatable {
        var owner: String
        var share: Data
    }

    var session: ContentHash
    var sender: String
    var seeds: [Share]
    var keys: [Share]
}

extension SecureSumKeys {
    func validate() throws {
        try SecureSumCoding.requireLength(sharingKey, 32, "The sharing key of \(sender)")
        try SecureSumCoding.requireLength(maskingKey, 32, "The masking key of \(sender)")
    }

    /// H(U1): SHA-256 over one line a clinic, `<id> <SHA-256 of the signed bytes>\n`.
    static func hash(of envelopes: [SecureSumEnvelope]) -> ContentHash {
        ContentHash(of: Data(envelopes.map { "\($0.sender) \(ContentHash(of: $0.payload))\n" }.joined().utf8))
    }
}

extension SecureSumShares {
    /// H(U2): SHA-256 over one line a clinic, `<id>\n`.
    static func hash(ofSenders ids: [String]) -> ContentHash {
        ContentHash(of: Data(ids.map { "\($0)\n" }.joined().utf8))
    }
}
