public import ConsiliumCore
public import Evaluation
public import Federation
public import Foundation
internal import Identity

/// The model card of a released adapter (Mitchell et al. 2019): what it is, what it was made from, under which guarantee, and
/// what it can't do. It says nothing that the signed job and the signed results don't say.
public struct ModelCard: Sendable {
    public let manifest: JobManifest
    /// SHA-256 of the signed job.
    public let jobHash: ContentHash
    public let exported: ModelExport.Exported
    /// What `consilium-node evaluate` found and left beside the adapter, if anybody ran it.
    public let evaluation: EvaluationRecord?
    /// Clinics that have left the job since, with the rounds that contain their updates.
    public let withdrawals: [Overview.Job.Withdrawal]
    /// What clinics sent of the job's own evaluation, over all of them.
    public let clinics: [MergedEvaluation]

    public init(
        manifest: JobManifest, jobHash: ContentHash, exported: ModelExport.Exported,
        evaluation: EvaluationRecord? = nil, withdrawals: [Overview.Job.Withdrawal] = [],
        clinics: [MergedEvaluation] = []
    ) {
        self.manifest = manifest
        self.jobHash = jobHash
        self.exported = exported
        self.evaluation = evaluation
        self.withdrawals = withdrawals
        self.clinics = clinics
    }

    /// With the fields of Hugging Face's model cards at the top.
    public var markdown: String {
        let recipe = manifest.recipe
        var lines = [
            "---", "library_name: peft", "base_model: \(Self.quoted(manifest.baseModel.name))",
            "tags: [lora, federated-learning, medical]", "---", "# \(Self.line(manifest.title))", "",
            "> Not a diagnosis. A language model can state what is not so; a clinician decides.", "",
            Self.line(manifest.purpose), "", "## What it is", "",
            "- A LoRA adapter (rank \(recipe.rank), alpha \(recipe.alpha), \(exported.parameters) parameters) for `\(Self.line(manifest.baseModel.name))`, SHA-256 `\(manifest.baseModel.hash)` over configuration, weights and tokenizer.",
            "- Weights: `adapter_model.safetensors`, SHA-256 `\(exported.adapter)`.",
            "- Job “\(manifest.id)” of the consortium “\(Self.line(manifest.consortium))”, SHA-256 of the signed manifest `\(jobHash)`.",
            "", "## How it was trained", "",
            "- \(exported.round) of \(manifest.rounds) rounds with \(manifest.clinics.count) clinics admitted; in the average of each round: \(exported.participants.map(String.init).joined(separator: ", ")).",
            "- \(recipe.localSteps) local steps a round, learning rate \(recipe.optimizer.learningRate), aggregation `\(manifest.aggregation.rule.rawValue)`, secure aggregation `\(manifest.aggregation.secureAggregation.rawValue)`.",
            "- No report left a clinic. Every round's signed result was checked from the job's initial adapter to this file.",
        ]
        for withdrawal in withdrawals where withdrawal.adapters.contains(exported.adapter) {
            let rounds = withdrawal.rounds.filter { $0 <= exported.round }.map(String.init).joined(separator: ", ")
            lines.append(
                "- **`\(withdrawal.clinic)` has taken back its approval** when this card was written; its updates of round \(rounds) are in this adapter."
            )
        }
        lines += ["", "## Privacy", ""]
        if let privacy = manifest.privacy {
            lines += [
                "- Differential privacy for each patient within a clinic: epsilon at most \(privacy.epsilon) at delta \(privacy.delta) for this job (DP-SGD, per-patient clipping at \(privacy.clipNorm)).",
                "- The unit is one patient's reports in one clinic. A patient of two clinics has both budgets added.",
                "- What was really spent is in the clinics' signed ledgers: `consilium-admin audit` recomputes it.",
            ]
        } else {
            lines.append(
                "- **Trained without a privacy guarantee.** The adapter can repeat what it was trained on; treat it as patient data."
            )
        }
        lines += [
            "", "## Evaluation", "",
            "Each clinic measures on its own held-out patients (`consilium-node jobs result`); those figures stay with the clinic unless the job and the site let rounded means leave. Federation does not help every clinic: measure before use.",
        ]
        lines += Self.table(clinics)
        if let evaluation {
            lines += [
                "", "Measured after the export (`\(EvaluationRecord.fileName)`), not part of what is signed:", "",
            ]
            lines += evaluation.figures.map { "- \(Self.line($0.name)): \(Self.line($0.value))" }
        }
        lines += [
            "", "## Limits", "",
            "- Learned from the reports of a few clinics: other specialties, languages and writing habits may be served worse than by the base model.",
            "- It inherits the base model's knowledge, errors, biases and licence.",
            "- De-identification before training is not perfect; the privacy budget, if there is one, is what bounds the harm.",
            "- Not a medical device; not tested for any clinical use.", "",
            "## Files that belong to it", "",
            "`\(ModelExport.dataCardName)` says what it was trained on, in counts.", "",
            "The signed job, the signed results of all rounds and the clinics' consents lie at the coordinator and in every clinic's record; their signatures are checked by `consilium-admin audit`.",
            "",
        ]
        return lines.joined(separator: "\n")
    }

    /// Means over the clinics that sent figures.
    private static func table(_ clinics: [MergedEvaluation]) -> [String] {
        guard !clinics.isEmpty else { return [] }
        let head = [
            "",
            "Measured by the clinics as the signed job says, means weighted by items; sent over authenticated connections, not signed:",
            "", "| task | clinics | items | figure | base model | this adapter |", "|---|---|---|---|---|---|",
        ]
        return head
            + clinics.flatMap { merged in
                merged.figures.map { figure in
                    "| \(line(merged.task)) (\(merged.kind.rawValue), round \(merged.round)) | \(merged.clinics) | \(merged.items) | \(figure.name) | "
                        + String(format: "%.4g | %.4g |", figure.base, figure.common)
                }
            }
    }

    /// Words of the job's author must not change the card's layout.
    static func line(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ").replacing("`", with: "'")
    }

    private static func quoted(_ text: String) -> String {
        "\"\(line(text).replacing("\\", with: "/").replacing("\"", with: "'"))\""
    }
}

extension ModelExport {
    static let dataCardName = "DATA_CARD.md"

    /// Writes the folder, as its `README.md` the model's card, and the data card.
    ///
    /// - Parameter clinics: the counts that clinics handed over.
    /// - Throws: as ``export(_:round:to:progress:)`` and ``ReleasedDataCard``.
    public func exportWithCard(
        _ id: JobID, to folder: URL, clinics: [ReleasedDataCard.ClinicCounts] = [], progress: ProgressHandler? = nil
    ) async throws -> Exported {
        let exported = try await export(id, round: nil, to: folder, progress: progress)
        let (document, manifest) = try await session.job(id)
        let status = try await session.overview().jobs.first { $0.id == id }
        let card = ModelCard(
            manifest: manifest, jobHash: document.payloadHash, exported: exported,
            evaluation: EvaluationRecord(folder: folder),
            withdrawals: status?.withdrawals ?? [],
            clinics: MergedEvaluation.latest((status?.evaluation ?? []).filter { $0.round <= exported.round }))
        let data = try ReleasedDataCard(manifest: manifest, exported: exported, clinics: clinics)
        for (name, text) in [("README.md", card.markdown), (Self.dataCardName, data.markdown)] {
            try DurableFile.write(Data(text.utf8), to: folder.appendingPathComponent(name), permissions: 0o644)
        }
        return exported
    }
}
