import ConsiliumTesting
import Federation
import Foundation
import Identity
import Transport

@testable import Coordinator

extension TestCoordinator {
    /// Renews these parties the way the admin does: the roster first, then the certificates.
    @discardableResult
    func renew(
        _ parties: [PeerCredentials], as admin: PeerCredentials? = nil, on server: RunningCoordinator,
        publishing: Bool = true
    ) async throws -> [PeerCredentials] {
        let admin = admin ?? consortium.admin
        let grants = try parties.map { try consortium.authority.renew(Self.certificates(of: $0), at: consortium.date) }
        try await server.with(admin) { client in
            let current = try await client.roster().verify(
                kind: .roster, authority: consortium.authority.certificate, at: Date(), requiredRole: \.isAdmin)
            try await client.publish(
                admin.sign(current.renewing(grants, at: consortium.date), kind: .roster))
            if publishing { try await client.publish(grants) }
        }
        return try zip(parties, grants).map { party, grant in
            try PeerCredentials(
                keys: party.keys, tlsCertificate: grant.tlsCertificate, signingCertificate: grant.signingCertificate,
                authority: grant.authority)
        }
    }
}
