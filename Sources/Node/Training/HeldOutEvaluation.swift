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

    func compare(
        job: JobManifest, clinic: ClinicID, rounds: Int, adapter: ContentHash, federated: LoRAAdapter,
        local: LoRAAdapter?,
        folder: URL
    ) throws -> JobReport {
        let documents = heldOut()
        let base = try score(documents, with: nil, named: "base")
        let shared = try score(documents, with: federated, named: "federated")
        let own = try local.map { try score(documents, with: $0, named: "local only") }
        return JobReport(
            job: job.id, clinic: clinic, rounds: rounds, adapter: adapter, adapterFolder: folder.path,
            heldOutPatients: base.units, heldOutReports: base.documents, heldOutBytes: base.utf8Bytes,
            heldOutTokens: base.tokens,
            base: JobReport.Score(base), federated: JobReport.Score(shared), local: own.map { JobReport.Score($0) })
    }

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
        -> PerplexitySummary
    {
        let window = min(Self.windowTokens, material.model.maximumLength - 1)
        let result = try PerplexityEvaluation(windowTokens: window).run(documents) { windows in
            try material.model.negativeLogLikelihood(of: windows.map { TokenSequence($0) }, adapter: adapter)
        } progress: { update in
            var update = update
            update.activity = "evaluate \(name)"
            progress(update)
        }
        // The figures stay here; what may leave is decided where it leaves.
        return try result.summary(.init(minimumDocuments: 1))
    }
}

extension JobReport.Score {
    init(_ summary: PerplexitySummary) {
        self.init(
            perplexity: summary.perplexity.value, bitsPerByte: summary.bitsPerByte.value,
            interval: [summary.bitsPerByte.lower, summary.bitsPerByte.upper])
    }
}
