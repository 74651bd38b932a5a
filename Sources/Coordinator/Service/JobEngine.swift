import ConsiliumCore
import Federation
import Foundation
import Identity
import Logging
import ServiceLifecycle

/// Drives every job: feeds events to its state machine, stores the result, and does what the machine asks for.
///
/// Averaging happens here alone and only because the *stored* state says so: after a crash the same round is averaged again
/// from the same files, and gives the same adapter.
actor JobEngine: Service {
    private let store: any CoordinatorStore
    private let aggregator: RoundAggregator
    private let sums: SecureSumDesk
    private let presence: Presence
    private let signals: JobSignals
    private let logger: Logger
    private let interval: Duration
    private nonisolated let now: @Sendable () -> Date
    private let uptime: @Sendable () -> Duration
    private var watch = ClockWatch()
    private nonisolated let (wakes, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// - Parameter interval: how often deadlines are looked at.
    init(
        store: any CoordinatorStore, aggregator: RoundAggregator, sums: SecureSumDesk, presence: Presence,
        signals: JobSignals,
        logger: Logger,
        interval: Duration,
        now: @escaping @Sendable () -> Date, uptime: @escaping @Sendable () -> Duration
    ) {
        self.store = store
        self.aggregator = aggregator
        self.sums = sums
        self.presence = presence
        self.signals = signals
        self.logger = logger
        self.interval = interval
        self.now = now
        self.uptime = uptime
    }

    /// Runs until the service is asked to stop. An averaging in progress is finished, or repeated after the next start.
    func run() async throws {
        let date = now()
        _ = watch.jump(date: date, uptime: uptime())
        await advanceAll(.restarted(at: date))
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { [interval = self.interval, waker = self.waker] in
                    while !Task.isCancelled {
                        try? await Task.sleep(for: interval)
                        waker.yield()
                    }
                }
                for await _ in self.wakes {
                    if Task.isCancelled { break }
                    await self.look()
                    await self.presence.sweep()
                }
                group.cancelAll()
            }
        }
    }

    /// Applies an event that came with a request. The state is stored when this returns; averaging follows in the background.
    ///
    /// - Parameters:
    ///   - check: sees the state inside the transaction; throwing leaves everything as it was.
    ///   - writes: what is stored together with the new state.
    nonisolated func apply(
        _ event: JobStateMachine.Event, to id: JobID, writes: [JobWrite] = [],
        check: @escaping @Sendable (StoredJob) throws -> Void = { _ in }
    ) async throws {
        let action = try await store.changeJob(id) { job in
            try check(job)
            return (job.machine.handle(event), writes)
        }
        try await conclude(action, of: id)
        // An event without an action changes no other clinic's task: waking all for each delivery would cost their number squared.
        if action != .none { await signals.notify(id) }
        if case .aggregate = action { waker.yield() }
    }

    /// Looks at all deadlines. One date for both: a calendar that is set between the two would end a deadline before anybody
    /// noticed that it was set.
    private func look() async {
        let date = now()
        if let jump = watch.jump(date: date, uptime: uptime()) {
            logger.warning("the machine's calendar was set", metadata: ["seconds": "\(jump)"])
            await advanceAll(.clockSet(by: jump, at: date))
        }
        await advanceAll(.tick(at: date))
    }

    private func advanceAll(_ event: JobStateMachine.Event) async {
        do {
            for id in try await store.activeJobs() { await advance(id, event) }
        } catch {
            logger.error("jobs can't be read", metadata: ["error": "\(error)"])
        }
    }

    private func advance(_ id: JobID, _ event: JobStateMachine.Event) async {
        do {
            let action = try await store.changeJob(id) { ($0.machine.handle(event), []) }
            guard action != .none else {
                if let job = try await store.job(id), let event = try await sums.tick(job) { await advance(id, event) }
                return
            }
            try await conclude(action, of: id)
            if case .aggregate(let round, let adapter, let closing) = action {
                try await aggregate(id, round: round, from: adapter, closing)
            }
            await signals.notify(id)
        } catch {
            // Stays in its stored state; the next tick tries again.
            logger.error("job can't advance", metadata: ["job": "\(id)", "error": "\(error)"])
        }
    }

    private func aggregate(_ id: JobID, round: Int, from adapter: ContentHash, _ closing: RoundStateMachine.Closing)
        async throws
    {
        guard let job = try await store.job(id) else { return }
        do {
            let opened =
                job.machine.rules.masksUpdates == true ? try await sums.opened(id, round: round) : nil
            let result = try await aggregator.aggregate(job, round: round, from: adapter, closing, opened: opened)
            let action = try await store.changeJob(id) { [now] job in
                let action = job.machine.handle(.aggregated(adapter: result.adapter, at: now()))
                return (
                    action, action == .none ? [] : [.result(round: round, adapter: result.adapter, result.document)]
                )
            }
            logger.info(
                "round averaged",
                metadata: [
                    "job": "\(id)", "round": "\(round)", "adapter": "\(result.adapter.short)",
                    "clinics": "\(closing.participants.count)", "missing": "\(closing.missing.count)",
                    "error": "\(result.aggregationError.map { "\($0)" } ?? "-")",
                ])
            try await conclude(action, of: id)
            aggregator.discardUpdates(of: id, round: round)
            if opened != nil { try await sums.discard(id) }
        } catch let error as any ConsiliumError where error.category != .inputOutput && error.category != .internalFault
        {
            let action = try await store.changeJob(id) {
                ($0.machine.handle(.aggregationFailed(reason: error.message)), [])
            }
            try await conclude(action, of: id)
        }
    }

    /// Says what happened, and deletes updates and sums that will not be averaged any more.
    private nonisolated func conclude(_ action: JobStateMachine.Action, of id: JobID) async throws {
        switch action {
        case .none, .aggregate: break
        case .sumStarted(let round, let attempt):
            logger.info(
                "sum started", metadata: ["job": "\(id)", "round": "\(round)", "attempt": "\(attempt)"])
        case .roundOpened(let round): logger.info("round opened", metadata: ["job": "\(id)", "round": "\(round)"])
        case .roundExtended(let until):
            logger.warning("round extended", metadata: ["job": "\(id)", "until": "\(until)"])
        case .finished:
            logger.info("job finished", metadata: ["job": "\(id)"])
            aggregator.discardServerState(of: id)
        case .stopped(let reason):
            logger.warning("job stopped", metadata: ["job": "\(id)", "reason": "\(reason)"])
            aggregator.discardUpdates(of: id)
            try await sums.discard(id)
        }
    }
}
