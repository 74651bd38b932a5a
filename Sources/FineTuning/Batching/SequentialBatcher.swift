internal import ConsiliumCore

/// Batches of a fixed list: sequences in order, or in a new seeded order each epoch, until a number of tokens is reached.
public struct SequentialBatcher: Sendable {
    private let sequences: [TrainingSequence]
    private let batchTokens: Int
    private let shuffleSeed: UInt64?
    private var order: [Int] = []
    /// Sequences of this pass that were given out.
    public private(set) var position = 0
    /// Finished passes over the data.
    public private(set) var epoch = 0

    /// - Parameters:
    ///   - batchTokens: a batch ends with the sequence that reaches this number, or with the epoch.
    ///   - shuffleSeed: `nil` keeps the order.
    /// - Throws: ``FineTuningError`` `.invalidSettings` without sequences or tokens.
    public init(sequences: [TrainingSequence], batchTokens: Int, shuffleSeed: UInt64?) throws {
        guard !sequences.isEmpty, batchTokens >= 1 else {
            throw FineTuningError(.invalidSettings, "Training needs at least one sequence and one token a batch.")
        }
        self.sequences = sequences
        self.batchTokens = batchTokens
        self.shuffleSeed = shuffleSeed
        arrange()
    }

    private mutating func arrange() {
        order = Array(sequences.indices)
        position = 0
        guard let shuffleSeed else { return }
        var generator = ReproducibleGenerator(seed: shuffleSeed, label: "epoch \(epoch)")
        order.shuffle(using: &generator)
    }

    /// Goes to a place that ``epoch`` and ``position`` once named: what follows is what followed then.
    ///
    /// - Throws: ``FineTuningError`` `.stateMismatch` for a place that these data don't have.
    public mutating func move(toEpoch epoch: Int, position: Int) throws {
        guard epoch >= 0, sequences.indices.contains(position) else {
            throw FineTuningError(.stateMismatch, "The saved place in the data is not one of these data.")
        }
        self.epoch = epoch
        arrange()
        self.position = position
    }

    /// Never empty; after the last sequence the next epoch begins.
    public mutating func next() -> [TrainingSequence] {
        var batch: [TrainingSequence] = []
        var tokens = 0
        while position < order.count, tokens < batchTokens {
            let sequence = sequences[order[position]]
            batch.append(sequence)
            tokens += sequence.inputIDs.count
            position += 1
        }
        if position == order.count {
            epoch += 1
            arrange()
        }
        return batch
    }
}
