internal import ConsiliumCore
internal import Federation
public import Identity

/// Before a clinic has a certificate.
extension CoordinatorClient {
    /// Hands in the request. Handing it in again gives the same answer; another request under the same token is refused.
    ///
    /// - Returns: the grant if the admin has answered already, otherwise `nil`: ask with ``grant(for:)``.
    /// - Throws: ``FederationError`` `.enrolmentRefused` with the reason.
    @discardableResult
    public func enroll(_ request: EnrolmentRequest) async throws -> EnrolmentGrant? {
        let reply = try await send(.post, Endpoint.enrolments, request)
        return reply.status == 200 ? try decode(reply, as: EnrolmentGrant.self) : nil
    }

    /// - Throws: ``FederationError`` `.enrolmentPending` until the admin has answered.
    public func grant(for request: EnrolmentRequest) async throws -> EnrolmentGrant {
        try await get(
            Endpoint.enrolment(token: request.claimedTokenID()), query: "request=\(request.contentHash)",
            as: EnrolmentGrant.self)
    }
}
