public import ConsiliumCore
public import LanguageModels
public import Privacy

/// Which factors of the adapter a trainer changes.
public enum TrainableFactors: String, Sendable, Codable, CaseIterable {
    case both
    /// B stays as it is: one half of alternating training (RoLoRA; Chen et al. 2025).
    case onlyA
    /// A stays as it is: FFA-LoRA (Sun et al. 2024), and the other half of alternating training.
    case onlyB

    var flags: (a: Bool, b: Bool) { (self != .onlyB, self != .onlyA) }
}

/// Trains the LoRA matrices of a frozen model.
///
/// Batches are packed without padding; the backward pass is written by hand and never forms the gradient of a frozen
/// weight. With the same seed, the same data and the same number of threads a run gives the same bits on the same kind of
/// processor, and going on from ``adapter`` and ``optimizerState`` gives the same bits as never having stopped.
///
/// Not `Sendable`: use it from one task.
public final class LoRATrainer {
    private let source: AdapterGradientSource
    let core: ParameterTrainer

    /// May change between rounds. The moments of the factor that rests are kept.
    public var trainable: TrainableFactors {
        didSet { core.factors = trainable.flags }
    }

    /// - Parameters:
    ///   - state: of an earlier run with the same adapter layout; `nil` starts with zero moments.
    ///   - checkpointing: keep only every block's input for the backward pass and compute the rest again.
    /// - Throws: ``FineTuningError`` `.invalidSettings` or `.stateMismatch`; `LanguageModelsError` if the adapter does not
    ///   belong to the model.
    public init(
        model: LanguageModel, adapter: LoRAAdapter, optimizer: OptimizerConfiguration = OptimizerConfiguration(),
        trainable: TrainableFactors = .both, state: OptimizerState? = nil, threads: Int = 1, checkpointing: Bool = false
    ) throws {
        source = try AdapterGradientSource(model: model, adapter: adapter, checkpointing: checkpointing)
        core = try ParameterTrainer(
            source: source, parameters: adapter.parameters, optimizer: optimizer, factors: trainable.flags,
            state: state, threads: threads)
        self.trainable = trainable
    }

    public var model: LanguageModel { source.model }
    public var optimizer: OptimizerConfiguration { core.trained.optimizer }
    public var optimizerState: OptimizerState { core.trained.state }
    /// Threads for matrix products. Another number can change the last digits.
    public var threads: Int { core.threads }

    public var adapter: LoRAAdapter {
        // The template is never what comes back: every update keeps the parameters finite and their number.
        (try? source.adapter(core.parameters)) ?? source.template
    }

    /// - Throws: ``FineTuningError`` `.stateMismatch` if the moments don't have the size of the adapter.
    public func restore(_ state: OptimizerState) throws { try core.restore(state) }

    public var proximal: ProximalTerm? { core.proximal }

    /// Pulls all following steps to given parameters; `nil` ends it.
    /// - Throws: ``FineTuningError`` `.invalidSettings` if the anchor has another size than the adapter.
    public func setProximal(_ term: ProximalTerm?) throws { try core.setProximal(term) }

    /// One update on a batch: loss = mean over all its supervised tokens.
    ///
    /// - Parameters:
    ///   - learningRate: `nil` for the optimizer's own.
    ///   - clipNorm: bound of the L2 norm of the whole gradient; `nil` for none.
    /// - Throws: ``FineTuningError`` `.noSupervisedTokens`, or `.numericalFault` for a loss or a gradient that is not
    ///   finite; nothing is changed then.
    public func step(
        batch: [TrainingSequence], learningRate: Float? = nil, clipNorm: Float? = nil
    ) throws -> StepResult {
        try step(batches: [batch], learningRate: learningRate, clipNorm: clipNorm)
    }

    /// One update on several batches, one after the other: the step of their union, in the memory of the largest.
    ///
    /// The loss is the mean over all supervised tokens of all batches, so a batch with few of them counts little.
    public func step(
        batches: [[TrainingSequence]], learningRate: Float? = nil, clipNorm: Float? = nil
    ) throws -> StepResult {
        try core.step(batches: batches, rate: learningRate, clipNorm: clipNorm)
    }

    /// The loss and its gradient in the order of the adapter's layout, without an update. Frozen factors have zeros.
    public func gradient(batch: [TrainingSequence]) throws -> (result: StepResult, gradient: [Float]) {
        try gradient(batches: [batch])
    }

    /// The same for the union of several batches.
    public func gradient(batches: [[TrainingSequence]]) throws -> (result: StepResult, gradient: [Float]) {
        try core.gradient(batches: batches)
    }

    /// One step of DP-SGD (Abadi et al. 2016, algorithm 1) with the patient as the unit.
    ///
    /// The loss of a patient is the mean over that patient's tokens. Each patient's gradient is clipped and rounded to the
    /// noise grid by `PatientGradientSum`, the integers are added, exact noise follows, and the noisy sum divided by
    /// `expectedPatients` goes to the optimizer. An empty sample is a step like any other: noise is added and the optimizer
    /// runs. A gradient that is not finite counts as zero.
    ///
    /// - Parameters:
    ///   - patients: the sequences of each sampled patient, one entry a patient, from a `PoissonSampler`; the caller
    ///     vouches that all of a patient's sequences are in one entry.
    ///   - mechanism: clip norm and noise multiplier; the guarantee is that of its event, charged beforehand.
    ///   - expectedPatients: a public number, never the size of this sample.
    /// - Throws: ``FineTuningError``, `PrivacyError`, or `CoreError` for lack of randomness; nothing is changed then.
    ///
    /// Not covered by the proof: patients share packed matrix products, so a patient's presence can change the last digits of
    /// another one's float32 gradient before it is clipped and rounded.
    public func privateStep(
        patients: [[TrainingSequence]], mechanism: GaussianMechanism, expectedPatients: Double,
        learningRate: Float? = nil, random: any SecureRandom = SystemRandom()
    ) throws -> PrivateStepResult {
        try core.privateStep(
            patients: patients, mechanism: mechanism, expectedPatients: expectedPatients, rate: learningRate,
            random: random)
    }
}
