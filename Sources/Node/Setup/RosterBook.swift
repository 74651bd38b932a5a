internal import ConsiliumCore
internal import Foundation
internal import Identity
internal import Transport

/// The consortium's roster as this node knows it: signed by an admin, never going back to an older version.
///
/// A certificate from the CA says who somebody was when it was issued; the roster says who still belongs. Documents are
/// accepted only from signers on it, so a revoked admin or a replaced coordinator is refused even with a valid certificate.
struct RosterBook: Sendable {
    private let home: NodeHome
    private let authority: AuthorityCertificate
    private let now: @Sendable () -> Date

    init(home: NodeHome, authority: AuthorityCertificate, now: @escaping @Sendable () -> Date = { Date() }) {
        self.home = home
        self.authority = authority
        self.now = now
    }

    /// The stored roster.
    /// - Throws: ``NodeError`` `.notEnrolled` before the first one was fetched; ``IdentityError`` if the stored one does not verify.
    func current() async throws -> Roster {
        guard FileManager.default.fileExists(atPath: home.rosterFile.path) else {
            throw NodeError(
                .notEnrolled,
                "This node has not fetched the consortium's roster yet. Run “consilium-node jobs list” once, online.")
        }
        return try await verifyStored(SignedDocument<Roster>(file: home.rosterFile))
    }

    /// Fetches the roster and keeps it if it is newer.
    /// - Throws: ``NodeError`` `.resultInvalid` for an older roster, another one of the same version or of another consortium;
    ///   ``IdentityError`` `.notInRoster` if its signer is no admin by the roster before it.
    func update(from client: CoordinatorClient) async throws -> Roster {
        let document = try await client.roster()
        guard FileManager.default.fileExists(atPath: home.rosterFile.path) else {
            let first = try await verify(document).payload
            try document.write(to: home.rosterFile)
            return first
        }
        let stored = try SignedDocument<Roster>(file: home.rosterFile)
        let known = try await verifyStored(stored)
        if document.payloadHash == stored.payloadHash { return known }
        let offered = try await verify(document)
        guard offered.payload.version > known.version, offered.payload.consortium == known.consortium else {
            throw NodeError(
                .resultInvalid,
                "The coordinator offers roster \(offered.payload.version) in place of roster \(known.version), which it does not "
                    + "follow. Nothing is done with it; tell the consortium's admin.")
        }
        // By the roster that is left behind: an admin who was removed can't write himself into the next one.
        try known.require(offered.signer)
        try document.write(to: home.rosterFile)
        return offered.payload
    }

    /// As of its own date: it was verified when it came, and the admin's certificate may have ended since.
    private func verifyStored(_ document: SignedDocument<Roster>) async throws -> Roster {
        let verified = try await document.verified(
            kind: .roster, authority: authority, asOf: \.issuedAt, now: now()
        ) { $0.isAdmin }
        try verified.payload.require(verified.signer)
        return verified.payload
    }

    private func verify(_ document: SignedDocument<Roster>) async throws -> VerifiedDocument<Roster> {
        let verified = try await document.verified(kind: .roster, authority: authority, at: now()) { $0.isAdmin }
        // The signer must be an admin by the roster itself too.
        try verified.payload.require(verified.signer)
        return verified
    }
}
