internal import Privacy

/// Where the steps of a run get their sequences from.
enum StepSource {
    case batches(BatchSteps)
    case patients(PatientSteps)

    struct Outcome {
        /// `nil` for a sample without patients.
        var loss: Double?
        var tokens: Int
        var supervisedTokens: Int
        var gradientNorm: Double?
        var patients: Int?
        var clippedPatients: Int?
    }

    func steps(for length: TrainingRun.Length) throws -> Int {
        let total: Int?
        switch (length, self) {
        case (.steps(let steps), _): total = steps
        case (.epochs(let epochs), .batches(let source)): total = source.steps(inEpochs: epochs)
        case (.epochs(let epochs), .patients(let source)):
            let (product, overflow) = epochs.multipliedReportingOverflow(by: source.stepsInAnEpoch)
            total = overflow ? nil : product
        }
        guard let total, total >= 1 else {
            throw FineTuningError(.invalidSettings, "The number of steps or epochs must be at least 1.")
        }
        return total
    }

    mutating func start(at state: RunState, total: Int) throws {
        switch self {
        case .batches(var source):
            try source.start(at: state)
            self = .batches(source)
        case .patients(var source):
            try source.start(steps: total - state.step)
            self = .patients(source)
        }
    }

    mutating func step(
        _ trainer: ParameterTrainer, rate: Float, clipNorm: Float?, state: inout RunState
    ) throws -> Outcome {
        switch self {
        case .batches(var source):
            let batches = source.next(trainer)
            self = .batches(source)
            // The batches count as given out even if their step changes nothing.
            source.note(in: &state)
            let result = try trainer.step(batches: batches, rate: rate, clipNorm: clipNorm)
            return Outcome(
                loss: result.loss, tokens: batches.reduce(0) { $0 + $1.reduce(0) { $0 + $1.inputIDs.count } },
                supervisedTokens: result.supervisedTokens, gradientNorm: result.gradientNorm)
        case .patients(var source):
            let drawn = try source.next()
            self = .patients(source)
            let privacy = source.privacy
            let result =
                try privacy.fault.map {
                    try trainer.privateStep(
                        patients: $0.sample(drawn),
                        aggregation: $0.aggregation(
                            privacy.mechanism, trainer.trainableCount, privacy.random, trainer.threads),
                        expectedPatients: source.expectedPatients, rate: rate)
                }
                ?? trainer.privateStep(
                    patients: drawn, mechanism: privacy.mechanism, expectedPatients: source.expectedPatients,
                    rate: rate, random: privacy.random)
            return Outcome(
                loss: drawn.isEmpty ? nil : result.loss,
                tokens: drawn.reduce(0) { $0 + $1.reduce(0) { $0 + $1.inputIDs.count } },
                supervisedTokens: result.supervisedTokens, patients: result.patients,
                clippedPatients: result.clippedPatients)
        }
    }
}
