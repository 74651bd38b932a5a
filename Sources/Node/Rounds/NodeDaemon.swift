public import ConsiliumCore
internal import Federation
internal import Foundation
internal import Identity
internal import Ledger
internal import Transport

/// The node at work: keeps asking the coordinator about every approved job and does what it is asked.
///
/// It can be killed and started again at any moment. A coordinator that is away is waited for; a fault in one job ends that
/// job's work here and is reported, the others go on.
public struct NodeDaemon: Sendable {
    /// What became of the jobs, for the terminal and scripts.
    public struct Outcome: Codable, Sendable {
        public struct Job: Codable, Sendable {
            public var id: String
            public var state: String
            public var rounds: [Int]
            public var note: String
        }

        public var jobs: [Job]
        /// The category of the first fault; `.unavailable` where the only trouble is that the coordinator stopped a job.
        public var category: ErrorCategory
        /// Whether a job did not come to its end here, for a fault of this node or because the coordinator stopped it.
        public var failed: Bool

        public var text: String {
            if jobs.isEmpty { return "No approved job has anything to do. See “consilium-node jobs list”." }
            return jobs.map { job in
                let rounds = job.rounds.isEmpty ? "" : ", updates sent for \(job.rounds.count) rounds"
                return "\(job.id): \(job.state)\(rounds)" + (job.note.isEmpty ? "" : " — \(job.note)")
            }.joined(separator: "\n")
        }
    }

    /// What a daemon takes from the world around it; tests put other things in their place.
    struct Surroundings: Sendable {
        var client: @Sendable (NodeServices) throws -> CoordinatorClient = { try $0.client() }
        var material: @Sendable (NodeServices, JobManifest) throws -> TrainingMaterial = {
            try TrainingMaterial($0, job: $1)
        }
        /// The first pause after a failure; later ones double, up to four times this.
        var pause = Duration.seconds(1)
    }

    private let services: NodeServices
    private let surroundings: Surroundings
    private let comparesLocal: Bool
    private let note: @Sendable (String) -> Void
    private let progress: ProgressHandler
    private let random: any SecureRandom
    /// How long a coordinator may be away in a `--once` run.
    private let patience: Duration

    public init(
        _ services: NodeServices, compareLocal: Bool, patience: Duration = .seconds(120),
        random: any SecureRandom = SystemRandom(), note: @escaping @Sendable (String) -> Void,
        progress: @escaping ProgressHandler
    ) throws {
        self.init(
            services, compareLocal: compareLocal, patience: patience, surroundings: Surroundings(), random: random,
            note: note, progress: progress)
    }

    init(
        _ services: NodeServices, compareLocal: Bool, patience: Duration, surroundings: Surroundings,
        random: any SecureRandom, note: @escaping @Sendable (String) -> Void, progress: @escaping ProgressHandler
    ) {
        self.services = services
        self.surroundings = surroundings
        comparesLocal = compareLocal
        self.patience = patience
        self.random = random
        self.note = note
        self.progress = progress
    }

    /// - Parameter once: end when no approved job has anything left to do; otherwise run until the task is cancelled.
    /// - Throws: ``FederationError`` `.unavailable` when the coordinator stays away in a `once` run; faults that concern the
    ///   whole node (ledger, vault, identity).
    public func run(once: Bool) async throws -> Outcome {
        // One process holds the ledger; a second “run” is refused here, before anything else happens. Before the client,
        // too: one that is thrown away without its shutdown ends the program.
        let ledger = try services.ledger()
        try ledger.requireContains(try services.store.rememberedLedgerHeads())
        var line = try Line(services, dial: surroundings.client)
        do {
            let outcome = try await loop(&line, ledger, once: once)
            try await line.client.shutdown()
            return outcome
        } catch {
            try? await line.client.shutdown()
            throw error
        }
    }

    /// The connection to the coordinator, under the certificate that it was opened with.
    private struct Line {
        private(set) var client: CoordinatorClient
        private var certificate: ContentHash
        private var warned: Date?
        private let dial: @Sendable (NodeServices) throws -> CoordinatorClient

        init(_ services: NodeServices, dial: @escaping @Sendable (NodeServices) throws -> CoordinatorClient) throws {
            self.dial = dial
            certificate = try services.credentials().tlsCertificate.fingerprint
            client = try dial(services)
        }

        /// Dials anew after the certificate on the disk was renewed.
        /// - Returns: whether it was.
        mutating func renew(_ services: NodeServices) async throws -> Bool {
            let current = try services.credentials().tlsCertificate.fingerprint
            guard current != certificate else { return false }
            let former = client
            client = try dial(services)
            certificate = current
            try await former.shutdown()
            return true
        }

        /// Once a day, from two months before the end.
        mutating func warning(_ services: NodeServices, at date: Date) throws -> String? {
            if let warned, date.timeIntervalSince(warned) < 86_400 { return nil }
            guard let text = try CertificateLife(services.credentials()).warning(at: date) else { return nil }
            warned = date
            return text
        }
    }

    private func loop(_ line: inout Line, _ ledger: PrivacyLedger, once: Bool) async throws -> Outcome {
        var states: [JobID: Outcome.Job] = [:]
        var runners: [JobID: JobRunner] = [:]
        var failure: ErrorCategory?
        var trouble = Trouble()
        let clinicCharges = ClinicCharges(services)
        func fail(_ id: JobID, _ error: any ConsiliumError) {
            var state = states[id] ?? Outcome.Job(id: id.rawValue, state: "", rounds: [], note: "")
            state.state = "failed"
            state.note = error.message
            states[id] = state
            runners[id] = nil
            failure = failure ?? error.category
            note("\(id): \(error.description)")
        }
        while !Task.isCancelled {
            do {
                let desk = JobDesk(services)
                for reason in try await desk.fetch(line.client) { note("a job was left out: \(reason)") }
                if try await line.renew(services) {
                    // What they hold in memory they find again on the disk.
                    runners = [:]
                    note("this clinic's certificate was renewed")
                }
                if let warning = try line.warning(services, at: services.now()) { note(warning) }
                for problem in try await desk.sendDecisions(line.client) { note(problem) }
                var invalid: [(JobID, any ConsiliumError)] = []
                let candidates = try await services.inbox().runnable { invalid.append(($0, $1)) }
                for (id, error) in invalid where states[id] == nil { fail(id, error) }
                let runnable = candidates.filter { states[$0.record.id]?.state != "failed" }
                if runnable.isEmpty {
                    if once { break }
                    try await Task.sleep(for: .seconds(20))
                    continue
                }
                for (record, manifest) in runnable {
                    do {
                        let runner =
                            try runners[record.id]
                            ?? makeRunner(manifest, record.hash, line.client, ledger, clinicCharges)
                        runners[record.id] = runner
                        let step = try await runner.advance(waitSeconds: runnable.count > 1 ? 2 : 20)
                        var state =
                            states[record.id]
                            ?? Outcome.Job(id: record.id.rawValue, state: "running", rounds: [], note: "")
                        apply(step, to: &state)
                        states[record.id] = state
                        trouble = Trouble()
                        // What a job holds in memory is freed with it.
                        if case .ended = step { runners[record.id] = nil }
                        // A script has to see that the job that it waits for brought nothing.
                        if case .ended(.stopped, _) = step { failure = failure ?? .unavailable }
                        if case .outOfBudget = step { try await Task.sleep(for: .seconds(2)) }
                    } catch let error as any ConsiliumError where !Self.mayPass(error, once: once) {
                        fail(record.id, error)
                    }
                }
            } catch let error as any ConsiliumError where Self.mayPass(error, once: once) {
                if trouble.attempts == 0 { note("\(error.message) Trying again.") }
                if once, trouble.duration > patience { throw error }
                try await Task.sleep(for: trouble.nextPause(from: surroundings.pause))
            }
        }
        let jobs = states.values.sorted { $0.id < $1.id }
        return Outcome(jobs: jobs, category: failure ?? .internalFault, failed: failure != nil)
    }

    /// Whether time or a repair may end a fault. A daemon then waits and goes on by itself; a `once` run reports what concerns
    /// its own machine at once, because a script is waiting for it.
    private static func mayPass(_ error: any ConsiliumError, once: Bool) -> Bool {
        switch error.category {
        case .unavailable, .tryAgain: true
        case .inputOutput: !once
        // The coordinator's fault, or an answer that was no answer: a proxy's page, a restart.
        case .internalFault, .badData: (error as? FederationError).map { $0.code != .invalidJob } ?? false
        case .refused: !once && (error as? LedgerError)?.code == .clockBackwards
        case .violation, .usage: false
        }
    }

    /// A run of failures. Pauses grow from one second to four: a coordinator that returns is found within five.
    private struct Trouble {
        private var since: ContinuousClock.Instant?
        private(set) var attempts = 0
        /// Since the first failure: a long training before it is no trouble.
        var duration: Duration { since.map { $0.duration(to: .now) } ?? .zero }

        mutating func nextPause(from first: Duration) -> Duration {
            since = since ?? .now
            attempts += 1
            return first * min(4, attempts)
        }
    }

    private func makeRunner(
        _ manifest: JobManifest, _ hash: ContentHash, _ client: CoordinatorClient, _ ledger: PrivacyLedger,
        _ clinicCharges: ClinicCharges
    ) throws -> JobRunner {
        try JobRunner(
            services: services, job: manifest, jobHash: hash, client: client, ledger: ledger,
            clinicCharges: clinicCharges,
            comparesLocal: comparesLocal,
            random: random, progress: progress, material: surroundings.material)
    }

    private func apply(_ step: JobRunner.Step, to state: inout Outcome.Job) {
        switch step {
        case .waiting(let reason):
            if state.note != reason { note("\(state.id): \(reason)") }
            state.note = reason
        case .delivered(let round):
            if !state.rounds.contains(round) { state.rounds.append(round) }
            state.note = ""
            note("\(state.id): round \(round) delivered")
        case .ready(let round):
            note("\(state.id): round \(round) trained; it is added when the other clinics are ready")
        case .missed(let round):
            note("\(state.id): round \(round) closed before the update arrived; the next round goes on")
        case .outOfBudget(let round, let reason):
            if state.note != reason { note("\(state.id): sits out round \(round). \(reason)") }
            state.note = reason
        case .ended(let end, let text):
            state.state = end.rawValue
            state.note = text
            note("\(state.id): \(text)")
        }
    }
}
