internal import ConsiliumCore
internal import Deidentification
internal import Federation
internal import Foundation
internal import Identity
internal import LanguageModels
internal import Reports
internal import Tokenizers

/// What a job trains with in this clinic: the verified base model and the de-identified reports as tokens. Loaded once a job.
struct TrainingMaterial: Sendable {
    let model: LanguageModel
    let modelFolder: URL
    let tokenizer: Tokenizer
    let dataset: ClinicDataset
    let adapterConfiguration: LoRAConfiguration
    let threads: Int
    let clinic: String

    init(_ services: NodeServices, job: JobManifest) throws {
        let library = BaseModelLibrary(folders: services.site.model.folders.map { URL(fileURLWithPath: $0) })
        modelFolder = try library.folder(for: job.baseModel)
        model = try LanguageModel.load(from: modelFolder, backend: services.site.compute.computeDevice.backend())
        tokenizer = try Tokenizer.load(from: modelFolder)
        guard tokenizer.vocabularySize <= model.configuration.vocabularySize else {
            throw NodeError(
                .baseModelMismatch,
                "The tokenizer in \(modelFolder.path) has more tokens than the model. They don't belong together.")
        }
        let vault = try services.vault()
        let deidentifier = try services.deidentifier(vault)
        dataset = try ClinicDataset(
            vault: vault, splitKey: try services.vaultKey().splitting,
            encoder: ExampleEncoder(tokenizer: tokenizer, modelFolder: modelFolder),
            recipe: ExampleRecipe(services.site, isPrivate: job.privacy != nil), isCurrent: deidentifier.isCurrent)
        adapterConfiguration = LoRAConfiguration(
            rank: job.recipe.rank, alpha: job.recipe.alpha, targets: job.recipe.targets)
        threads = services.site.compute.threads
        clinic = services.site.clinic.id.text
        let fresh = try LoRAAdapter(configuration: adapterConfiguration, for: model.configuration, seed: 0)
        guard fresh.layoutHash == job.initialAdapter.layoutHash else {
            throw NodeError(
                .adapterMismatch,
                "The job's adapter has another layout than its rank and targets give for this base model.")
        }
    }

    func training(_ job: JobManifest) -> LocalTraining {
        LocalTraining(
            model: model, recipe: job.recipe, job: job.id, clinic: clinic, totalSteps: job.totalSteps, threads: threads,
            aggregation: job.aggregation)
    }

    /// Steps on this clinic's own reports from the common adapter. They stay here and are never sent, so no noise is added and
    /// nothing is charged: what they give can repeat the reports they were trained on.
    func personalised(
        _ adapter: LoRAAdapter, job: JobManifest, steps: Int, random: any SecureRandom, progress: ProgressHandler
    ) throws -> LoRAAdapter {
        // Nothing of it is averaged, so both factors may move whatever the job sends.
        var plan = job.aggregation
        plan.rule = .fedit
        let training = LocalTraining(
            model: model, recipe: job.recipe, job: job.id, clinic: clinic, totalSteps: steps, threads: threads,
            aggregation: plan)
        let outcome = try training.run(
            from: adapter, state: nil, steps: 0..<steps, dataset: dataset, label: "personalised", plan: nil,
            activity: "local steps from the common adapter", random: random, progress: progress)
        return try LoRAAdapter(
            configuration: adapterConfiguration, for: model.configuration, parameters: outcome.parameters)
    }
}
