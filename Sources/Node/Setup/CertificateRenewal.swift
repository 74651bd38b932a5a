internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import Identity
internal import Transport

/// Takes this clinic's renewed certificates into use: the admin has issued them for the keys that lie here.
///
/// The former certificate opens connections until then, so nothing is interrupted, and what was signed with it stays signed by
/// the same key.
struct CertificateRenewal: Sendable {
    let home: NodeHome
    let clinic: ClinicID

    /// - Returns: whether certificates were installed.
    /// - Throws: ``IdentityError`` if what the coordinator hands over is not what the roster names or fits no key here.
    func pickUp(from client: CoordinatorClient, roster: Roster) async throws -> Bool {
        let own = try home.keyFiles.loadCredentials()
        guard let member = roster.member(clinic), member.tlsFingerprint != own.tlsCertificate.fingerprint,
            member.signingKey == own.keys.signing.publicKey
        else { return false }
        let grant: EnrolmentGrant
        do {
            grant = try await client.certificates()
        } catch let error as FederationError where error.code == .notFound {
            // The roster is published first; the certificates follow.
            return false
        }
        guard grant.tlsCertificate.fingerprint == member.tlsFingerprint else { return false }
        _ = try await home.keyFiles.install(
            grant, role: .clinic(clinic), authority: own.authority, at: Date())
        return true
    }
}
