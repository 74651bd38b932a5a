/// A run of new tokens in a batch of sequences that branch off each other.
public struct BranchSegment: Sendable, Equatable {
    public var rows: SequenceSpan
    /// The rows of the same batch that stand before it in its sequence, in order.
    public var earlier: [SequenceSpan]

    public init(rows: SequenceSpan, earlier: [SequenceSpan] = []) {
        self.rows = rows
        self.earlier = earlier
    }

    /// The tokens that its last row sees within the batch.
    public var length: Int { earlier.reduce(rows.count) { $0 + $1.count } }
}

/// Keys and values that every segment of a batch begins with.
public struct EarlierKeys {
    public var keys: MatrixView
    public var values: MatrixView
    public var count: Int

    public init(keys: MatrixView, values: MatrixView, count: Int) {
        self.keys = keys
        self.values = values
        self.count = count
    }
}
