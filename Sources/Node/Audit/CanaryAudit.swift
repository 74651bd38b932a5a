internal import ConsiliumCore
internal import FineTuning
internal import Foundation
internal import LanguageModels
internal import Ledger
internal import Privacy

/// The empirical audit of one training: canaries that were drawn and fixed in the ledger before the first step, and are scored
/// and revealed after the last one.
///
/// In `folder`: `canaries.json` and `opening.json` before the plan's row is written, `scores.json` before the result's. The
/// opening holds the coins: it is as secret as a vault key until the audit has ended.
struct CanaryAudit: Sendable {
    let folder: URL
    let set: CanarySet
    let plan: CanaryPlan
    let opening: CanaryOpening
    let included: [Bool]
    /// The plan's row.
    let head: LedgerHead

    static func canariesFile(_ folder: URL) -> URL { folder.appendingPathComponent("canaries.json") }
    static func openingFile(_ folder: URL) -> URL { folder.appendingPathComponent("opening.json") }
    static func scoresFile(_ folder: URL) -> URL { folder.appendingPathComponent("scores.json") }

    /// Draws canaries and coins, keeps them, and fixes them in the ledger. All of it is on disk when this returns.
    ///
    /// - Parameters:
    ///   - job: nothing may be reserved for it yet.
    ///   - delta: that of the claim.
    ///   - longest: tokens that a report may have at most.
    /// - Throws: ``NodeError`` `.badInput`; `LedgerError` `.replayed` after training has begun; errors of the disk.
    static func plan(
        _ settings: CanarySettings, job: String, delta: Double, vocabulary: CanarySet.Vocabulary, longest: Int,
        folder: URL, ledger: PrivacyLedger, random: any SecureRandom
    ) throws -> CanaryAudit {
        let tokens = min(settings.tokens, longest - vocabulary.prefix.count)
        guard tokens >= 4, settings.reports >= 1 else {
            throw NodeError(
                .badInput, "Canaries need at least one report of at least 4 random tokens; train with longer sequences."
            )
        }
        guard settings.canaries >= OneRunAudit.fewestCanaries else {
            throw NodeError(
                .badInput,
                "An audit needs at least \(OneRunAudit.fewestCanaries) canaries; \(CanarySettings.standardCanaries) are usual."
            )
        }
        let audit = try OneRunAudit(canaries: settings.canaries, delta: delta)
        let set = try CanarySet(
            count: settings.canaries, reports: settings.reports, tokens: tokens, vocabulary: vocabulary, random: random)
        let included = try CanarySet.coins(settings.canaries, random: random)
        let bytes = try CanonicalJSON.encode(set)
        let opening = CanaryOpening(
            salt: try random.bytes(32), included: included, canaries: ContentHash(of: bytes))
        let plan = CanaryPlan(
            job: job, commitment: try opening.commitment, audit: audit, score: settings.score,
            reports: settings.reports, tokens: tokens)
        try DurableFile.createFolder(folder)
        try DurableFile.write(bytes, to: canariesFile(folder))
        try DurableFile.write(CanonicalJSON.encode(opening), to: openingFile(folder))
        let head = try ledger.record(plan)
        return CanaryAudit(
            folder: folder, set: set, plan: plan, opening: opening, included: included, head: head)
    }

    /// The audit that was planned for a job, whose files must be those that the ledger fixed.
    ///
    /// - Returns: `nil` if none was planned.
    /// - Throws: ``NodeError`` `.privacyStateMissing` if they are gone or others: without its canaries the rest of the job would
    ///   be another training than the one that was planned.
    static func load(job: String, folder: URL, ledger: PrivacyLedger) throws -> CanaryAudit? {
        guard let recorded = ledger.audit(of: job) else { return nil }
        let plan = recorded.plan
        func missing(_ cause: (any Error)? = nil) -> NodeError {
            NodeError(
                .privacyStateMissing,
                "The canaries of job “\(job)” in \(folder.path) are gone or altered, and its ledger counts on them. Restore the "
                    + "folder from a backup, or deny the job.", cause: cause)
        }
        do {
            let bytes = try DurableFile.read(canariesFile(folder))
            let opening = try CanonicalJSON.decode(
                CanaryOpening.self, from: DurableFile.read(openingFile(folder)))
            let set = try CanonicalJSON.decode(CanarySet.self, from: bytes)
            guard try opening.commitment == plan.commitment, opening.canaries == ContentHash(of: bytes),
                let included = opening.included(count: plan.audit.canaries), set.secrets.count == included.count
            else { throw missing() }
            return CanaryAudit(
                folder: folder, set: set, plan: plan, opening: opening, included: included, head: recorded.head)
        } catch let error as CoreError {
            throw missing(error)
        }
    }

    /// The canaries that are trained on, as patients: all reports of one belong together.
    var patients: [[TrainingSequence]] {
        zip(set.sequences, included).filter(\.1).map { Array(repeating: $0.0, count: plan.reports) }
    }

    /// The same with keys that no patient has.
    var keyedPatients: [TrainingSequence] {
        patients.enumerated().flatMap { number, reports in
            reports.map {
                TrainingSequence(tokens: $0.tokens, patient: "canary \(opening.salt.prefix(16)) \(number)")
            }
        }
    }

    /// Scores all canaries and ends the audit in the ledger, whatever the scores show.
    ///
    /// - Parameters:
    ///   - start: the adapter that training started from.
    ///   - moved: what training added to its parameters, as far as it was released.
    ///   - subject: the hash of what is scored.
    /// - Throws: `PrivacyError` if a score is no number; what the model and the ledger throw.
    func finish(
        model: LanguageModel, start: LoRAAdapter, moved: [Float], subject: ContentHash, threads: Int,
        ledger: PrivacyLedger, progress: ProgressHandler?
    ) throws -> CanaryOutcome {
        let scoring = CanaryScoring(model: model, threads: threads, progress: progress)
        let scores: [Double]
        switch plan.score {
        case .gradient: scores = try scoring.byGradient(set.sequences, start: start, moved: moved)
        case .loss:
            var trained = start
            try trained.setParameters(zip(start.parameters, moved).map { $0 + $1 })
            scores = try scoring.byLoss(set.sequences, before: start, after: trained)
        }
        let outcome = try CanaryOutcome(plan.audit, scores: scores, included: included)
        let file = try CanonicalJSON.encode(CanaryScores(scores: scores))
        try DurableFile.write(file, to: Self.scoresFile(folder))
        try ledger.record(
            CanaryResult(
                plan: head.sequence, opening: opening, subject: subject, scores: ContentHash(of: file),
                outcome: outcome))
        return outcome
    }
}
