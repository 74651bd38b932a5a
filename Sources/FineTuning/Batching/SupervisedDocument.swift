internal import LanguageModels

/// A document of which windows are taken that always hold a token to learn from.
struct SupervisedDocument: Sendable {
    let sequence: TrainingSequence
    let length: Int
    /// Where a window may start.
    let starts: Range<Int>

    /// `nil` for a document without a token to learn from. What is learned must be one run of tokens, such as an answer.
    ///
    /// - Parameter length: tokens that are read; a window has one more, the last target.
    init?(_ sequence: TrainingSequence, length: Int) {
        let labels = sequence.labels
        // The first token of a window is never predicted, so it must stand before one that is learned.
        guard sequence.inputIDs.count == labels.count, length >= 1,
            let first = labels.indices.dropFirst().first(where: { labels[$0] != TokenSequence.ignored }),
            let last = labels.lastIndex(where: { $0 != TokenSequence.ignored })
        else { return nil }
        let lower = max(0, first - length)
        self.sequence = sequence
        self.length = length
        starts = lower..<max(lower + 1, min(labels.count - length, last))
    }

    func window(from start: Int) -> TrainingSequence {
        let end = min(start + length + 1, sequence.inputIDs.count)
        return TrainingSequence(
            inputIDs: Array(sequence.inputIDs[start..<end]), labels: Array(sequence.labels[start..<end]))
    }
}
