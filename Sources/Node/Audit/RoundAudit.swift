internal import ConsiliumCore
internal import FineTuning
internal import Foundation
internal import LanguageModels
internal import Ledger
internal import Privacy

/// The empirical audit of this clinic's part in a job: the same canaries in all rounds, scored on the sum of what left.
///
/// What is looked at is the clinic's own update, as a coordinator without secure aggregation would see it: the strongest
/// observer that the clinic's guarantee holds against. In the average over clinics canaries are harder to find.
struct RoundAudit: Sendable {
    private let canaries: CanaryAudit

    /// The planned audit, or a fresh plan if nothing was ever planned for the job.
    ///
    /// - Throws: ``NodeError`` `.privacyStateMissing` if a planned audit's files are gone; `LedgerError` `.replayed` if the job
    ///   was trained without one.
    static func prepare(
        job: String, canaries: Int, delta: Double, longest: Int,
        vocabulary: @autoclosure () throws -> CanarySet.Vocabulary, folder: URL, ledger: PrivacyLedger,
        random: any SecureRandom
    ) throws -> RoundAudit {
        if let known = try CanaryAudit.load(job: job, folder: folder, ledger: ledger) { return RoundAudit(known) }
        var settings = CanarySettings(canaries: canaries)
        // One window of one report is drawn of a patient in each step, so more reports would change nothing.
        settings.reports = 1
        return RoundAudit(
            try CanaryAudit.plan(
                settings, job: job, delta: delta, vocabulary: try vocabulary(), longest: longest, folder: folder,
                ledger: ledger, random: random))
    }

    static func load(job: String, folder: URL, ledger: PrivacyLedger) throws -> RoundAudit? {
        guard let recorded = ledger.audit(of: job), recorded.result == nil else { return nil }
        return try CanaryAudit.load(job: job, folder: folder, ledger: ledger).map { RoundAudit($0) }
    }

    private init(_ canaries: CanaryAudit) { self.canaries = canaries }

    /// The canaries that are trained on.
    var patients: [[TrainingSequence]] { canaries.patients }

    /// Adds a round's change to those of the rounds before, durably. Doing it again for the same round replaces what it added.
    func add(_ parameters: [Float], since start: [Float], round: Int) throws {
        let earlier = rounds().last { $0 < round }
        var sum =
            try earlier.map { try updates(after: $0, count: start.count) } ?? [Float](repeating: 0, count: start.count)
        for index in sum.indices { sum[index] += parameters[index] - start[index] }
        try DurableFile.write(sum.withUnsafeBytes { Data($0) }, to: file(round))
        for old in rounds() where old < earlier ?? 0 { try? FileManager.default.removeItem(at: file(old)) }
    }

    /// Scores and reveals. Without a round that was trained here there is nothing to look at.
    /// - Returns: what was found, in words.
    func end(
        model: LanguageModel, start: LoRAAdapter, threads: Int, ledger: PrivacyLedger, progress: ProgressHandler?
    ) throws -> String {
        guard let last = rounds().last else { return "no round was trained here, so there is nothing to score" }
        let moved = try updates(after: last, count: start.parameterCount)
        _ = try canaries.finish(
            model: model, start: start, moved: moved, subject: ContentHash(ofFile: file(last)), threads: threads,
            ledger: ledger, progress: progress)
        // As any auditor finds it: from the rows alone.
        let report = LedgerAudit.audit(files: [ledger.url], isTight: true)
        guard let found = report.ledgers.first?.audits.first(where: { $0.job == canaries.plan.job }) else {
            throw NodeError(.stateUnreadable, "The ledger can't be read again. Run “consilium-admin audit” on it.")
        }
        return found.text
    }

    private func file(_ round: Int) -> URL { canaries.folder.appendingPathComponent("updates-\(round).f32") }

    /// Rounds whose sums are kept, ascending.
    private func rounds() -> [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: canaries.folder.path)) ?? []
        return names.filter { $0.hasPrefix("updates-") && $0.hasSuffix(".f32") }
            .compactMap { Int($0.dropFirst(8).dropLast(4)) }.sorted()
    }

    private func updates(after round: Int, count: Int) throws -> [Float] {
        let data = try DurableFile.read(file(round), limit: 8 << 30)
        guard data.count == count * MemoryLayout<Float>.size else {
            throw NodeError(
                .privacyStateMissing,
                "\(file(round).path) is damaged: the job's empirical audit needs it. Restore it from a backup, or deny the job."
            )
        }
        var values = [Float](repeating: 0, count: count)
        _ = values.withUnsafeMutableBytes { data.copyBytes(to: $0) }
        return values
    }
}
