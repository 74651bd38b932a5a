import ConsiliumCore
import Federation
import Foundation
import Identity
import Logging

/// Enrolment of clinics: tokens from the admin, requests from clinics, grants from the admin. It can sign nothing itself.
struct EnrolmentDesk: Sendable {
    let store: any CoordinatorStore
    let rosters: RosterKeeper
    let logger: Logger
    let now: @Sendable () -> Date

    func register(_ token: SignedDocument<TokenRecord>) async throws {
        let record = try await rosters.verify(token, kind: .enrolment) { $0.isAdmin }.payload
        try await store.add(token, id: record.id)
        logger.info("token registered", metadata: ["token": "\(record.id)", "clinic": "\(record.clinic)"])
    }

    /// - Returns: the grant, if the same request was granted before.
    /// - Throws: `IdentityError` `.unknownToken`, `.expiredToken`, `.usedToken`, `.badProof`, …
    func enroll(_ request: EnrolmentRequest) async throws -> EnrolmentGrant? {
        let tokenID = try request.claimedTokenID()
        let known = try await store.enrolment(tokenID)
        // A clinic that lost the answer asks again with the very same content, perhaps after the token's end.
        if let known, known.request.contentHash == request.contentHash { return known.grant }
        _ = try request.verify(against: try await store.token(tokenID), used: known != nil, at: now())
        let stored = try await store.addEnrolment(request, tokenID: tokenID, at: now())
        guard stored.request.contentHash == request.contentHash else {
            // Two requests under one token at the same moment: the store kept the first.
            throw IdentityError(
                .usedToken,
                "This enrolment token has been used. If that wasn't your clinic, tell the admin at once; otherwise ask for a new one."
            )
        }
        logger.info("enrolment asked for", metadata: ["token": "\(tokenID)"])
        return nil
    }

    /// - Throws: ``FederationError`` `.enrolmentPending`, or `.enrolmentRefused` for a request that is not known.
    func grant(tokenID: String, requestHash: ContentHash) async throws -> EnrolmentGrant {
        guard let known = try await store.enrolment(tokenID), known.request.contentHash == requestHash else {
            throw FederationError(.enrolmentRefused, "This enrolment is not known here. Send the request first.")
        }
        guard let grant = known.grant else {
            throw FederationError(
                .enrolmentPending, "The consortium's admin has not answered this enrolment yet. Ask again later.")
        }
        return grant
    }

    func pending() async throws -> [EnrolmentRequest] { try await store.pendingEnrolments().map(\.request) }

    /// Stores the admin's answer. It must be what the clinic asked for, from the consortium's authority.
    func setGrant(_ grant: EnrolmentGrant, tokenID: String) async throws {
        guard let known = try await store.enrolment(tokenID) else {
            throw FederationError(.notFound, "No clinic has asked for enrolment under this token.")
        }
        let content = try CanonicalJSON.decode(EnrolmentRequest.Content.self, from: known.request.content)
        for certificate in [grant.tlsCertificate, grant.signingCertificate] {
            try await rosters.authority.verify(certificate, at: now())
            guard certificate.role == .clinic(content.clinic) else {
                throw FederationError(
                    .wrongRole, "The certificates are for \(certificate.role); the request is from \(content.clinic).")
            }
        }
        guard grant.tlsCertificate.identity.purpose == .tls,
            grant.signingCertificate.identity.signingKey == content.signingKey
        else { throw FederationError(.conflict, "The certificates are for other keys than the clinic's request.") }
        try await store.setGrant(grant, tokenID: tokenID)
        logger.info("enrolment granted", metadata: ["token": "\(tokenID)", "clinic": "\(content.clinic)"])
    }
}
