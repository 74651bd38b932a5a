public import Federation
public import Identity

/// What a clinic asks during a job.
extension CoordinatorClient {
    public func roster() async throws -> SignedDocument<Roster> {
        try await get(Endpoint.roster, as: SignedDocument<Roster>.self)
    }

    /// This party's renewed certificates.
    ///
    /// - Throws: ``FederationError`` `.notFound` if there are none.
    public func certificates() async throws -> EnrolmentGrant {
        try await get(Endpoint.certificates, as: EnrolmentGrant.self)
    }

    /// The jobs that name this clinic (for the admin: all), the oldest first.
    public func jobs() async throws -> [SignedDocument<JobManifest>] {
        try await get(Endpoint.jobs, as: [SignedDocument<JobManifest>].self)
    }

    public func job(_ id: JobID) async throws -> SignedDocument<JobManifest> {
        try await get(Endpoint.job(id), as: SignedDocument<JobManifest>.self)
    }

    public func send(_ consent: SignedDocument<Consent>, for job: JobID) async throws {
        try await send(.put, Endpoint.consent(job), consent)
    }

    /// What this clinic shall do now. With nothing to do, the coordinator answers after `waitSeconds`, or as soon as there is.
    ///
    /// - Parameter waitSeconds: at most 55, below the idle time-out of common proxies.
    public func task(of job: JobID, waitSeconds: Int = 25) async throws -> RoundTask {
        let wait = min(max(waitSeconds, 0), 55)
        let reply = try await exchange.send(
            .get, Endpoint.task(job), query: "wait=\(wait)", timeout: options.requestTimeout + .seconds(wait))
        return try decode(reply, as: RoundTask.self)
    }

    /// Tells that no update of this clinic will come in a round. Telling it again changes nothing.
    ///
    /// - Throws: ``FederationError`` `.roundClosed` if the round has ended; `.conflict` if this clinic has delivered.
    public func skip(_ document: SignedDocument<UpdateSkip>, of job: JobID, round: Int) async throws {
        try await send(.put, Endpoint.skip(job, round), document)
    }

    /// - Throws: ``FederationError`` `.notFound` while the round is open.
    public func result(of job: JobID, round: Int) async throws -> SignedDocument<RoundResult> {
        try await get(Endpoint.result(job, round), as: SignedDocument<RoundResult>.self)
    }

    public func send(_ metrics: HeldOutMetrics) async throws {
        try await send(.put, Endpoint.metrics(metrics.job), metrics)
    }

    public func send(_ metrics: EvaluationMetrics) async throws {
        try await send(.put, Endpoint.evaluation(metrics.job), metrics)
    }
}
