internal import ConsiliumCore
internal import Crypto
internal import FineTuning
internal import Foundation
internal import LanguageModels
public import Ledger
internal import Privacy

/// A local training with canary patients, from the plan before its first step to the verdict.
///
/// It has a small ledger of its own, `audit/ledger.sqlite` in the output folder, signed with a key that lives as long as the
/// training: genesis, the audit's plan, the reservation of all steps, its commit, the audit's result. So `consilium-admin
/// audit OUT` checks it like any clinic's. While the training runs, the folder lies beside the output as `.NAME.audit`.
public final class AuditedTraining {
    /// What the audit of a training found.
    public struct Finding: Sendable, Codable {
        public var canaries: Int
        public var guesses: Int
        public var correct: Int
        /// Epsilon is at least this, with 95 % confidence.
        public var lowerBound: Double
        /// The epsilon that is claimed, and the largest one that the guesses could show.
        public var claimed: Double
        public var ceiling: Double
        public var delta: Double
        public var exposure: Double
        public var exposureCeiling: Double
        public var truePositiveRate: Double
        public var score: CanaryPlan.Score
        public var verdict: EmpiricalFinding.Verdict
        /// Ledger, canaries and scores.
        public var folder: String

        public var isRefuted: Bool { verdict == .refuted }

        /// Two lines for a person.
        public var text: String {
            String(
                format: "Audit: %d of %d guesses about %d canaries right: epsilon is at least %.3f; %.3f is claimed. ",
                correct, guesses, canaries, lowerBound, claimed)
                + (isRefuted
                    ? "The claim is REFUTED: share nothing of this training."
                    : String(format: "Nothing speaks against the claim (up to %.2f could have been shown).", ceiling))
                + "\nCheck it again with “consilium-admin audit \(folder)”."
        }
    }

    static let clinic = "local"
    static let job = "train"

    private let folder: URL
    private let output: URL
    private let start: LoRAAdapter
    private let model: LanguageModel
    private let threads: Int
    private let audit: CanaryAudit
    private var ledger: PrivacyLedger?
    private let reservation: ReservationID

    /// Draws the canaries and records plan and reservation, all on disk before a gradient is computed.
    init(
        _ settings: CanarySettings, request: TrainRequest, privacy: TrainingRun.Privacy, model: LanguageModel,
        start: LoRAAdapter
    ) throws {
        output = request.out
        folder = output.deletingLastPathComponent().appendingPathComponent(".\(output.lastPathComponent).audit")
        self.start = start
        self.model = model
        threads = request.threads
        let steps = try Self.steps(request, rate: privacy.samplingRate)
        let event = try PoissonSampler(rate: privacy.samplingRate, steps: steps).event(privacy.mechanism)
        let filtered = RDPFilter.epsilon(of: try RDPFilter.curve(of: [event]), delta: TrainService.delta)
        guard filtered.isFinite else {
            throw NodeError(
                .badInput, "So little noise claims nothing that could be audited. Raise --noise-multiplier.")
        }
        // What a killed training left: nothing of it was released.
        try? FileManager.default.removeItem(at: folder)
        try DurableFile.createFolder(folder)
        do {
            // A local training has no cap. This one lets it through, and nothing after it.
            let cap = try PrivacyBudget(epsilon: filtered * (1 + 1e-9) + 1e-9, delta: TrainService.delta)
            let ledger = try PrivacyLedger.create(
                at: folder.appendingPathComponent("ledger.sqlite"), clinic: Self.clinic,
                signingKey: Curve25519.Signing.PrivateKey(), policy: BudgetPolicy(scope: Self.clinic, cap: cap))
            audit = try CanaryAudit.plan(
                settings, job: Self.job, delta: TrainService.delta,
                vocabulary: CanarySet.Vocabulary(model.configuration, folder: request.model),
                longest: model.maximumLength, folder: folder, ledger: ledger, random: privacy.random)
            reservation = try ledger.reserve(
                ReservationRequest(
                    job: Self.job, planHash: try audit.opening.commitment, round: 0, events: [event],
                    clipNorm: privacy.mechanism.clipNorm, reportsPerPatient: settings.reports,
                    software: NodeVersion.current))
            self.ledger = ledger
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
    }

    private static func steps(_ request: TrainRequest, rate: Double) throws -> Int {
        guard let epochs = request.steps == nil ? request.epochs ?? 1 : nil else { return request.steps ?? 1 }
        // A senseless rate is refused by the sampler.
        let length = rate >= 1e-9 && rate <= 1 ? Int((1 / rate).rounded(.up)) : 1
        let (steps, overflow) = epochs.multipliedReportingOverflow(by: length)
        guard !overflow else { throw NodeError(.badInput, "So many epochs can't be trained. Give --steps instead.") }
        return steps
    }

    /// The reports of the canaries that are trained on.
    var patients: [TrainingSequence] { audit.keyedPatients }

    /// Scores the trained adapter, ends the audit, and puts its folder into the output.
    func finish(_ trained: LoRAAdapter, in part: URL, progress: ProgressHandler?) throws {
        guard let ledger else {
            throw NodeError(.badInput, "This training's audit has ended.")
        }
        let adapter = try ContentHash(ofFile: part.appendingPathComponent(LoRAAdapter.weightsFile))
        try ledger.commit(reservation, transcript: adapter)
        let moved = zip(trained.parameters, start.parameters).map { $0 - $1 }
        _ = try audit.finish(
            model: model, start: start, moved: moved, subject: adapter, threads: threads, ledger: ledger,
            progress: progress)
        self.ledger = nil
        try? FileManager.default.removeItem(at: folder.appendingPathComponent("ledger.sqlite.lock"))
        do {
            try FileManager.default.moveItem(at: folder, to: part.appendingPathComponent("audit"))
        } catch {
            throw CoreError(
                .fileUnwritable, "Can't move the audit into \(output.path). Check the disk and this user's rights.",
                cause: error)
        }
    }

    /// After an error nothing stays; after ``finish(_:in:progress:)`` there is nothing.
    func abandon() { try? FileManager.default.removeItem(at: folder) }

    /// The verdict as any auditor finds it, from the files alone.
    func finding() throws -> Finding {
        let file = output.appendingPathComponent("audit/ledger.sqlite")
        let report = LedgerAudit.audit(files: [file], isTight: true)
        let violations = report.ledgers.flatMap(\.violations).filter { $0.code != .privacyRefuted }
        guard let found = report.ledgers.first?.audits.first, let outcome = found.outcome, violations.isEmpty else {
            throw NodeError(
                .stateUnreadable,
                "The training's own ledger \(file.path) does not verify: \(violations.first?.message ?? "it has no audit")."
            )
        }
        return Finding(
            canaries: found.plan.audit.canaries, guesses: found.plan.audit.guesses, correct: outcome.correct,
            lowerBound: outcome.lowerBound, claimed: found.claimed, ceiling: found.ceiling,
            delta: found.plan.audit.delta, exposure: outcome.exposure, exposureCeiling: outcome.exposureCeiling,
            truePositiveRate: outcome.truePositiveRate, score: found.plan.score, verdict: found.verdict,
            folder: output.path)
    }
}
