public import Federation
public import Identity
public import SecureAggregation

/// The adding of masked updates.
extension CoordinatorClient {
    /// Tells that this clinic's update of a round is trained. Telling it again changes nothing.
    /// - Throws: ``FederationError`` `.roundClosed` if the round has closed without this clinic.
    public func ready(_ document: SignedDocument<RoundReady>, of job: JobID, round: Int) async throws {
        try await send(.put, Endpoint.ready(job, round), document)
    }

    /// What this clinic shall do in the sum of a round. With nothing to do, the coordinator answers after `waitSeconds`, or as
    /// soon as there is.
    public func sum(of job: JobID, round: Int, waitSeconds: Int = 25) async throws -> SecureSumPoll {
        let wait = min(max(waitSeconds, 0), 55)
        let reply = try await exchange.send(
            .get, Endpoint.sum(job, round), query: "wait=\(wait)", timeout: options.requestTimeout + .seconds(wait))
        return try decode(reply, as: SecureSumPoll.self)
    }

    /// Gives an answer in a sum. Giving it again changes nothing.
    /// - Throws: ``FederationError`` `.roundClosed` if the attempt or the step is over.
    public func answer(_ envelope: SecureSumEnvelope, of job: JobID, round: Int) async throws {
        try await send(.post, Endpoint.sum(job, round), envelope)
    }
}
