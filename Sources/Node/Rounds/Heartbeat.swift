internal import Federation
internal import Transport

/// While a node works and asks nothing, it lets the coordinator hear that it is alive.
struct Heartbeat: Sendable {
    /// The coordinator misses a clinic after three of these.
    static let interval = Duration.seconds(20)

    let client: CoordinatorClient
    let job: JobID

    /// Runs `work` with a heartbeat beside it. One that gets no answer is not missed by anybody here.
    func during<Value: Sendable>(_ work: () async throws -> Value) async rethrows -> Value {
        let beats = Task { [client, job] in
            while !Task.isCancelled {
                try await Task.sleep(for: Self.interval)
                _ = try? await client.task(of: job, waitSeconds: 0)
            }
        }
        defer { beats.cancel() }
        return try await work()
    }
}
