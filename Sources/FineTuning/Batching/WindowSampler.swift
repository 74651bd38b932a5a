public import ConsiliumCore

/// Random windows out of one long token stream: all documents one behind the other, as in pre-training.
///
/// Every token of a window but the first counts. The state can be stored with ``generator`` to go on exactly there.
public struct WindowSampler: Sendable {
    public let stream: [Int32]
    /// Tokens that are read; a window has one more, the last target.
    public let length: Int
    public private(set) var generator: ReproducibleGenerator

    /// - Parameter stream: all tokens, with the documents' own begin and end marks.
    /// - Throws: ``FineTuningError`` `.invalidSettings` if the stream has fewer than two tokens or the length is not positive.
    public init(stream: [Int32], length: Int, generator: ReproducibleGenerator) throws {
        guard stream.count >= 2, length >= 1 else {
            throw FineTuningError(
                .invalidSettings,
                "Windows need a length of at least 1 and a stream of at least two tokens. Import more reports.")
        }
        self.stream = stream
        self.length = length
        self.generator = generator
    }

    /// `count` windows of `length + 1` tokens at uniform places; the whole stream if it is shorter.
    public mutating func next(_ count: Int) -> [TrainingSequence] {
        (0..<max(count, 0)).map { _ in
            let places = stream.count - length - 1
            let start = places > 0 ? Int.random(in: 0..<places, using: &generator) : 0
            let ids = Array(stream[start..<min(start + length + 1, stream.count)])
            return TrainingSequence(inputIDs: ids, labels: ids)
        }
    }
}
