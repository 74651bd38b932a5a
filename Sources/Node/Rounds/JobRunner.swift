internal import ConsiliumCore
internal import Federation
internal import FineTuning
internal import Foundation
internal import Identity
internal import LanguageModels
internal import Ledger
internal import Transport

/// One approved job in this clinic, from the first poll to the evaluated adapter.
struct JobRunner: Sendable {
    enum Step: Sendable, Equatable {
        case waiting(String)
        case delivered(round: Int)
        /// Trained, and to be added under masks when the others are ready.
        case ready(round: Int)
        case missed(round: Int)
        case outOfBudget(round: Int, reason: String)
        case ended(JobRecord.State, note: String)
    }

    let services: NodeServices
    let job: JobManifest
    let jobHash: ContentHash
    let client: CoordinatorClient
    let ledger: PrivacyLedger
    let clinicCharges: ClinicCharges
    let comparesLocal: Bool
    let random: any SecureRandom
    let progress: ProgressHandler
    let files: JobFiles
    let chain: AdapterChain
    let material: TrainingMaterial

    init(
        services: NodeServices, job: JobManifest, jobHash: ContentHash, client: CoordinatorClient,
        ledger: PrivacyLedger, clinicCharges: ClinicCharges,
        comparesLocal: Bool, random: any SecureRandom, progress: @escaping ProgressHandler,
        material: (NodeServices, JobManifest) throws -> TrainingMaterial
    ) throws {
        self.services = services
        self.job = job
        self.jobHash = jobHash
        self.client = client
        self.ledger = ledger
        self.clinicCharges = clinicCharges
        self.comparesLocal = comparesLocal
        self.random = random
        self.progress = progress
        files = try JobFiles(services.home.jobFolder(job.id))
        let book = try services.rosterBook()
        chain = AdapterChain(
            job: job, jobHash: jobHash, clinic: services.site.clinic.id, client: client,
            authority: try services.credentials().authority, store: services.store, gate: services.gate, files: files,
            roster: { try await book.current() }, now: services.now)
        self.material = try material(services, job)
    }

    /// Asks what to do and does it. Returns after one task, so that several jobs can take turns.
    func advance(waitSeconds: Int) async throws -> Step {
        switch try await client.task(of: job.id, waitSeconds: waitSeconds) {
        case .wait(let reason):
            return .waiting(reason)
        case .train(let round, let adapter, _):
            try services.store.setState(job.id, .running)
            let runner = roundRunner
            let outcome = try await heartbeat.during {
                try await evaluate(before: round, adapter: adapter)
                return try await runner.run(round: round, adapter: adapter)
            }
            try await runner.settleEarlier(than: round)
            switch outcome {
            case .delivered: return .delivered(round: round)
            case .ready: return .ready(round: round)
            case .missed: return .missed(round: round)
            case .outOfBudget(let reason): return .outOfBudget(round: round, reason: reason)
            }
        case .sum(let round, let adapter):
            let outcome = try await heartbeat.during {
                try await roundRunner.add(round: round, adapter: adapter, waitSeconds: waitSeconds)
            }
            switch outcome {
            case .waiting: return .waiting("round \(round) is being added under masks")
            case .over: return .delivered(round: round)
            }
        case .finished(let adapter, let rounds):
            let audit = try await heartbeat.during { try await finish(adapter: adapter, rounds: rounds) }
            return .ended(
                .finished, note: "finished after \(rounds) rounds" + (audit.map { ". Empirical audit: \($0)" } ?? ""))
        case .stopped(let reason):
            // An update that waited for a sum which never came is not needed any more.
            if job.aggregation.secureAggregation == .on { try await roundRunner.settleEarlier(than: job.rounds + 1) }
            try services.store.setState(job.id, .stopped)
            return .ended(.stopped, note: reason)
        }
    }

    private var heartbeat: Heartbeat { Heartbeat(client: client, job: job.id) }

    private var roundRunner: RoundRunner {
        RoundRunner(
            services: services, job: job, jobHash: jobHash, files: files, trainer: material, client: client,
            chain: chain,
            ledger: ledger, clinicCharges: clinicCharges, random: random, progress: progress)
    }

    /// Fetches and verifies the final adapter, keeps it as a PEFT folder, and measures what it brought this clinic.
    /// - Returns: what the empirical audit found, if there was one.
    private func finish(adapter: ContentHash, rounds: Int) async throws -> String? {
        try await chain.require(adapter, afterRounds: rounds)
        try await roundRunner.settleEarlier(than: rounds + 1)
        let federated = try await download(adapter)
        try save(federated, to: files.finalAdapter)
        let local = comparesLocal ? try await trainLocally() : nil
        let personalised = comparesLocal ? try personalise(federated) : nil
        let evaluation = HeldOutEvaluation(material: material, progress: progress)
        var report = try evaluation.compare(
            job: job, clinic: services.site.clinic.id, rounds: rounds, adapter: adapter, federated: federated,
            local: local, personalised: personalised, folder: files.finalAdapter)
        report.evaluations = try await evaluations(of: federated, named: adapter, after: rounds)
        try services.store.storeReport(report, for: job.id)
        try await send(report)
        let audit = try await endAudit()
        try services.store.setState(job.id, .finished)
        return audit
    }

    /// Scores the canaries on what left this clinic, once.
    private func endAudit() async throws -> String? {
        guard let audit = try RoundAudit.load(job: job.id.rawValue, folder: files.audit, ledger: ledger) else {
            return nil
        }
        return try audit.end(
            model: material.model, start: try await initialAdapter(), threads: material.threads, ledger: ledger,
            progress: progress)
    }

    /// What all clinics started from.
    private func initialAdapter() async throws -> LoRAAdapter { try await download(job.initialAdapter.hash) }

    /// One of the job's adapters, whose hash is known to be right.
    func download(_ hash: ContentHash) async throws -> LoRAAdapter {
        let file = files.adapter(hash)
        try await client.downloadAdapter(
            hash, to: file, maximumBytes: JobFiles.adapterBytes(parameters: job.initialAdapter.parameters),
            progress: progress)
        return try LoRAAdapter(
            configuration: material.adapterConfiguration, for: material.model.configuration,
            parameters: AdapterFile(contentsOf: file).values)
    }

    /// The comparison, like for like: the whole recipe on this clinic's reports alone, with the same noise if the job has any.
    /// The adapter is kept here and neither it nor its score is ever sent, so nothing is charged for it.
    private func trainLocally() async throws -> LoRAAdapter {
        let outcome = try material.training(job).run(
            from: try await initialAdapter(), state: nil, steps: 0..<job.totalSteps, dataset: material.dataset,
            label: "local",
            plan: try PrivacyPlan.stored(in: files),
            activity: "local only, for comparison", random: random, progress: progress)
        let adapter = try LoRAAdapter(
            configuration: material.adapterConfiguration, for: material.model.configuration,
            parameters: outcome.parameters)
        try save(adapter, to: files.localAdapter)
        return adapter
    }

    /// As many local steps from the common adapter as a round has.
    private func personalise(_ federated: LoRAAdapter) throws -> LoRAAdapter {
        let adapter = try material.personalised(
            federated, job: job, steps: job.recipe.localSteps, random: random, progress: progress)
        try save(adapter, to: files.personalisedAdapter)
        return adapter
    }

    private func save(_ adapter: LoRAAdapter, to folder: URL) throws {
        try files.save(adapter, to: folder, baseModel: job.baseModel.name)
    }

    /// Mean scores leave only if the job lists them, this site allows it and enough patients stand behind them.
    ///
    /// They are rounded and the count is a multiple of ten: two exact means over nearly the same reports would tell the score of
    /// the one that differs.
    private func send(_ report: JobReport) async throws {
        guard job.egress.contains(.heldOutMetrics), services.site.egress.heldOutMetrics,
            report.heldOutPatients >= HeldOutMetrics.minimumPatients
        else { return }
        func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
        let metrics = HeldOutMetrics(
            job: job.id, clinic: report.clinic, round: report.rounds, adapter: report.adapter,
            patients: report.heldOutPatients / 10 * 10, baseBitsPerByte: rounded(report.base.bitsPerByte),
            federatedBitsPerByte: rounded(report.federated.bitsPerByte))
        _ = try services.gate.release(
            metrics, kind: .heldOutMetrics, job: job, to: try services.coordinatorAddress() ?? "")
        try await client.send(metrics)
    }
}
