internal import Tensors

/// Sequences one behind the other without padding: T is the sum of their lengths, attention stays within each.
struct PackedBatch {
    var ids: [Int32] = []
    /// Each token's position in its own sequence.
    var positions: [Int32] = []
    var spans: [SequenceSpan] = []
    /// Rows whose output counts, ascending.
    var targetRows: [Int32] = []
    var targets: [Int32] = []
    /// The number of targets of every sequence.
    var targetCounts: [Int] = []
    /// Where sequences branch off each other: attention follows these instead of `spans`.
    var branches: [BranchSegment] = []

    var count: Int { ids.count }

    /// One token behind others whose keys and values are cached.
    init(token: Int32, position: Int32) {
        ids = [token]
        positions = [position]
        spans = [SequenceSpan(start: 0, count: 1)]
    }

    /// For a caller that fills in branches itself.
    init() {}

    /// - Parameter trimming: drop the tokens behind the last one whose output counts. With causal attention nothing that
    ///   counts depends on them.
    /// - Throws: ``LanguageModelsError`` `.invalidTokens` for ids outside of the vocabulary, labels that are neither ids (or
    ///   classes) nor −100, different lengths, or a sequence longer than the model's positions.
    init(_ sequences: [TokenSequence], model: LanguageModel, trimming: Bool = true) throws {
        let vocabulary = Int32(model.configuration.vocabularySize)
        for sequence in sequences {
            guard sequence.inputIDs.allSatisfy({ $0 >= 0 && $0 < vocabulary }) else {
                throw LanguageModelsError(
                    .invalidTokens,
                    "A token id is outside of the model's vocabulary of \(vocabulary). Use the tokenizer of this model."
                )
            }
            try Self.checkLabels(sequence, model.configuration)
            let start = ids.count
            var rows: [Int32] = []
            // The row that predicts a label: the one before it, the same one, or the first of the sequence.
            switch model.configuration.head {
            case .languageModel:
                for index in sequence.labels.indices.dropFirst() where sequence.labels[index] != TokenSequence.ignored {
                    rows.append(Int32(start + index - 1))
                    targets.append(sequence.labels[index])
                }
            case .maskedLanguageModel, .tokenClassification:
                for index in sequence.labels.indices where sequence.labels[index] != TokenSequence.ignored {
                    rows.append(Int32(start + index))
                    targets.append(sequence.labels[index])
                }
            case .classification:
                if let label = sequence.labels.first, label != TokenSequence.ignored, !sequence.inputIDs.isEmpty {
                    rows.append(Int32(start))
                    targets.append(label)
                }
            }
            var length = sequence.inputIDs.count
            if trimming {
                let used = model.configuration.isCausal ? rows.last.map { Int($0) - start + 1 } : length
                length = rows.isEmpty ? 0 : used ?? 0
            }
            guard length <= model.maximumLength else {
                throw LanguageModelsError(
                    .invalidTokens,
                    "A sequence of \(length) tokens is longer than the \(model.maximumLength) positions that are possible. Cut it."
                )
            }
            ids += sequence.inputIDs.prefix(length)
            positions += (0..<Int32(length))
            spans.append(SequenceSpan(start: start, count: length))
            targetRows += rows
            targetCounts.append(rows.count)
        }
    }

    private static func checkLabels(_ sequence: TokenSequence, _ configuration: ModelConfiguration) throws {
        let limit = Int32(configuration.outputSize)
        if configuration.head.isClassification {
            // One class, or nothing but the ids themselves where no label is asked for.
            guard sequence.labels.count <= 1, sequence.labels.allSatisfy({ $0 == -100 || ($0 >= 0 && $0 < limit) })
            else {
                throw LanguageModelsError(
                    .invalidTokens, "A sequence needs one label, a class from 0 to \(limit - 1), for this classifier.")
            }
            return
        }
        guard sequence.inputIDs.count == sequence.labels.count else {
            throw LanguageModelsError(
                .invalidTokens,
                "A sequence has \(sequence.inputIDs.count) ids and \(sequence.labels.count) labels; they must be equally many."
            )
        }
        guard sequence.labels.allSatisfy({ $0 == TokenSequence.ignored || ($0 >= 0 && $0 < limit) }) else {
            throw LanguageModelsError(
                .invalidTokens, "A label is neither -100 nor one of the model's \(limit) tokens or classes.")
        }
    }
}
