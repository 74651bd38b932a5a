internal import ConsiliumCore
internal import Deidentification
internal import Evaluation
internal import Federation
internal import Foundation
internal import LanguageModels
internal import Reports

/// A job's evaluation tasks in this clinic: the base model and the common adapter on the same items.
struct FederatedEvaluation: Sendable {
    let services: NodeServices
    let job: JobManifest
    let material: TrainingMaterial
    let progress: ProgressHandler

    /// - Parameter round: after which the adapter is what it is.
    /// - Returns: one for every task of the job; a task that can't be measured here says why, and the others go on.
    /// - Throws: ``NodeError`` `.jobNotApproved` when the approval was withdrawn meanwhile.
    func run(_ common: LoRAAdapter, round: Int) throws -> [JobEvaluation] {
        try (job.evaluation?.tasks ?? []).map { task in
            try services.store.requireApproval(of: job.id)
            guard services.site.evaluation.tasks.contains(task.kind.rawValue) else {
                return JobEvaluation(
                    task, round: round, omission: "evaluation.tasks in node.yaml leaves out “\(task.kind.rawValue)”.")
            }
            do {
                let sheets = try measure(task, common)
                guard sheets.count == 2 else {
                    throw NodeError(.checkFailed, "The task “\(task.name)” gave no figures of both models.")
                }
                return try JobEvaluation(task, round: round, common: sheets[0], base: sheets[1])
            } catch let error as any ConsiliumError {
                return JobEvaluation(task, round: round, omission: error.message)
            }
        }
    }

    private func measure(_ task: EvaluationPlan.Task, _ common: LoRAAdapter) throws -> [ScoreSheet] {
        switch task.kind {
        case .multipleChoice:
            return try MultipleChoiceTask(context: context(task, .mcq, common, file(task))).run().sheets
        case .classification:
            return try ClassificationTask(context: context(task, .classification, common, file(task))).run().sheets
        case .generation:
            let writing = GenerationTask(context: try context(task, .generation, common, URL(fileURLWithPath: "-")))
            return try writing.run(heldOut(task, writing)).sheets
        }
    }

    private func file(_ task: EvaluationPlan.Task) throws -> URL { try EvaluationFiles(services.site).file(for: task) }

    private func heldOut(_ task: EvaluationPlan.Task, _ writing: GenerationTask) throws -> [GenerationItem] {
        let vault = try services.vault()
        let deidentifier = try services.deidentifier(vault)
        let examples = try HeldOutExamples(
            of: material.dataset.testPatients, templates: task.templates ?? [], site: services.site, vault: vault,
            isCurrent: deidentifier.isCurrent)
        let items = try writing.fitting(examples.items)
        guard !items.isEmpty else {
            throw NodeError(
                .tooFewPatients,
                "No report of the held-out patients has the sections that the task “\(task.name)” asks for, in a length that the model takes."
            )
        }
        return Array(items.prefix(task.maximumItems ?? EvaluationPlan.writtenItems))
    }

    private func context(
        _ task: EvaluationPlan.Task, _ kind: EvaluationRequest.Task, _ common: LoRAAdapter, _ data: URL
    ) throws -> EvaluationContext {
        var request = EvaluationRequest(task: kind, model: material.modelFolder, data: data)
        request.maximumItems = task.maximumItems
        request.prompt = (task.prompt ?? .auto).rawValue
        request.shots = task.shots ?? 0
        request.labels = task.labels ?? []
        request.instruction = task.instruction
        request.maximumTokens = task.maximumTokens ?? request.maximumTokens
        // As the examples that the model was trained on.
        request.isChat =
            try ExampleEncoder(tokenizer: material.tokenizer, modelFolder: material.modelFolder).chat != nil
        return EvaluationContext(
            request: request, prompt: try request.validate(), model: material.model,
            subjects: [
                EvaluationSubject(name: "\(task.name): common adapter", adapter: common),
                EvaluationSubject(name: "\(task.name): base model", adapter: nil),
            ], progress: progress)
    }
}
