/// Batches of the data in order or shuffled, several a step.
struct BatchSteps {
    private var batcher: SequentialBatcher
    private let accumulation: Int
    /// How many batches the epochs have; `nil` for a number of steps.
    private var total: Int?
    private var given = 0

    static let mostEpochs = 1000

    init(_ sequences: [TrainingSequence], run: TrainingRun, trainer: ParameterTrainer) throws {
        batcher = try SequentialBatcher(
            sequences: sequences, batchTokens: run.batchTokens, shuffleSeed: run.shuffles ? run.seed : nil)
        accumulation = run.accumulation
        guard case .epochs(let epochs) = run.length else { return }
        // Shuffled lines make other batches in every epoch, so all are counted.
        guard epochs <= Self.mostEpochs else {
            throw FineTuningError(
                .invalidSettings, "At most \(Self.mostEpochs) epochs can be asked for. Give a number of steps instead.")
        }
        var counter = batcher
        var count = 0
        while counter.epoch < epochs {
            if trainer.supervisedTokens(in: counter.next()) > 0 { count += 1 }
        }
        total = count
    }

    func steps(inEpochs epochs: Int) -> Int { ((total ?? 0) + accumulation - 1) / accumulation }

    mutating func start(at state: RunState) throws {
        try batcher.move(toEpoch: state.epoch, position: state.position)
        given = state.batches
    }

    /// The next batches with something to learn; fewer than usual at the very end of the last epoch.
    mutating func next(_ trainer: ParameterTrainer) -> [[TrainingSequence]] {
        var batches: [[TrainingSequence]] = []
        while batches.count < accumulation, given < total ?? .max {
            let batch = batcher.next()
            guard trainer.supervisedTokens(in: batch) > 0 else { continue }
            batches.append(batch)
            given += 1
        }
        return batches
    }

    func note(in state: inout RunState) {
        state.batches = given
        state.epoch = batcher.epoch
        state.position = batcher.position
    }
}
