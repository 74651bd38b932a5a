public import ConsiliumCore
internal import Evaluation
internal import Foundation
internal import LanguageModels
internal import Tensors

/// `consilium-node evaluate`: figures with intervals for one model or several on the same items, compared in pairs.
public enum EvaluationService {
    /// - Throws: ``NodeError`` `.badInput` for options or lines that make no sense; what the model, its tokenizer and the
    ///   adapters throw.
    public static func run(_ request: EvaluationRequest, progress: @escaping ProgressHandler) throws
        -> EvaluationOutcome
    {
        let prompt = try request.validate()
        try ThreadCount.check(request.threads)
        ComputeThreads.set(request.threads)
        let model = try LanguageModel.load(
            from: request.model, storage: request.storage, backend: request.device.backend())
        var subjects = try request.adapters.map {
            EvaluationSubject(
                name: $0.name, adapter: try LoRAAdapter.load(from: $0.folder, for: model.configuration))
        }
        if subjects.isEmpty || request.comparesBase { subjects.append(EvaluationSubject(name: "base", adapter: nil)) }
        let context = EvaluationContext(
            request: request, prompt: prompt, model: model, subjects: subjects, progress: progress)
        let findings =
            switch request.task {
            case .perplexity: try PerplexityTask(context: context).run()
            case .mcq: try MultipleChoiceTask(context: context).run()
            case .generation: try GenerationTask(context: context).run()
            case .classification: try ClassificationTask(context: context).run()
            }
        let outcome = try outcome(context, findings)
        if let report = request.report { try write(outcome.benefit, of: request, to: report) }
        if let samples = request.samples { try EvaluationSample.write(findings.samples, to: samples) }
        if request.keepsRecord, let adapter = request.adapters.first {
            try EvaluationRecord.write(outcome, data: request.data, date: Date(), to: adapter.folder)
        }
        return outcome
    }

    private static func write(_ benefit: BenefitReport?, of request: EvaluationRequest, to url: URL) throws {
        guard let benefit else {
            throw NodeError(
                .badInput,
                "A report compares the base model with a common adapter. Name it: --adapter common=DIR, and if you have them local=DIR and personalised=DIR."
            )
        }
        let page = BenefitPage(
            report: benefit, title: "Which model for this clinic?",
            facts: [
                "Task: \(request.task.rawValue) on \(request.data.lastPathComponent)",
                "Base model: \(request.model.lastPathComponent)",
            ] + request.adapters.map { "Adapter \($0.name): \($0.folder.lastPathComponent)" })
        try DurableFile.write(Data(page.html.utf8), to: url)
    }

    private static func outcome(_ context: EvaluationContext, _ findings: EvaluationFindings) throws
        -> EvaluationOutcome
    {
        // The figures stay where they are asked for; what may leave is decided where it leaves.
        let statistics = ScoreSheet.Statistics(minimumDocuments: 1)
        let named = Array(zip(context.subjects.map(\.name), findings.sheets))
        var comparisons: [EvaluationOutcome.Comparison] = []
        for (index, (candidate, sheet)) in named.enumerated() {
            // Each against the base model if it is there, and the first one against every other adapter.
            for (baseline, other) in named[(index + 1)...] where index == 0 || baseline == "base" {
                comparisons.append(
                    .init(
                        candidate: candidate, baseline: baseline,
                        metrics: try sheet.comparison(with: other, statistics)))
            }
        }
        return EvaluationOutcome(
            task: context.request.task.rawValue,
            models: try named.map { .init(name: $0, summary: try $1.summary(statistics)) }, comparisons: comparisons,
            sources: try findings.sources.map { .init(name: $0.name, summary: try $0.sheet.summary(statistics)) },
            cutContexts: findings.cutContexts,
            benefit: try benefit(named, metric: context.request.task.mainMetric, statistics))
    }

    /// By the adapters' names; one without a name is the common one.
    private static func benefit(
        _ named: [(String, ScoreSheet)], metric: String, _ statistics: ScoreSheet.Statistics
    ) throws -> BenefitReport? {
        let names: [String: BenefitReport.Candidate] = [
            "base": .base, "common": .common, "federated": .common, "adapter": .common, "local": .local,
            "personalised": .personalised, "personalized": .personalised,
        ]
        var sheets: [BenefitReport.Candidate: ScoreSheet] = [:]
        for (name, sheet) in named {
            if let candidate = names[name], sheets[candidate] == nil { sheets[candidate] = sheet }
        }
        guard sheets[.base] != nil, sheets[.common] != nil else { return nil }
        return try BenefitReport(metric: metric, sheets: sheets, statistics: statistics)
    }
}
