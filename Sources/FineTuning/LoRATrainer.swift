internal import ConsiliumCore
public import LanguageModels
internal import Tensors

/// Which factors of the adapter a trainer changes.
public enum TrainableFactors: String, Sendable, Codable, CaseIterable {
    case both
    /// B stays as it is: one half of alternating training (RoLoRA; Chen et al. 2025).
    case onlyA
    /// A stays as it is: FFA-LoRA (Sun et al. 2024), and the other half of alternating training.
    case onlyB
}

/// What one step did.
public struct StepResult: Sendable, Equatable {
    /// The mean over the supervised tokens, in nats, before the update. Where privacy matters it is no released
    /// quantity: it must not leave the clinic.
    public var loss: Double
    public var supervisedTokens: Int
    /// L2 norm of the trainable gradient before clipping.
    public var gradientNorm: Double
}

/// Trains the LoRA matrices of a frozen model.
///
/// Batches are packed without padding; the backward pass is written by hand and never forms the gradient of a frozen
/// weight. With the same seed, the same data and one thread a run gives the same bits on the same kind of processor, and
/// going on from ``adapter`` and ``optimizerState`` gives the same bits as never having stopped.
///
/// Not `Sendable`: use it from one task.
public final class LoRATrainer {
    public let model: LanguageModel
    public let optimizer: OptimizerConfiguration
    /// May change between rounds. The moments of the factor that rests are kept.
    public var trainable: TrainableFactors
    public private(set) var adapter: LoRAAdapter
    public private(set) var optimizerState: OptimizerState
    /// Threads for matrix products; 1 is needed for repeatable bits.
    public let threads: Int
    let pass: AdapterGradientPass

    /// Tokens of one forward and backward pass; larger batches are split, with the same gradient up to rounding.
    static let tokensPerPass = 4096
    /// Floats of per-patient gradients that exist at one time.
    static let gradientFloatsPerPass = 1 << 26

    /// - Parameter state: of an earlier run with the same adapter layout; `nil` starts with zero moments.
    /// - Throws: ``FineTuningError`` `.invalidSettings` or `.stateMismatch`; `LanguageModelsError` if the adapter does not
    ///   belong to the model.
    public init(
        model: LanguageModel, adapter: LoRAAdapter, optimizer: OptimizerConfiguration = OptimizerConfiguration(),
        trainable: TrainableFactors = .both, state: OptimizerState? = nil, threads: Int = 1
    ) throws {
        try optimizer.validate()
        self.model = model
        self.adapter = adapter
        self.optimizer = optimizer
        self.trainable = trainable
        self.threads = threads
        pass = try AdapterGradientPass(model: model, adapter: adapter)
        let zeros = [Float](repeating: 0, count: optimizer.method == .adamW ? adapter.parameterCount : 0)
        optimizerState = OptimizerState(firstMoment: zeros, secondMoment: zeros)
        if let state { try restore(state) }
    }

    /// Replaces the parameters, for example with those of a new round; the moments stay.
    public func setAdapter(parameters: [Float]) throws { try adapter.setParameters(parameters) }

    /// - Throws: ``FineTuningError`` `.stateMismatch` if the moments don't have the size of the adapter.
    public func restore(_ state: OptimizerState) throws {
        let expected = optimizer.method == .adamW ? adapter.parameterCount : 0
        let moments = [state.firstMoment, state.secondMoment]
        guard moments.allSatisfy({ $0.count == expected && $0.allSatisfy(\.isFinite) }), state.stepsOfA >= 0,
            state.stepsOfB >= 0
        else {
            throw FineTuningError(
                .stateMismatch, "The saved optimiser state belongs to another adapter. Start without it.")
        }
        optimizerState = state
    }

    /// One update on a batch: loss = mean over all its supervised tokens.
    ///
    /// - Parameters:
    ///   - learningRate: `nil` for the optimiser's own.
    ///   - clipNorm: bound of the L2 norm of the whole gradient; `nil` for none.
    /// - Throws: ``FineTuningError`` `.noSupervisedTokens`, or `.numericalFault` for a loss or a gradient that is not
    ///   finite; nothing is changed then.
    public func step(
        batch: [TrainingSequence], learningRate: Float? = nil, clipNorm: Float? = nil
    ) throws -> StepResult {
        var (result, gradient) = try self.gradient(batch: batch)
        guard result.loss.isFinite, result.gradientNorm.isFinite else {
            throw FineTuningError(
                .numericalFault,
                "The loss or its gradient is not a finite number. Nothing was changed; lower the learning rate.")
        }
        if let clipNorm, result.gradientNorm > Double(clipNorm) {
            let factor = Float(Double(clipNorm) / result.gradientNorm)
            gradient.withUnsafeMutableBufferPointer { VectorOperations.scale($0, by: factor) }
        }
        try update(gradient: gradient, rate: learningRate ?? optimizer.learningRate)
        return result
    }

    /// The loss and its gradient in the order of the adapter's layout, without an update. Frozen factors have zeros.
    public func gradient(batch: [TrainingSequence]) throws -> (result: StepResult, gradient: [Float]) {
        let supervised = batch.reduce(0) { $0 + $1.tokens.supervisedTokens }
        guard supervised > 0 else {
            throw FineTuningError(.noSupervisedTokens, "The batch has no token to learn from. Check its labels.")
        }
        prepare()
        var total = [Float](repeating: 0, count: adapter.parameterCount)
        var lossSum = 0.0
        for part in chunks(batch.map { [$0] }, groupFloats: 0) {
            let group = AdapterGradientPass.Group(
                sequences: part.flatMap { $0.map(\.tokens) }, tokenWeight: 1 / Float(supervised))
            try pass.run([group], factors: factors) { _, loss, gradient in
                lossSum += loss
                VectorOperations.add(UnsafeBufferPointer(gradient), to: &total)
            }
        }
        let norm = total.withUnsafeBufferPointer { VectorOperations.norm($0) }
        return (StepResult(loss: lossSum / Double(supervised), supervisedTokens: supervised, gradientNorm: norm), total)
    }

    func prepare() {
        ComputeThreads.set(threads)
        pass.setParameters(adapter.parameters)
    }

    var factors: (a: Bool, b: Bool) { (trainable != .onlyB, trainable != .onlyA) }

    /// Consecutive groups that fit one pass; a group is never split.
    func chunks(_ groups: [[TrainingSequence]], groupFloats: Int) -> [[[TrainingSequence]]] {
        var parts: [[[TrainingSequence]]] = []
        var part: [[TrainingSequence]] = []
        var tokens = 0
        for group in groups {
            let size = group.reduce(0) { $0 + $1.inputIDs.count }
            let floats = (part.count + 1) * groupFloats
            if !part.isEmpty, tokens + size > Self.tokensPerPass || floats > Self.gradientFloatsPerPass {
                parts.append(part)
                part = []
                tokens = 0
            }
            part.append(group)
            tokens += size
        }
        if !part.isEmpty { parts.append(part) }
        return parts
    }

    /// Applies the optimiser to the trainable factors. Either all is updated or, on an error, nothing.
    func update(gradient: [Float], rate: Float) throws {
        guard rate.isFinite, rate >= 0 else {
            throw FineTuningError(.invalidSettings, "The learning rate must be a number of 0 or more.")
        }
        var parameters = adapter.parameters
        var state = optimizerState
        if factors.a { state.stepsOfA += 1 }
        if factors.b { state.stepsOfB += 1 }
        for tensor in adapter.layout where tensor.isA ? factors.a : factors.b {
            switch optimizer.method {
            case .adamW:
                VectorOperations.adamW(
                    &parameters, gradient: gradient, first: &state.firstMoment, second: &state.secondMoment,
                    range: tensor.range,
                    step: .init(
                        rate: rate, beta1: optimizer.beta1, beta2: optimizer.beta2, epsilon: optimizer.epsilon,
                        weightDecay: optimizer.weightDecay, number: tensor.isA ? state.stepsOfA : state.stepsOfB))
            case .sgd:
                let keep = 1 - rate * optimizer.weightDecay
                for index in tensor.range { parameters[index] = parameters[index] * keep - rate * gradient[index] }
            }
        }
        try adapter.setParameters(parameters)
        optimizerState = state
    }
}
