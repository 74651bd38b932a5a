public import ConsiliumCore

/// Random windows of random documents, for training without privacy where documents have questions that are not learned.
///
/// Every document is as likely as any other, and a window never crosses from one into the next.
public struct DocumentWindows: Sendable {
    private let documents: [SupervisedDocument]
    public private(set) var generator: ReproducibleGenerator

    /// - Throws: ``FineTuningError`` `.invalidSettings` for a length below 1, or if no document has a token to learn from.
    public init(documents: [TrainingSequence], length: Int, generator: ReproducibleGenerator) throws {
        self.documents = documents.compactMap { SupervisedDocument($0, length: length) }
        self.generator = generator
        guard !self.documents.isEmpty else {
            throw FineTuningError(
                .invalidSettings,
                "Windows need a length of at least 1 and an example with a token to learn from. Import more reports.")
        }
    }

    /// `count` windows of at most `length + 1` tokens, each with a token to learn from.
    public mutating func next(_ count: Int) -> [TrainingSequence] {
        (0..<max(count, 0)).map { _ in
            let document = documents[Int.random(in: 0..<documents.count, using: &generator)]
            return document.window(from: Int.random(in: document.starts, using: &generator))
        }
    }
}
