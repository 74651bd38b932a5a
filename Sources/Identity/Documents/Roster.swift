public import ConsiliumCore
public import Foundation

/// Who takes part in a consortium: a payload that the admin signs, and the only place where authority comes from.
///
/// A connection is authorized by the fingerprint of its TLS certificate, a document by the signing key, never by a name:
/// to revoke a clinic, sign a roster without it. A renewed certificate is for the same keys, so that what a party signed
/// before its renewal counts as before, and its former TLS certificate opens connections until it has fetched the new one.
public struct Roster: Sendable, Hashable, Codable {
    public struct Member: Sendable, Hashable, Codable {
        public var clinic: ClinicID
        /// For people.
        public var name: String
        public var tlsFingerprint: ContentHash
        /// Of the certificate before a renewal, for the same key; `nil` when there was none.
        public var previousTLSFingerprint: ContentHash?
        public var signingFingerprint: ContentHash
        public var signingKey: SigningPublicKey

        public init(name: String, tlsCertificate: PeerCertificate, signingCertificate: PeerCertificate) throws {
            guard let clinic = tlsCertificate.role.clinic, signingCertificate.role == tlsCertificate.role,
                tlsCertificate.identity.purpose == .tls, let key = signingCertificate.identity.signingKey
            else {
                throw IdentityError(
                    .malformedRoster, "A member needs a TLS and a signing certificate that both name the same clinic.")
            }
            self.clinic = clinic
            self.name = name
            tlsFingerprint = tlsCertificate.fingerprint
            signingFingerprint = signingCertificate.fingerprint
            signingKey = key
        }
    }

    /// The coordinator or an admin.
    public struct Official: Sendable, Hashable, Codable {
        public var role: PeerRole
        public var tlsFingerprint: ContentHash
        /// Of the certificate before a renewal, for the same key; `nil` when there was none.
        public var previousTLSFingerprint: ContentHash?
        public var signingFingerprint: ContentHash
        public var signingKey: SigningPublicKey

        public init(tlsCertificate: PeerCertificate, signingCertificate: PeerCertificate) throws {
            guard !tlsCertificate.role.isClinic, signingCertificate.role == tlsCertificate.role,
                tlsCertificate.identity.purpose == .tls, let key = signingCertificate.identity.signingKey
            else {
                throw IdentityError(
                    .malformedRoster,
                    "The coordinator and each admin need a TLS and a signing certificate that name the same role.")
            }
            role = tlsCertificate.role
            tlsFingerprint = tlsCertificate.fingerprint
            signingFingerprint = signingCertificate.fingerprint
            signingKey = key
        }
    }

    public var consortium: String
    /// Grows by one with each signed roster; a party never goes back to a lower one.
    public var version: Int
    public var issuedAt: Date
    /// In the order of their ids.
    public private(set) var members: [Member]
    public var coordinator: Official
    public var admins: [Official]

    /// - Throws: ``IdentityError`` `.malformedRoster` as ``validate()``.
    public init(
        consortium: String, version: Int, issuedAt: Date, members: [Member], coordinator: Official, admins: [Official]
    ) throws {
        self.consortium = consortium
        self.version = version
        self.issuedAt = issuedAt
        self.members = members.sorted { $0.clinic < $1.clinic }
        self.coordinator = coordinator
        self.admins = admins
        try validate()
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            consortium: container.decode(String.self, forKey: .consortium),
            version: container.decode(Int.self, forKey: .version),
            issuedAt: container.decode(Date.self, forKey: .issuedAt),
            members: container.decode([Member].self, forKey: .members),
            coordinator: container.decode(Official.self, forKey: .coordinator),
            admins: container.decode([Official].self, forKey: .admins))
    }

    /// The next roster, with these members instead.
    public func replacing(members: [Member], at date: Date) throws -> Roster {
        guard version < .max else {
            throw IdentityError(.malformedRoster, "The roster's version number can't grow any more.")
        }
        return try Roster(
            consortium: consortium, version: version + 1, issuedAt: date, members: members, coordinator: coordinator,
            admins: admins)
    }

    mutating func replace(_ member: Member) {
        members = members.map { $0.clinic == member.clinic ? member : $0 }
    }

    /// Clinic ids, certificates and signing keys are each unique, the officials have their roles, and there is an
    /// admin.
    public func validate() throws {
        let officials = [coordinator] + admins
        let fingerprints =
            members.flatMap {
                [$0.tlsFingerprint, $0.signingFingerprint] + [$0.previousTLSFingerprint].compactMap { $0 }
            }
            + officials.flatMap {
                [$0.tlsFingerprint, $0.signingFingerprint] + [$0.previousTLSFingerprint].compactMap { $0 }
            }
        let keys = members.map(\.signingKey) + officials.map(\.signingKey)
        guard version > 0, coordinator.role.isCoordinator, !admins.isEmpty, admins.allSatisfy(\.role.isAdmin),
            Set(members.map(\.clinic)).count == members.count, Set(admins.map(\.role)).count == admins.count,
            Set(fingerprints).count == fingerprints.count, Set(keys).count == keys.count
        else {
            throw IdentityError(
                .malformedRoster,
                "A roster needs a version from 1, one coordinator, at least one admin, and a different id, "
                    + "certificate and key for everyone. Sign a corrected one."
            )
        }
    }

    public func member(_ clinic: ClinicID) -> Member? { members.first { $0.clinic == clinic } }

    /// Whether a certificate, whose chain the caller has checked, is that of a listed party in the role that it names: a TLS
    /// certificate by its fingerprint, a signing certificate by its key.
    public func authorizes(_ peer: PeerIdentity) -> Bool {
        func isOf(_ official: Official) -> Bool {
            fits(peer, official.tlsFingerprint, official.previousTLSFingerprint, official.signingKey)
        }
        switch peer.role {
        case .clinic(let id):
            guard let member = member(id) else { return false }
            return fits(peer, member.tlsFingerprint, member.previousTLSFingerprint, member.signingKey)
        case .coordinator: return isOf(coordinator)
        case .admin: return admins.contains { $0.role == peer.role && isOf($0) }
        }
    }

    private func fits(
        _ peer: PeerIdentity, _ tls: ContentHash, _ previous: ContentHash?, _ key: SigningPublicKey
    ) -> Bool {
        switch peer.purpose {
        case .tls: peer.fingerprint == tls || peer.fingerprint == previous
        case .signing: peer.signingKey == key
        }
    }

    /// - Throws: ``IdentityError`` `.notInRoster`, with what the peer should do.
    public func require(_ peer: PeerIdentity) throws {
        guard authorizes(peer) else {
            throw IdentityError(
                .notInRoster,
                "The certificate of \(peer.role) (\(peer.fingerprint.short)…) is not in roster \(version) "
                    + "of “\(consortium)”. "
                    + "Ask the consortium's admin to add it.")
        }
    }
}
