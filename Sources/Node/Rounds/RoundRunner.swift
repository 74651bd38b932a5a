internal import ConsiliumCore
internal import Crypto
internal import Federation
internal import FineTuning
internal import Foundation
internal import Identity
internal import LanguageModels
internal import Ledger
internal import Privacy
internal import SecureAggregation
internal import Transport

/// One clinic's part in one round: verify, reserve, train, clip, encode, keep, send.
///
/// Every step leaves a durable state behind, so that a process killed anywhere goes on where it was: without a budget it trains
/// again to the same bits; with one, a broken training costs its reservation and a new attempt is charged anew; bytes that were
/// ready are sent as they are, never made a second time.
struct RoundRunner: Sendable {
    let services: NodeServices
    let job: JobManifest
    let jobHash: ContentHash
    let files: JobFiles
    let trainer: any RoundTrainer
    let client: CoordinatorClient
    let chain: AdapterChain
    let ledger: PrivacyLedger
    let clinicCharges: ClinicCharges
    let random: any SecureRandom
    let progress: ProgressHandler

    enum Outcome: Sendable, Equatable {
        case delivered
        /// The update is trained, and the coordinator knows; it is added under masks when the round closes.
        case ready
        /// The round had closed before the update arrived.
        case missed
        /// The budget does not allow this clinic another training of the job; it goes on following it.
        case outOfBudget(String)
    }

    /// - Throws: ``NodeError`` `.jobNotApproved` when the approval was withdrawn meanwhile; everything that training can throw.
    func run(round: Int, adapter: ContentHash) async throws -> Outcome {
        try services.store.requireApproval(of: job.id)
        try await chain.require(adapter, afterRounds: round - 1)
        var record = try services.store.round(round, of: job.id)
        var vector: Data?
        if record == nil || record?.state == .training {
            do {
                (record, vector) = try await train(round: round, adapter: adapter, previous: record)
            } catch let error as LedgerError where error.code == .budgetExceeded {
                // With nothing trained yet the job as a whole does not fit, and that is an error for the officer to see.
                guard try !services.store.roundAdapters(of: job.id).isEmpty else { throw error }
                try await sitOut(round)
                return .outOfBudget(error.message)
            }
        }
        if let record, job.aggregation.secureAggregation == .on {
            guard record.adapter == adapter else { throw Self.otherAdapter(record, adapter) }
            return try await announce(record) ? .ready : .missed
        }
        guard let record, let document = record.manifest else {
            throw NodeError(
                .stateUnreadable, "The state of round \(round) is incomplete. Deny the job and report this.")
        }
        guard record.adapter == adapter else { throw Self.otherAdapter(record, adapter) }
        return try await deliver(record, document, vector) ? .delivered : .missed
    }

    private static func otherAdapter(_ record: RoundRecord, _ adapter: ContentHash) -> NodeError {
        NodeError(
            .adapterMismatch,
            "Round \(record.round) was trained from the adapter \(record.adapter.short)…; the coordinator now says \(adapter.short)…. "
                + "A second update for one round is never made.")
    }

    /// Takes part in adding the round's updates under masks.
    func add(round: Int, adapter: ContentHash, waitSeconds: Int) async throws -> SumRunner.Outcome {
        try services.store.requireApproval(of: job.id)
        try await chain.require(adapter, afterRounds: round - 1)
        let ledger = ledger
        let runner = SumRunner(
            services: services, job: job, jobHash: jobHash, files: files, client: client,
            ledgerHead: { ledger.head }, random: random, progress: progress)
        return try await runner.run(round: round, adapter: adapter, waitSeconds: waitSeconds)
    }

    /// Tells the coordinator that the update is there.
    /// - Returns: `false` if the round has closed without it.
    private func announce(_ record: RoundRecord) async throws -> Bool {
        let ready = RoundReady(
            job: job.id, jobHash: jobHash, round: record.round, clinic: services.site.clinic.id, adapter: record.adapter
        )
        let document = try services.credentials().sign(ready, kind: .update)
        _ = try services.gate.release(
            document, kind: .secureSum, job: job, to: try services.coordinatorAddress() ?? "")
        do {
            try await client.ready(document, of: job.id, round: record.round)
            files.removeOutdated(before: record.round, keeping: record.adapter)
            return true
        } catch let error as FederationError where error.code == .roundClosed {
            return false
        }
    }

    /// Tells the coordinator that no update will come, so that the others need not wait for the deadline.
    private func sitOut(_ round: Int) async throws {
        let skip = UpdateSkip(
            job: job.id, jobHash: jobHash, round: round, clinic: services.site.clinic.id, reason: .budget)
        let document = try services.credentials().sign(skip, kind: .update)
        _ = try services.gate.release(
            document, kind: .updateManifest, job: job, to: try services.coordinatorAddress() ?? "")
        do {
            try await client.skip(document, of: job.id, round: round)
        } catch let error as FederationError where error.code == .roundClosed || error.code == .conflict {
            // The round went on without this clinic already.
        }
    }

    /// Closes the books on earlier rounds whose end this node did not see, because it was killed in between.
    func settleEarlier(than round: Int) async throws {
        for earlier in 1..<max(round, 1) {
            guard var record = try services.store.round(earlier, of: job.id), record.state == .ready else { continue }
            let accepted = await chain.includesUs(earlier)
            let root = try record.manifest.map { try CanonicalJSON.decode(UpdateManifest.self, from: $0.payload).root }
            try settle(record, accepted: accepted, transcript: root ?? jobHash)
            if var sum = try services.store.sum(of: job.id, round: earlier) {
                sum.finish()
                try services.store.save(sum, of: job.id)
            }
            record.state = accepted ? .delivered : .missed
            try services.store.save(record, of: job.id)
            if job.aggregation.secureAggregation == .on {
                // In clear it was needed for the sum alone.
                try? FileManager.default.removeItem(at: files.update(round: earlier))
            }
        }
    }

    // MARK: Training

    /// - Returns: with the record the encoded update, if it leaves as it is and not under masks.
    private func train(
        round: Int, adapter: ContentHash, previous: RoundRecord?
    ) async throws -> (RoundRecord, vector: Data?) {
        let file = files.adapter(adapter)
        try await client.downloadAdapter(
            adapter, to: file, maximumBytes: JobFiles.adapterBytes(parameters: job.initialAdapter.parameters),
            progress: progress)
        // What can fail without budget fails before any is spent.
        let update = try RoundUpdate(
            job, round: round, clinic: services.site.clinic.id, from: AdapterFile(contentsOf: file))
        let encoding = try update.encoding()
        var record = RoundRecord(
            round: round, attempt: (previous?.attempt ?? -1) + 1, state: .training, adapter: adapter)
        let plan = try privacyPlan()
        let audit = try roundAudit(plan)
        if let plan {
            let reservation = try reserve(plan, round: round, attempt: &record.attempt)
            record.reservation = reservation.head.text
        }
        record.clinicReservation = try clinicCharges.reserve(job, hash: jobHash, round: round)
        // On disk before the first gradient: a node that comes back knows that this round was begun.
        try services.store.save(record, of: job.id)
        do {
            let outcome = try localSteps(update, plan: plan, canaries: audit?.patients ?? [])
            if let audit { try audit.add(outcome.parameters, since: update.start.values, round: round) }
            record.meanLoss = outcome.meanLoss
            let vector: Data?
            (record.manifest, vector) = try prepare(outcome, update, adapter: adapter, encoding: encoding)
            record.state = .ready
            try services.store.save(record, of: job.id)
            return (record, vector)
        } catch let error as NodeError where error.code == .jobNotApproved {
            try giveUp(record)
            throw error
        }
    }

    private func privacyPlan() throws -> PrivacyPlan? {
        guard let privacy = job.privacy else { return nil }
        let trained = try !services.store.roundAdapters(of: job.id).isEmpty
        let charged = try ledger.spent().jobs.contains { $0.job == job.id.rawValue }
        let canaries = trainer.isAuditable ? services.site.privacy.auditCanaries : 0
        return try PrivacyPlan.load(
            files, job: job, jobHash: jobHash, privacy: privacy, patients: trainer.patients,
            canaries: canaries == 0 ? nil : canaries, hasTrained: trained || charged)
    }

    /// The job's empirical audit; planned before its first reservation, if the plan asks for one.
    private func roundAudit(_ plan: PrivacyPlan?) throws -> RoundAudit? {
        guard let plan, let canaries = plan.canaries, let privacy = job.privacy else { return nil }
        let source = try trainer.canaries(of: job.recipe)
        return try RoundAudit.prepare(
            job: job.id.rawValue, canaries: canaries, delta: privacy.delta, longest: source.longest,
            vocabulary: source.vocabulary, folder: files.audit, ledger: ledger, random: random)
    }

    /// Sets the round's budget aside. An attempt that a crash left open stays charged and is closed as given up.
    private func reserve(_ plan: PrivacyPlan, round: Int, attempt: inout Int) throws -> ReservationID {
        for open in ledger.openReservations where open.job == job.id.rawValue && open.round == round {
            try ledger.abort(open.id, reason: .trainingFailed)
        }
        attempt = ledger.nextAttempt(job: job.id.rawValue, round: round)
        let cap = try job.privacy.map { try PrivacyBudget(epsilon: $0.epsilon, delta: $0.delta) }
        return try ledger.reserve(
            ReservationRequest(
                job: job.id.rawValue, planHash: jobHash, round: round, attempt: attempt,
                events: [try plan.roundEvent()],
                clipNorm: plan.clipNorm, reportsPerPatient: 1, jobCap: cap, software: NodeVersion.current))
    }

    /// The officer withdrew the approval during the training: the charge stays, the work is thrown away.
    private func giveUp(_ record: RoundRecord) throws {
        try clinicCharges.abort(job, round: record.round, reason: .cancelled)
        guard let open = openReservation(of: record) else { return }
        try ledger.abort(open.id, reason: .cancelled)
    }

    private func openReservation(of record: RoundRecord) -> OpenReservation? {
        guard let reservation = record.reservation else { return nil }
        return ledger.openReservations.first { $0.id.head.text == reservation }
    }

    private func localSteps(
        _ update: RoundUpdate, plan: PrivacyPlan?, canaries: [[TrainingSequence]]
    ) throws -> LocalTraining.Outcome {
        try trainer.train(
            RoundTraining(
                job: job, update: update,
                state: update.keepsMoments ? try lastOptimizerState(before: update.round) : nil, plan: plan,
                canaries: canaries, random: random,
                mayContinue: { try services.store.requireApproval(of: job.id) }, progress: progress))
    }

    /// Adam's moments stay in the clinic between rounds; those of the last round that was trained here.
    private func lastOptimizerState(before round: Int) throws -> OptimizerState? {
        for earlier in stride(from: round - 1, to: 0, by: -1) {
            let file = files.optimizer(round: earlier)
            if FileManager.default.fileExists(atPath: file.path) { return try OptimizerState.load(from: file) }
        }
        return nil
    }

    /// Clips and encodes the delta, and puts everything that leaves or is needed later on disk.
    private func prepare(
        _ outcome: LocalTraining.Outcome, _ update: RoundUpdate, adapter: ContentHash, encoding: RingEncoding
    ) throws -> (SignedDocument<UpdateManifest>?, vector: Data?) {
        let round = update.round
        let vector = try update.vector(outcome.parameters, encoding: encoding, random: random)
        try outcome.state.save(to: files.optimizer(round: round))
        if job.aggregation.secureAggregation == .on {
            // What leaves under masks is another vector in each attempt, and is signed then.
            try files.saveUpdate(vector, round: round, seal: services.seal)
            return (nil, nil)
        }
        let head = ledger.head
        let manifest = UpdateManifest(
            job: job.id, jobHash: jobHash, round: round, clinic: services.site.clinic.id, adapter: adapter,
            layoutHash: update.shape.layoutHash, vector: vector, ledgerSequence: head?.sequence,
            ledgerHash: head?.hash)
        // The record of what leaves is also what a node that was killed sends from.
        try services.gate.release(
            vector, kind: .update, job: job, to: try services.coordinatorAddress() ?? "", hash: manifest.root)
        return (try services.credentials().sign(manifest, kind: .update), vector)
    }

    // MARK: Delivery

    /// - Parameter fresh: the update's bytes, if they are still in memory.
    private func deliver(
        _ record: RoundRecord, _ document: SignedDocument<UpdateManifest>, _ fresh: Data?
    ) async throws -> Bool {
        let credentials = try services.credentials()
        let document = try credentials.renewed(document, kind: .update)
        let manifest = try await document.verify(kind: .update, authority: credentials.authority, at: services.now()) {
            $0 == .clinic(services.site.clinic.id)
        }
        let gate = services.gate
        let vector = try fresh ?? gate.content(of: .update, job: job.id, hash: manifest.root)
        let destination = try services.coordinatorAddress() ?? ""
        _ = try gate.release(document, kind: .updateManifest, job: job, to: destination)
        do {
            try await client.upload(vector: vector, manifest: document, announcing: manifest, progress: progress)
        } catch let error as FederationError where error.code == .roundClosed {
            try settle(record, accepted: false, transcript: manifest.root)
            return false
        }
        try settle(record, accepted: true, transcript: manifest.root)
        var delivered = record
        delivered.state = .delivered
        try services.store.save(delivered, of: job.id)
        files.removeOutdated(before: record.round, keeping: record.adapter)
        return true
    }

    /// The charge stays in any case; the ledger only learns how the round ended.
    private func settle(_ record: RoundRecord, accepted: Bool, transcript: ContentHash) throws {
        if accepted {
            try clinicCharges.commit(job, round: record.round, transcript: transcript)
        } else {
            try clinicCharges.abort(job, round: record.round, reason: .deadlinePassed)
        }
        guard let open = openReservation(of: record) else { return }
        if accepted {
            try ledger.commit(open.id, transcript: transcript)
        } else {
            try ledger.abort(open.id, reason: .deadlinePassed)
        }
    }
}
