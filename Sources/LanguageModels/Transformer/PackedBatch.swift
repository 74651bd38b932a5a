/// Sequences one behind the other without padding: T is the sum of their lengths, attention stays within each.
struct PackedBatch {
    /// A sequence's rows.
    struct Span: Equatable {
        var start: Int
        var count: Int
        var range: Range<Int> { start..<start + count }
    }

    var ids: [Int32] = []
    /// Each token's position in its own sequence.
    var positions: [Int32] = []
    var spans: [Span] = []
    /// Rows whose output counts, ascending.
    var targetRows: [Int32] = []
    var targets: [Int32] = []
    /// The number of targets of every sequence.
    var targetCounts: [Int] = []

    var count: Int { ids.count }
    /// The longest attention: the scratch memory must hold its scores.
    var longest: Int { max(spans.map(\.count).max() ?? 0, Int(positions.last ?? 0) + 1) }

    /// One token behind others whose keys and values are cached.
    init(token: Int32, position: Int32) {
        ids = [token]
        positions = [position]
        spans = [Span(start: 0, count: 1)]
    }

    /// - Parameter trimming: drop the tokens behind the last one whose output counts. Attention is causal, so nothing
    ///   that counts depends on them.
    /// - Throws: ``LanguageModelsError`` `.invalidTokens` for ids outside of the vocabulary, labels that are neither ids
    ///   nor −100, different lengths, or a sequence longer than the model's positions.
    init(_ sequences: [TokenSequence], configuration: ModelConfiguration, maximumLength: Int, trimming: Bool = true)
        throws
    {
        let vocabulary = Int32(configuration.vocabularySize)
        for sequence in sequences {
            guard sequence.inputIDs.count == sequence.labels.count else {
                throw LanguageModelsError(
                    .invalidTokens,
                    "A sequence has \(sequence.inputIDs.count) ids and \(sequence.labels.count) labels; they must be equally many."
                )
            }
            guard sequence.inputIDs.allSatisfy({ $0 >= 0 && $0 < vocabulary }) else {
                throw LanguageModelsError(
                    .invalidTokens,
                    "A token id is outside of the model's vocabulary of \(vocabulary). Use the tokenizer of this model."
                )
            }
            guard sequence.labels.allSatisfy({ $0 == TokenSequence.ignored || ($0 >= 0 && $0 < vocabulary) }) else {
                throw LanguageModelsError(
                    .invalidTokens, "A label is neither -100 nor an id of the model's vocabulary of \(vocabulary).")
            }
            let start = ids.count
            var rows: [Int32] = []
            for index in sequence.labels.indices.dropFirst() where sequence.labels[index] != TokenSequence.ignored {
                rows.append(Int32(start + index - 1))
                targets.append(sequence.labels[index])
            }
            let length = trimming ? (rows.last.map { Int($0) - start + 1 } ?? 0) : sequence.inputIDs.count
            guard length <= maximumLength else {
                throw LanguageModelsError(
                    .invalidTokens,
                    "A sequence of \(length) tokens is longer than the \(maximumLength) positions that are possible. Cut it."
                )
            }
            ids += sequence.inputIDs.prefix(length)
            positions += (0..<Int32(length))
            spans.append(Span(start: start, count: length))
            targetRows += rows
            targetCounts.append(rows.count)
        }
    }
}
