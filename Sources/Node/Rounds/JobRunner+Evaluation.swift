internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import LanguageModels
internal import Transport

extension JobRunner {
    /// What was measured after a round, kept so that a process that was killed, or could not send, need not measure again.
    private struct Kept: Codable {
        var evaluations: [JobEvaluation]
        var isSent: Bool
    }

    /// Measures what the rounds before made, where the job asks for it. Its time counts into the round's.
    func evaluate(before round: Int, adapter: ContentHash) async throws {
        guard let plan = job.evaluation, plan.isDue(after: round - 1) else { return }
        let kept = try? CanonicalJSON.decode(
            Kept.self, from: DurableFile.read(files.evaluation(round: round - 1), limit: 1 << 24))
        if kept?.isSent == true { return }
        try services.store.requireApproval(of: job.id)
        try await chain.require(adapter, afterRounds: round - 1)
        _ = try await evaluations(of: try await download(adapter), named: adapter, after: round - 1)
    }

    /// The figures of the job's tasks, measured once; what may leave of them is sent.
    func evaluations(of common: LoRAAdapter, named hash: ContentHash, after round: Int) async throws
        -> [JobEvaluation]?
    {
        guard job.evaluation != nil else { return nil }
        let file = files.evaluation(round: round)
        var kept: Kept
        if let data = try? DurableFile.read(file, limit: 1 << 24),
            let known = try? CanonicalJSON.decode(Kept.self, from: data)
        {
            kept = known
        } else {
            let evaluation = FederatedEvaluation(services: services, job: job, material: material, progress: progress)
            kept = Kept(evaluations: try evaluation.run(common, round: round), isSent: false)
            try DurableFile.write(CanonicalJSON.encode(kept), to: file)
        }
        if !kept.isSent {
            try await send(kept.evaluations, of: hash, after: round)
            kept.isSent = true
            try DurableFile.write(CanonicalJSON.encode(kept), to: file)
        }
        return kept.evaluations
    }

    /// Means leave only if the job lists them, this site allows it and enough patients stand behind them.
    private func send(_ evaluations: [JobEvaluation], of adapter: ContentHash, after round: Int) async throws {
        guard job.egress.contains(.evaluationMetrics), services.site.egress.heldOutMetrics else { return }
        let tasks = evaluations.compactMap { measured in
            job.evaluation?[measured.task].flatMap { measured.metrics(of: $0) }
        }
        guard !tasks.isEmpty else { return }
        let metrics = EvaluationMetrics(
            job: job.id, clinic: services.site.clinic.id, round: round, adapter: adapter, tasks: tasks)
        try metrics.validate(job: job, clinic: services.site.clinic.id)
        _ = try services.gate.release(
            metrics, kind: .evaluationMetrics, job: job, to: try services.coordinatorAddress() ?? "")
        try await client.send(metrics)
    }
}
