internal import ConsiliumCore
internal import Federation
internal import FineTuning
internal import Privacy

/// Where a step's tokens come from: random windows of all reports, of single examples, or one window of each sampled patient.
enum BatchSource {
    case documents(DocumentWindows, count: Int)
    case windows(WindowSampler, count: Int)
    case patients(PatientWindows, PoissonSampler, GaussianMechanism, expected: Double, random: any SecureRandom)
    /// Batches that were made elsewhere, the next one first; a comparison with another implementation needs the same ones.
    case given(ArraySlice<[TrainingSequence]>)
    /// The same for samples of patients.
    case givenPatients(ArraySlice<[[TrainingSequence]]>, GaussianMechanism, expected: Double, random: any SecureRandom)

    init(
        dataset: ClinicDataset, recipe: TrainingRecipe, length: Int, label: String, plan: PrivacyPlan?,
        canaries: [[TrainingSequence]] = [], steps: Int, random: any SecureRandom
    ) throws {
        if let plan {
            let windows = try PatientWindows(
                documents: dataset.train.map { $0.map(\.sequence) } + canaries, length: length)
            self = .patients(
                windows, try plan.sampler(steps: steps), try plan.mechanism(), expected: Double(plan.expectedPatients),
                random: random)
        } else if dataset.train.contains(where: { $0.contains { !$0.isText } }) {
            self = .documents(
                try DocumentWindows(
                    documents: dataset.train.flatMap { $0.map(\.sequence) }, length: length,
                    generator: ReproducibleGenerator(seed: recipe.seed, label: label)),
                count: recipe.batchSequences)
        } else {
            let stream = dataset.train.flatMap { $0.flatMap(\.ids) }
            self = .windows(
                try WindowSampler(
                    stream: stream, length: length, generator: ReproducibleGenerator(seed: recipe.seed, label: label)),
                count: recipe.batchSequences)
        }
    }

    /// One optimizer step; returns the loss, which must not leave the clinic.
    mutating func step(_ trainer: LoRATrainer, rate: Float, clipNorm: Float) throws -> Double {
        switch self {
        case .documents(var windows, let count):
            let batch = windows.next(count)
            self = .documents(windows, count: count)
            return try trainer.step(batch: batch, learningRate: rate, clipNorm: clipNorm).loss
        case .windows(var sampler, let count):
            let batch = sampler.next(count)
            self = .windows(sampler, count: count)
            return try trainer.step(batch: batch, learningRate: rate, clipNorm: clipNorm).loss
        case .patients(let windows, var sampler, let mechanism, let expected, let random):
            let drawn = try sampler.drawStep(patients: windows.patientCount, source: random)
            let batch = try windows.windows(of: drawn, source: random)
            self = .patients(windows, sampler, mechanism, expected: expected, random: random)
            return try trainer.privateStep(
                patients: batch, mechanism: mechanism, expectedPatients: expected, learningRate: rate, random: random
            ).loss
        case .given(var rest):
            let batch = rest.popFirst() ?? []
            self = .given(rest)
            return try trainer.step(batch: batch, learningRate: rate, clipNorm: clipNorm).loss
        case .givenPatients(var rest, let mechanism, let expected, let random):
            let batch = rest.popFirst() ?? []
            self = .givenPatients(rest, mechanism, expected: expected, random: random)
            return try trainer.privateStep(
                patients: batch, mechanism: mechanism, expectedPatients: expected, learningRate: rate, random: random
            ).loss
        }
    }
}
