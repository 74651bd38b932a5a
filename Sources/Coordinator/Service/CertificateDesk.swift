import ConsiliumCore
import Federation
import Foundation
import Identity
import Logging

/// Renewed certificates: takes them from the admin, hands each clinic its own, and puts the coordinator's own into use at once.
/// It can issue none.
struct CertificateDesk: Sendable {
    let store: any CoordinatorStore
    let rosters: RosterKeeper
    let folder: CoordinatorFolder
    let identity: ServerIdentity
    let logger: Logger
    let now: @Sendable () -> Date

    /// What the coordinator shows to whoever connects, and signs with.
    var own: EnrolmentGrant {
        let credentials = identity.credentials
        return EnrolmentGrant(
            tlsCertificate: credentials.tlsCertificate, signingCertificate: credentials.signingCertificate,
            authority: credentials.authority)
    }

    /// Stores certificates that the roster in force lists. Taking them twice changes nothing.
    ///
    /// - Throws: ``FederationError`` `.conflict` for certificates that are not on the roster; `IdentityError` for those that
    ///   are of another authority, have expired or fit no key.
    func accept(_ grants: [EnrolmentGrant]) async throws {
        let roster = await rosters.roster
        for grant in grants {
            let role = grant.tlsCertificate.role
            for certificate in [grant.tlsCertificate, grant.signingCertificate] {
                try await rosters.authority.verify(certificate, at: now())
            }
            guard grant.signingCertificate.role == role, Self.lists(roster, grant) else {
                throw FederationError(
                    .conflict,
                    "The certificates of \(role) are not those on roster \(roster.version). Publish the roster first.")
            }
            if role.isCoordinator { try await useOwn(grant) } else { try await store.save(grant) }
            logger.info("certificates renewed", metadata: ["peer": "\(role.urn)"])
        }
    }

    /// - Throws: ``FederationError`` `.notFound` if nothing was renewed for this party.
    func renewed(for peer: PeerIdentity) async throws -> EnrolmentGrant {
        guard let grant = try await store.certificates(of: peer.role) else {
            throw FederationError(.notFound, "There are no renewed certificates for \(peer.role).")
        }
        return grant
    }

    private static func lists(_ roster: Roster, _ grant: EnrolmentGrant) -> Bool {
        roster.authorizes(grant.tlsCertificate.identity) && roster.authorizes(grant.signingCertificate.identity)
    }

    /// On disk first: a crash in between is a restart with the renewed certificates.
    private func useOwn(_ grant: EnrolmentGrant) async throws {
        let keys = KeyFiles(folder: folder.url)
        let renewed = EnrolmentGrant(
            tlsCertificate: grant.tlsCertificate, signingCertificate: grant.signingCertificate,
            authority: rosters.authority)
        _ = try await renewed.credentials(
            keys: keys.loadKeys(), role: .coordinator, authority: rosters.authority, at: now())
        var stored = try CoordinatorSetup.readGrant(in: folder)
        stored.certificates = renewed
        try DurableFile.write(
            CanonicalJSON.encodePretty(stored) + Data("\n".utf8), to: folder.grant, permissions: 0o644)
        identity.renew(
            try await keys.install(renewed, role: .coordinator, authority: rosters.authority, at: now()))
    }
}
