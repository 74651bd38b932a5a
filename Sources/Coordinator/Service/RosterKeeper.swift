import ConsiliumCore
import Federation
import Foundation
import Identity

/// The roster in force, and with it every question of who may do what. A change counts from the next request on.
actor RosterKeeper {
    private let store: any CoordinatorStore
    nonisolated let authority: AuthorityCertificate
    private nonisolated let now: @Sendable () -> Date
    private(set) var roster: Roster
    private(set) var document: SignedDocument<Roster>

    /// Takes the stored roster, or the first one from the grant if nothing as new is stored.
    ///
    /// A stored roster was verified when it came, by the certificates of that day; they may have expired since, which must not
    /// stop a restart. It is therefore verified as of its own date, and the grant only when it is needed.
    init(
        store: any CoordinatorStore, authority: AuthorityCertificate, first: SignedDocument<Roster>,
        now: @escaping @Sendable () -> Date
    ) async throws {
        self.store = store
        self.authority = authority
        self.now = now
        let claimed = try CanonicalJSON.decode(Roster.self, from: first.payload)
        if let stored = try await store.roster() {
            let current = try CanonicalJSON.decode(Roster.self, from: stored.payload)
            if current.version >= claimed.version {
                roster = try await stored.verify(
                    kind: .roster, authority: authority, at: current.issuedAt, requiredRole: \.isAdmin)
                document = stored
                return
            }
        }
        let granted = try await first.verified(kind: .roster, authority: authority, at: now()) { $0.isAdmin }
        // Only an admin on the list may sign the list: for the first one that is the list itself, handed over in person.
        try granted.payload.require(granted.signer)
        try await store.save(first, version: granted.payload.version)
        roster = granted.payload
        document = first
    }

    /// Puts a new roster in force.
    /// - Throws: ``FederationError`` `.conflict` for an old version; `IdentityError` for a wrong signature or signer.
    func replace(by document: SignedDocument<Roster>) async throws {
        if document.payloadHash == self.document.payloadHash { return }
        let verified = try await verify(document, kind: .roster) { $0.isAdmin }
        guard verified.payload.consortium == roster.consortium else {
            throw FederationError(.conflict, "This roster is of another consortium than this coordinator's.")
        }
        try await store.save(document, version: verified.payload.version)
        // Another call may have come first while this one waited for the store, which then refused one of the two.
        if verified.payload.version > roster.version {
            roster = verified.payload
            self.document = document
        }
    }

    /// Checks chain, kind, signature, role, and that the roster in force lists the signing certificate.
    func verify<Payload>(
        _ document: SignedDocument<Payload>, kind: DocumentKind, requiredRole: @Sendable (PeerRole) -> Bool
    ) async throws -> VerifiedDocument<Payload> {
        let verified = try await document.verified(
            kind: kind, authority: authority, at: now(), requiredRole: requiredRole)
        try roster.require(verified.signer)
        return verified
    }

    /// What the roster in force says of the signer of itself, for a warning in good time.
    var signerLife: CertificateLife {
        CertificateLife(role: document.signer.role, notValidAfter: document.signer.identity.notValidAfter)
    }

    /// - Throws: ``FederationError`` `.notOnRoster` for a peer without a certificate, with an expired one or one not listed.
    func require(_ peer: PeerIdentity?) throws -> PeerIdentity {
        let peer = try requireCertificate(peer)
        try roster.require(peer)
        return peer
    }

    /// The same for a certificate that need not be on the roster yet.
    nonisolated func requireCertificate(_ peer: PeerIdentity?) throws -> PeerIdentity {
        guard let peer else {
            throw FederationError(
                .notOnRoster, "This request needs a client certificate; without one only enrolment is possible.")
        }
        // TLS looked at the dates when the connection was opened; that may be long ago.
        guard peer.purpose == .tls, now() <= peer.notValidAfter else {
            throw FederationError(
                .notOnRoster,
                "The certificate of \(peer.role) has expired. The consortium's admin renews it: “consilium-admin renew”."
            )
        }
        return peer
    }
}
