/// Token ids and what is to be predicted.
public struct TokenSequence: Sendable, Equatable {
    /// The label of a position that does not count.
    public static let ignored: Int32 = -100

    public var inputIDs: [Int32]
    /// Hugging Face's convention: the same positions as `inputIDs`. A causal model shifts them by one inside, so that the
    /// output at position t is compared with `labels[t + 1]`; a masked language model does not; a classifier has one label,
    /// its class. ``ignored`` does not count. See ``LanguageModel/supervisedTokens(in:)``.
    public var labels: [Int32]

    public init(inputIDs: [Int32], labels: [Int32]) {
        self.inputIDs = inputIDs
        self.labels = labels
    }

    /// Every token after the first one counts.
    public init(_ ids: [Int32]) { self.init(inputIDs: ids, labels: ids) }

    /// A long text in windows of at most `length` predictions that overlap by one token, so that every token but the
    /// first is predicted exactly once. Texts with fewer than two tokens have none.
    public static func windows(_ ids: [Int32], length: Int) -> [TokenSequence] {
        guard length >= 1 else { return [] }
        return stride(from: 0, to: ids.count - 1, by: length).map { start in
            TokenSequence(Array(ids[start..<min(start + length + 1, ids.count)]))
        }
    }
}
