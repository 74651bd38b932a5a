import Federation

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

    func notify(_ job: JobID) {
        for continuation in waiting[job, default: [:]].values { continuation.yield() }
    }
}
