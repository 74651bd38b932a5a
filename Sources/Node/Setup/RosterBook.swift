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
                .notEnrolled, "This node has not fetched the consortium's roster yet. Run “consilium-node jobs list” once, online.")
        }
        return try await verify(SignedDocument<Roster>(file: home.rosterFile))
    }

    /// Fetches the roster and keeps it if it is newer.
    /// - Throws: ``NodeError`` `.resultInvalid` if the coordinator offers an older roster, or another one of the same version.
    func update(from client: CoordinatorClient) async throws -> Roster {
        let document = try await client.roster()
        let offered = try await verify(document)
        if FileManager.default.fileExists(atPath: home.rosterFile.path) {
            let stored = try SignedDocument<Roster>(file: home.rosterFile)
            let known = try await verify(stored)
            guard offered.version >= known.version else {
                throw NodeError(
                    .resultInvalid,
                    "The coordinator offers roster \(offered.version), older than roster \(known.version) that this node has seen. "
                        + "Nothing is done with it; tell the consortium's admin.")
            }
            if offered.version == known.version {
                guard document.payloadHash == stored.payloadHash else {
                    throw NodeError(
                        .resultInvalid,
                        "There are two different rosters with version \(known.version). Nothing is done; tell the consortium's admin.")
                }
                return known
            }
        }
        try document.write(to: home.rosterFile)
        return offered
    }

    private func verify(_ document: SignedDocument<Roster>) async throws -> Roster {
        let verified = try await document.verified(kind: .roster, authority: authority, at: now()) { $0.isAdmin }
        // The signer must be an admin by the roster itself too.
        try verified.payload.require(verified.signer)
        return verified.payload
    }
}
