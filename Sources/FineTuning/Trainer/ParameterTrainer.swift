internal import LanguageModels
internal import Tensors

/// The arithmetic of training for any flat parameter vector: gradients of batches, clipping, guards, the optimizer.
final class ParameterTrainer {
    let source: any GradientSource
    private(set) var trained: TrainedParameters
    var factors: (a: Bool, b: Bool)
    let threads: Int
    /// Has the size of the parameters.
    private(set) var proximal: ProximalTerm?

    /// Tokens of one forward and backward pass; larger batches are split, with the same gradient up to rounding. Halved
    /// where the device's memory is too small for a pass, down to the least.
    private(set) var tokensPerPass: Int
    private static let leastTokensPerPass = 512
    static let usualTokensPerPass = 4096
    /// Floats of per-patient gradients that exist at one time, on the host.
    static let gradientFloatsPerPass = 1 << 26
    /// The same for the passes of this device: as many as there are for as many tokens.
    private var gradientFloats: Int { tokensPerPass << 14 }

    init(
        source: any GradientSource, parameters: [Float], optimizer: OptimizerConfiguration,
        factors: (a: Bool, b: Bool) = (true, true), state: OptimizerState? = nil, threads: Int
    ) throws {
        self.source = source
        self.factors = factors
        self.threads = threads
        tokensPerPass = source.tokensPerPass
        trained = try TrainedParameters(parameters, blocks: source.blocks, optimizer: optimizer, state: state)
    }

    var parameters: [Float] { trained.values }
    var rate: Float { trained.optimizer.learningRate }

    func replace(parameters: [Float]) { trained.replace(parameters) }
    func restore(_ state: OptimizerState) throws { try trained.restore(state) }

    func setProximal(_ term: ProximalTerm?) throws {
        guard term.map({ $0.anchor.count == parameters.count }) ?? true else {
            throw FineTuningError(.invalidSettings, "The proximal anchor belongs to another adapter.")
        }
        proximal = term
    }

    func supervisedTokens(in sequences: [TrainingSequence]) -> Int {
        sequences.reduce(0) { $0 + source.supervisedTokens(in: $1.tokens) }
    }

    /// One update on several batches; see ``LoRATrainer/step(batches:learningRate:clipNorm:)``.
    func step(batches: [[TrainingSequence]], rate: Float?, clipNorm: Float?) throws -> StepResult {
        var (result, gradient) = try self.gradient(batches: batches)
        guard result.loss.isFinite, result.gradientNorm.isFinite else {
            throw FineTuningError(
                .numericalFault,
                "The loss or its gradient is not a finite number. Nothing was changed; lower the learning rate.")
        }
        if let clipNorm, result.gradientNorm > Double(clipNorm) {
            let factor = Float(Double(clipNorm) / result.gradientNorm)
            gradient.withUnsafeMutableBufferPointer { VectorOperations.scale($0, by: factor) }
        }
        try update(gradient: gradient, rate: rate)
        return result
    }

    /// The mean loss over all supervised tokens of all batches, and its gradient. One pass never holds more than one batch.
    func gradient(batches: [[TrainingSequence]]) throws -> (result: StepResult, gradient: [Float]) {
        while true {
            do {
                return try gradientOnce(batches: batches)
            } catch let error as TensorsError where shortensPasses(after: error) {
                // From the beginning, in smaller passes.
                continue
            }
        }
    }

    /// Halves the passes if memory was short and they can be shorter.
    func shortensPasses(after error: TensorsError) -> Bool {
        guard error.code == .outOfMemory, tokensPerPass > Self.leastTokensPerPass else { return false }
        tokensPerPass /= 2
        return true
    }

    private func gradientOnce(batches: [[TrainingSequence]]) throws -> (result: StepResult, gradient: [Float]) {
        let supervised = batches.reduce(0) { $0 + supervisedTokens(in: $1) }
        guard supervised > 0 else {
            throw FineTuningError(.noSupervisedTokens, "The batch has no token to learn from. Check its labels.")
        }
        prepare()
        var total = [Float](repeating: 0, count: source.parameterCount)
        var lossSum = 0.0
        for part in batches.flatMap({ chunks($0.map { [$0] }, groupFloats: 0) }) {
            let group = AdapterGradientPass.Group(
                sequences: part.flatMap { $0.map(\.tokens) }, tokenWeight: 1 / Float(supervised))
            try source.run([group], factors: factors) { _, loss, gradient in
                lossSum += loss
                VectorOperations.add(UnsafeBufferPointer(gradient), to: &total)
            }
        }
        let norm = total.withUnsafeBufferPointer { VectorOperations.norm($0) }
        return (StepResult(loss: lossSum / Double(supervised), supervisedTokens: supervised, gradientNorm: norm), total)
    }

    /// The mean loss over the supervised tokens without an update, in pieces of at most `tokens` tokens; NaN without any.
    func loss(of sequences: [TrainingSequence], tokens: Int) throws -> Double {
        ComputeThreads.set(threads)
        var total = (sum: 0.0, tokens: 0)
        var start = 0
        while start < sequences.count {
            var end = start
            var size = 0
            repeat {
                size += sequences[end].inputIDs.count
                end += 1
            } while end < sequences.count && size + sequences[end].inputIDs.count <= tokens
            let part = try source.losses(of: sequences[start..<end].map(\.tokens), parameters: parameters)
            total = (total.sum + part.sum, total.tokens + part.tokens)
            start = end
        }
        return total.sum / Double(total.tokens)
    }

    func prepare() {
        ComputeThreads.set(threads)
        source.setParameters(parameters)
    }

    /// The optimizer's step on a gradient that is clipped and, in private training, noisy already.
    func update(gradient: [Float], rate: Float?) throws {
        var gradient = gradient
        if let proximal, proximal.strength > 0 {
            let values = parameters
            for index in gradient.indices {
                gradient[index] += proximal.strength * (values[index] - proximal.anchor[index])
            }
        }
        try trained.update(gradient: gradient, rate: rate ?? self.rate, factors: factors)
    }

    /// Consecutive groups that fit one pass; a group is never split.
    func chunks(_ groups: [[TrainingSequence]], groupFloats: Int) -> [[[TrainingSequence]]] {
        var parts: [[[TrainingSequence]]] = []
        var part: [[TrainingSequence]] = []
        var tokens = 0
        for group in groups {
            let size = group.reduce(0) { $0 + $1.inputIDs.count }
            let floats = (part.count + 1) * groupFloats
            if !part.isEmpty, tokens + size > tokensPerPass || floats > gradientFloats {
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
}
