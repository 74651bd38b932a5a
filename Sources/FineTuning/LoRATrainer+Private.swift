public import ConsiliumCore
internal import LanguageModels
public import Privacy
internal import Tensors

/// What one private step did. Only ``trainableParameters`` is public knowledge: the other fields come from the data
/// without noise and must not leave the clinic.
public struct PrivateStepResult: Sendable, Equatable {
    /// Patients in this step's sample.
    public var patients: Int
    /// Those whose gradient was longer than the clip norm.
    public var clippedPatients: Int
    /// Those whose gradient was not finite and was replaced by zero.
    public var rejectedPatients: Int
    /// Mean over the patients of their mean token loss; 0 for an empty sample.
    public var loss: Double
    public var supervisedTokens: Int
    /// Coordinates that noise was added to.
    public var trainableParameters: Int
}

/// Takes one gradient a patient and gives back what may be released of their sum.
protocol PatientAggregation {
    /// - Parameter gradient: one patient's, over the trainable factors in the order of the layout.
    mutating func add(_ gradient: UnsafeBufferPointer<Float>) throws
    /// The noisy sum.
    func released() throws -> [Float]
    var clipped: Int { get }
    var dropped: Int { get }
}

/// The exact sum on the integer grid with discrete Gaussian noise.
private struct NoisyAggregation: PatientAggregation {
    var sum: PatientGradientSum
    let random: any SecureRandom

    mutating func add(_ gradient: UnsafeBufferPointer<Float>) throws { try sum.add(gradient) }
    func released() throws -> [Float] { try sum.noisySum(source: random) }
    var clipped: Int { sum.clipped }
    var dropped: Int { sum.dropped }
}

extension LoRATrainer {
    /// One step of DP-SGD (Abadi et al. 2016, algorithm 1) with the patient as the unit.
    ///
    /// The loss of a patient is the mean over that patient's tokens. Each patient's gradient is clipped and rounded to the
    /// noise grid by ``PatientGradientSum``, the integers are added, exact noise follows, and the noisy sum divided by
    /// `expectedPatients` goes to the optimiser. An empty sample is a step like any other: noise is added and the optimiser
    /// runs. A gradient that is not finite counts as zero.
    ///
    /// - Parameters:
    ///   - patients: the sequences of each sampled patient, one entry a patient, from a ``PoissonSampler``; the caller
    ///     vouches that all of a patient's sequences are in one entry.
    ///   - mechanism: clip norm and noise multiplier; the guarantee is that of its event, charged beforehand.
    ///   - expectedPatients: a public number, never the size of this sample.
    /// - Throws: ``FineTuningError``, `PrivacyError`, or `CoreError` for lack of randomness; nothing is changed then.
    ///
    /// Not covered by the proof: patients share packed matrix products, so a patient's presence can change the last digits of
    /// another one's float32 gradient before it is clipped and rounded.
    public func privateStep(
        patients: [[TrainingSequence]], mechanism: GaussianMechanism, expectedPatients: Double,
        learningRate: Float? = nil,
        random: any SecureRandom = SystemRandom()
    ) throws -> PrivateStepResult {
        let sum = try PatientGradientSum(mechanism: mechanism, count: trainableCount)
        return try privateStep(
            patients: patients, aggregation: NoisyAggregation(sum: sum, random: random),
            expectedPatients: expectedPatients,
            learningRate: learningRate)
    }

    /// How many parameters the trainable factors have.
    var trainableCount: Int { trainableTensors.reduce(0) { $0 + $1.count } }

    private var trainableTensors: [AdapterTensor] { adapter.layout.filter { $0.isA ? factors.a : factors.b } }

    func privateStep(
        patients: [[TrainingSequence]], aggregation: consuming some PatientAggregation, expectedPatients: Double,
        learningRate: Float?
    ) throws -> PrivateStepResult {
        guard expectedPatients.isFinite, expectedPatients > 0 else {
            throw FineTuningError(.invalidSettings, "The expected number of patients must be positive.")
        }
        prepare()
        var aggregation = aggregation
        let tensors = trainableTensors
        let count = trainableCount
        var result = PrivateStepResult(
            patients: patients.count, clippedPatients: 0, rejectedPatients: 0, loss: 0, supervisedTokens: 0,
            trainableParameters: count)
        var own = [Float](repeating: 0, count: count)
        for part in chunks(patients, groupFloats: adapter.parameterCount) {
            let counts = part.map { sequences in sequences.reduce(0) { $0 + $1.tokens.supervisedTokens } }
            let groups = zip(part, counts).map { sequences, count in
                AdapterGradientPass.Group(sequences: sequences.map(\.tokens), tokenWeight: 1 / Float(max(count, 1)))
            }
            try pass.run(groups, factors: factors) { number, lossSum, gradient in
                if lossSum.isFinite {
                    result.loss += lossSum / Double(max(counts[number], 1))
                    result.supervisedTokens += counts[number]
                }
                var next = 0
                for tensor in tensors {
                    for index in tensor.range {
                        own[next] = gradient[index]
                        next += 1
                    }
                }
                try own.withUnsafeBufferPointer { try aggregation.add($0) }
            }
        }
        if !patients.isEmpty { result.loss /= Double(patients.count) }
        result.clippedPatients = aggregation.clipped
        result.rejectedPatients = aggregation.dropped
        let noisy = try aggregation.released()
        guard noisy.count == count, noisy.allSatisfy(\.isFinite) else {
            throw FineTuningError(
                .numericalFault,
                "The noisy gradient is not finite or has another size. Nothing was changed; please report this.")
        }
        var gradient = [Float](repeating: 0, count: adapter.parameterCount)
        var next = 0
        for tensor in tensors {
            for index in tensor.range {
                gradient[index] = Float(Double(noisy[next]) / expectedPatients)
                next += 1
            }
        }
        try update(gradient: gradient, rate: learningRate ?? optimizer.learningRate)
        return result
    }
}
