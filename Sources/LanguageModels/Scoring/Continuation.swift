/// A text whose likelihood is asked for, and what stands before it.
public struct Continuation: Sendable, Equatable {
    /// At least one token: nothing predicts a first one.
    public var context: [Int32]
    public var ids: [Int32]

    public init(context: [Int32], ids: [Int32]) {
        self.context = context
        self.ids = ids
    }
}
