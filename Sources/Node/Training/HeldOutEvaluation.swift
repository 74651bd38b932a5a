internal import ConsiliumCore
internal import Evaluation
internal import Federation
internal import Foundation
internal import Identity
internal import LanguageModels

/// Scores models on the reports of patients that none of them was trained on.
struct HeldOutEvaluation: Sendable {
    /// Whole reports are taken up to this many bytes, so that a large clinic is not kept waiting for a digit.
    static let maximumBytes = 100_000
    static let windowTokens = 256

    let material: TrainingMaterial
    let progress: ProgressHandler

    /// - Parameters:
    ///   - local: the clinic's own adapter, `nil` if none was trained.
    ///   - personalised: the common adapter after local steps, `nil` if there are none.
    func compare(
        job: JobManifest, clinic: ClinicID, rounds: Int, adapter: ContentHash, federated: LoRAAdapter,
        local: LoRAAdapter?, personalised: LoRAAdapter?, folder: URL
    ) throws -> JobReport {
        let documents = heldOut()
        let base = try score(documents, with: nil, named: "base")
        let shared = try score(documents, with: federated, named: "federated")
        let own = try local.map { try score(documents, with: $0, named: "local only") }
        let tuned = try personalised.map { try score(documents, with: $0, named: "with local steps") }
        let sheets: [BenefitReport.Candidate: PerplexityResult?] = [
            .base: base, .common: shared, .local: own, .personalised: tuned,
        ]
        let benefit = try BenefitReport(
            metric: "bits_per_byte", sheets: sheets.compactMapValues { $0.map { ScoreSheet($0) } },
            statistics: Self.statistics)
        let summary = try base.summary(Self.statistics)
        return JobReport(
            job: job.id, clinic: clinic, rounds: rounds, adapter: adapter, adapterFolder: folder.path,
            heldOutPatients: summary.units, heldOutReports: summary.documents, heldOutBytes: summary.utf8Bytes,
            heldOutTokens: summary.tokens, base: try JobReport.Score(base), federated: try JobReport.Score(shared),
            local: try own.map { try JobReport.Score($0) }, personalised: try tuned.map { try JobReport.Score($0) },
            benefit: benefit)
    }

    /// The figures stay here; what may leave is decided where it leaves.
    fileprivate static let statistics = PerplexityResult.Statistics(minimumDocuments: 1)

    private func heldOut() -> [EvaluationDocument] {
        var documents: [EvaluationDocument] = []
        var bytes = 0
        for (number, patient) in material.dataset.test.enumerated() {
            for document in patient where bytes < Self.maximumBytes {
                documents.append(EvaluationDocument(unit: "\(number)", ids: document.ids, utf8Bytes: document.bytes))
                bytes += document.bytes
            }
        }
        return documents
    }

    private func score(_ documents: [EvaluationDocument], with adapter: LoRAAdapter?, named name: String) throws
        -> PerplexityResult
    {
        let window = min(Self.windowTokens, material.model.maximumLength - 1)
        return try PerplexityEvaluation(windowTokens: window).run(documents, model: material.model, adapter: adapter) {
            update in
            var update = update
            update.activity = "evaluate \(name)"
            progress(update)
        }
    }
}

extension JobReport.Score {
    init(_ result: PerplexityResult) throws {
        let summary = try result.summary(HeldOutEvaluation.statistics)
        self.init(
            perplexity: summary.perplexity.value, bitsPerByte: summary.bitsPerByte.value,
            interval: [summary.bitsPerByte.lower, summary.bitsPerByte.upper])
    }
}
