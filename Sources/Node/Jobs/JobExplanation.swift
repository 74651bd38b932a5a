internal import ConsiliumCore
public import Federation
internal import Foundation
internal import Identity

/// A job in the words of the privacy officer who has to decide about it.
public struct JobExplanation: Sendable {
    public let sentences: [String]

    /// - Parameters:
    ///   - budgetLeft: epsilon that this clinic's ledger still allows.
    ///   - budgetCap: the cap that the ledger enforces, which node.yaml set when the ledger was made.
    ///   - clinicBudgetLeft: epsilon that is left to the clinic itself; `nil` before the first job that asks for it.
    public init(
        _ job: JobManifest, hash: String, site: SiteConfiguration, budgetLeft: Double, budgetCap: Double,
        clinicBudgetLeft: Double? = nil
    ) {
        var lines: [String] = []
        lines.append("\(job.title) (job \(job.id), proposed by the consortium \(job.consortium))")
        if !job.purpose.isEmpty { lines.append("Purpose: \(job.purpose)") }
        let partners = job.clinics.map(\.description).joined(separator: ", ")
        lines.append("Clinics: \(partners).")
        lines.append(
            "What happens here: your node trains a small add-on (LoRA adapter, \(Self.grouped(job.initialAdapter.parameters)) numbers) "
                + "of the model “\(job.baseModel.name)” on your de-identified reports, in \(job.rounds) rounds of "
                + "\(job.recipe.localSteps) steps. No report and no text leaves.")
        lines.append(Self.egress(job, clinic: site.clinic.id))
        if let plan = job.evaluation { lines += Self.evaluation(plan, job, site) }
        lines += Self.weight(job, clinic: site.clinic.id).map { [$0] } ?? []
        lines.append(Self.privacy(job, site: site, left: budgetLeft, cap: budgetCap))
        if let privacy = job.clinicPrivacy {
            lines.append(Self.clinicPrivacy(privacy, job, left: clinicBudgetLeft ?? site.privacy.clinicEpsilonCap))
        }
        if job.privacy != nil, site.privacy.auditCanaries > 0 { lines.append(Self.audit(site)) }
        lines.append(
            job.aggregation.secureAggregation == .off
                ? "The coordinator sees your clinic's update itself, not only the sum over clinics (the job says “secureAggregation: off”)."
                : "The coordinator learns only the sum over clinics, never your update alone.")
        lines.append(
            "The job ends at the latest on \(job.expiresAt.ISO8601Format()). You can deny it later; what has left stays outside."
        )
        lines.append("You approve exactly this text: SHA-256 \(hash).")
        sentences = lines
    }

    public var text: String { sentences.joined(separator: "\n") }

    private static func egress(_ job: JobManifest, clinic: ClinicID) -> String {
        // A job that names another clinic is refused before anyone reads this.
        let sent = (try? job.parametersSent(by: clinic)) ?? job.initialAdapter.parameters * job.rounds
        let what =
            switch job.aggregation.rule {
            case .fedit, .stackSVD: "the change of those numbers"
            case .frozenA: "the change of a part of those numbers (the matrices B; the matrices A never change)"
            case .alternating: "the change of a part of those numbers (the matrices B and the matrices A in turn)"
            }
        var parts = [
            "What leaves: in each round \(what), clipped to length \(job.aggregation.updateClipNorm) — about "
                + "\(size(sent * 4)) in all"
        ]
        if job.egress.contains(.heldOutMetrics) {
            parts.append("and mean scores over at least \(HeldOutMetrics.minimumPatients) held-out patients")
        }
        if job.egress.contains(.evaluationMetrics) { parts.append("and figures of the evaluation below") }
        return parts.joined(separator: ", ") + ". Each byte is kept for you: “consilium-node egress list”."
    }

    /// What is measured beside the training, what of it leaves, and how to do without.
    private static func evaluation(_ plan: EvaluationPlan, _ job: JobManifest, _ site: SiteConfiguration) -> [String] {
        let tasks = plan.tasks.map { task in
            switch task.kind {
            case .multipleChoice: "multiple-choice questions (\(items(task)))"
            case .generation:
                "answers that the model writes to questions made of your held-out patients' de-identified reports (“\(task.name)”: "
                    + (task.templates ?? []).map(\.rawValue).joined(separator: ", ")
                    + "; at most \(task.maximumItems ?? EvaluationPlan.writtenItems))"
            case .classification:
                "classes of texts: \((task.labels ?? []).joined(separator: ", ")) (\(items(task)))"
            }
        }
        let turns = plan.everyRounds.map { ", and after every \($0) rounds" } ?? ""
        var text =
            "Evaluation: after the last round\(turns) your node also measures the base model and the common adapter: "
            + tasks.joined(separator: "; ") + ". Questions, texts and answers stay here."
        if job.egress.contains(.evaluationMetrics) {
            text +=
                " What leaves of each: the number of items and the means over them, if there are at least "
                + "\(EvaluationMetrics.minimumUnits) patients (or items, where they are nobody's); over your own patients the number is "
                + "rounded down to tens and a mean to a hundredth of its range."
        } else {
            text += " Nothing of it leaves."
        }
        var lines = [text]
        let refused = EvaluationPlan.Kind.allCases.map(\.rawValue).filter { !site.evaluation.tasks.contains($0) }
        if !refused.isEmpty {
            lines.append("Your site leaves out: \(refused.joined(separator: ", ")) (evaluation.tasks in node.yaml).")
        } else {
            lines.append("To do without a kind of it, take it off evaluation.tasks in node.yaml; the training goes on.")
        }
        return lines
    }

    private static func items(_ task: EvaluationPlan.Task) -> String {
        task.items.map { "“\(task.name)”: a public file, the same in every clinic, SHA-256 \($0.short)…" }
            ?? "your own file \(task.name).jsonl"
    }

    /// How much this clinic counts, where clinics don't count the same.
    private static func weight(_ job: JobManifest, clinic: ClinicID) -> String? {
        guard let weights = job.aggregation.weights, let own = weights[clinic.text] else { return nil }
        let share = own / weights.values.reduce(0, +)
        return String(
            format: "In the average of all clinics yours counts %.1f %%. The weights are fixed in the job and public.",
            100 * share)
    }

    private static func privacy(_ job: JobManifest, site: SiteConfiguration, left: Double, cap: Double) -> String {
        guard let privacy = job.privacy else {
            return
                "PRIVACY: this job has NO differential-privacy guarantee. A model trained this way may remember single phrases."
        }
        var text =
            "Privacy: for every single patient the guarantee is epsilon \(privacy.epsilon) at delta \(privacy.delta) over the whole "
            + "job (unit: one patient of your clinic, all reports together). Your clinic's cap is epsilon \(cap); "
            + String(format: "%.3g", left) + " of it is left."
        if site.reports.patientKeyFallback == "report" {
            text +=
                " NOTE: at your site a report that names no patient counts as a patient of its own; for those reports the "
                + "guarantee is per report."
        }
        return text
    }

    private static func clinicPrivacy(_ privacy: ClinicPrivacy, _ job: JobManifest, left: Double) -> String {
        let ratio = privacy.noiseToSignal(parameters: job.largestUpdate, clinics: job.clinics.count)
        return
            "Noise for your clinic as a whole: that and with what it took part is hidden in the sum of updates with epsilon "
            + "\(privacy.epsilon) at delta \(privacy.delta) over the whole job, if \(privacy.honestClinics) of the clinics of each round "
            + "add their part of the noise. " + String(format: "%.3g", left)
            + " is left to your clinic. This says little about a "
            + "single patient; do not add it to the epsilon above. In the mean of a round there is "
            + String(format: "%.2g", ratio) + " times as much noise as the largest update is long."
    }

    private static func audit(_ site: SiteConfiguration) -> String {
        let canaries = site.privacy.auditCanaries
        return
            "Test of the guarantee: your site adds \(grouped(canaries)) synthetic patients (random words, nobody's data). About "
            + "half of them, by secret coins that your ledger fixes before the first step, are trained on like real patients; "
            + "afterwards your node tries to tell which, and your ledger records what it found. This costs no budget, makes each "
            + "real patient count less, and may make the model a little worse for all clinics. Nothing of it leaves. To do "
            + "without, set privacy.auditCanaries to 0 in node.yaml before the job begins."
    }

    private static func size(_ bytes: Int) -> String {
        bytes < 1_000_000
            ? String(format: "%.0f kB", Double(bytes) / 1e3) : String(format: "%.1f MB", Double(bytes) / 1e6)
    }

    private static func grouped(_ number: Int) -> String {
        var text = ""
        for (index, digit) in String(number).reversed().enumerated() {
            if index > 0 && index % 3 == 0 { text = "," + text }
            text = "\(digit)" + text
        }
        return text
    }
}
