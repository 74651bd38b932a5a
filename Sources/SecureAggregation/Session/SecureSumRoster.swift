public import ConsiliumCore
public import Foundation

/// The clinics of a secure sum with the keys that they sign with, in the order of their ids. A clinic's position is its
/// index in the protocol.
public struct SecureSumRoster: Codable, Sendable, Equatable {
    public struct Member: Codable, Sendable, Hashable {
        public let id: String
        /// Ed25519, 32 bytes.
        public let signingKey: Data

        /// - Throws: ``SecureAggregationError`` `.malformedMessage`.
        public init(id: String, signingKey: Data) throws {
            // Ids stand in lines of text that are hashed and signed.
            guard (1...100).contains(id.utf8.count), id.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
                signingKey.count == 32
            else {
                throw SecureAggregationError(
                    .malformedMessage,
                    "A member of a secure sum has an id without spaces and an Ed25519 key of 32 bytes.")
            }
            self.id = id
            self.signingKey = Data(signingKey)
        }

        private enum CodingKeys: String, CodingKey { case id, signingKey }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            try self.init(
                id: container.decode(String.self, forKey: .id),
                signingKey: container.decode(Data.self, forKey: .signingKey))
        }
    }

    public let members: [Member]

    /// - Throws: ``SecureAggregationError`` `.malformedMessage` if an id or a key stands twice.
    public init(_ members: [Member]) throws {
        self.members = members.sorted { $0.id < $1.id }
        guard Set(members.map(\.id)).count == members.count, Set(members.map(\.signingKey)).count == members.count,
            members.count <= SecureSumParameters.mostClinics
        else {
            throw SecureAggregationError(
                .malformedMessage, "The roster of a secure sum names a clinic or a key twice, or too many clinics.")
        }
    }

    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        var members: [Member] = []
        while !container.isAtEnd {
            guard members.count <= SecureSumParameters.mostClinics else { break }
            members.append(try container.decode(Member.self))
        }
        try self.init(members)
        guard self.members == members else {
            throw SecureAggregationError(.malformedMessage, "The roster of a secure sum is not in the order of ids.")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for member in members { try container.encode(member) }
    }

    public var ids: [String] { members.map(\.id) }

    public func member(_ id: String) -> Member? { members.first { $0.id == id } }

    /// SHA-256 over one line a member, `<id> <key in hexadecimal>\n`.
    public var hash: ContentHash {
        ContentHash(of: Data(members.map { "\($0.id) \($0.signingKey.hexadecimal)\n" }.joined().utf8))
    }
}
