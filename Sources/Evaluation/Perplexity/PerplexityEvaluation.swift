public import ConsiliumCore

/// Measures how well a model predicts texts that it was not trained on.
///
/// Perplexity depends on the vocabulary; bits per byte, the same negative log-likelihood divided by the length of the text,
/// doesn't, and is the figure for comparing models with different tokenizers.
public struct PerplexityEvaluation: Sendable {
    /// The sum of -ln p in nats and the number of predicted tokens, for every window of ids.
    public typealias Scorer = (_ windows: [[Int32]]) throws -> [(sum: Double, tokens: Int)]

    /// Predicted tokens in a window. A window never sees what stands before it, so longer windows give lower perplexities:
    /// compare figures of the same length only.
    public var windowTokens: Int
    /// Windows of that many documents are given to the scorer at a time.
    public var documentsPerCall: Int

    public init(windowTokens: Int = 256, documentsPerCall: Int = 32) {
        self.windowTokens = windowTokens
        self.documentsPerCall = documentsPerCall
    }

    /// Empty documents are passed over and counted.
    ///
    /// - Throws: ``EvaluationError`` `.invalidInput` if no document can be used, `.invalidLoss` if the scorer fails its
    ///   contract, and whatever the scorer throws.
    public func run(
        _ documents: [EvaluationDocument], score: Scorer, progress: ProgressHandler? = nil
    ) throws -> PerplexityResult {
        guard windowTokens > 0, documentsPerCall > 0 else {
            throw EvaluationError(.invalidInput, "The window length and the documents per call must be at least 1.")
        }
        let usable = documents.filter(\.isUsable)
        guard !usable.isEmpty else {
            throw EvaluationError(.invalidInput, "There is no text to evaluate: every document is empty.")
        }
        var scores: [PerplexityResult.Score] = []
        scores.reserveCapacity(usable.count)
        for start in stride(from: 0, to: usable.count, by: documentsPerCall) {
            let group = usable[start..<min(start + documentsPerCall, usable.count)]
            let windows = group.map { $0.windows(of: windowTokens) }
            var losses = try score(windows.flatMap { $0 })[...]
            guard losses.count == windows.reduce(0, { $0 + $1.count }) else {
                throw EvaluationError(
                    .invalidLoss, "The model didn't give a loss for every window. Please report this.")
            }
            for (document, own) in zip(group, windows) {
                let part = losses.prefix(own.count)
                losses = losses.dropFirst(own.count)
                let nats = part.reduce(0) { $0 + $1.sum }
                guard nats.isFinite, nats >= 0, part.reduce(0, { $0 + $1.tokens }) == document.ids.count - 1 else {
                    throw EvaluationError(
                        .invalidLoss,
                        "The model's loss on a document is not a number or counts other tokens. Check the adapter: its training may have diverged."
                    )
                }
                scores.append(
                    PerplexityResult.Score(
                        unit: document.unit, nats: nats, tokens: document.ids.count - 1, utf8Bytes: document.utf8Bytes))
            }
            progress?(
                ProgressUpdate(
                    activity: "evaluate", completed: Double(scores.count), total: Double(usable.count),
                    unit: "documents"))
        }
        return PerplexityResult(scores: scores, skippedDocuments: documents.count - usable.count)
    }
}
