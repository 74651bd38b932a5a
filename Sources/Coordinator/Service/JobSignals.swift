import Federation
import ServiceLifecycle

/// Wakes the requests that wait for something to happen to a job.
actor JobSignals {
    private var waiting: [JobID: [Int: AsyncStream<Void>.Continuation]] = [:]
    private var nextID = 0

    /// Begin to listen before looking at the state, or a change in between is missed.
    func subscribe(to job: JobID) -> (id: Int, changes: AsyncStream<Void>) {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        nextID += 1
        waiting[job, default: [:]][nextID] = continuation
        return (nextID, stream)
    }

    func unsubscribe(_ id: Int, from job: JobID) {
        waiting[job]?.removeValue(forKey: id)?.finish()
        if waiting[job]?.isEmpty == true { waiting[job] = nil }
    }

    /// Looks at a job until there is something to tell: at once, at each change, and at the end of the time.
    ///
    /// - Parameters:
    ///   - seconds: how long to wait at most. A coordinator that is being stopped waits no longer.
    ///   - isNothing: whether what was found is not worth an answer before the time is over.
    nonisolated func poll<Answer: Sendable>(
        _ job: JobID, seconds: Int, isNothing: (Answer) -> Bool, _ look: @Sendable () async throws -> Answer
    ) async throws -> Answer {
        let end = ContinuousClock.now + .seconds(seconds)
        let (subscription, changes) = await subscribe(to: job)
        do {
            while true {
                let answer = try await look()
                guard isNothing(answer), ContinuousClock.now < end, !Task.isShuttingDownGracefully else {
                    await unsubscribe(subscription, from: job)
                    return answer
                }
                await cancelWhenGracefulShutdown {
                    await withTaskGroup(of: Void.self) { group in
                        group.addTask { for await _ in changes { return } }
                        group.addTask { try? await Task.sleep(until: end, clock: .continuous) }
                        await group.next()
                        group.cancelAll()
                    }
                }
                try Task.checkCancellation()
            }
        } catch {
            await unsubscribe(subscription, from: job)
            throw error
        }
    }

    func notify(_ job: JobID) {
        for continuation in waiting[job, default: [:]].values { continuation.yield() }
    }
}
