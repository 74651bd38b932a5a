/// One step of a long piece of work, for a progress bar or a log line.
public struct ProgressUpdate: Sendable, Equatable {
    /// What is being done, in a few words: `train round 3`.
    public var activity: String
    public var completed: Double
    /// `nil` while the amount of work is not known.
    public var total: Double?
    /// What is counted: `reports`, `tokens`, `bytes`.
    public var unit: String
    /// A figure worth watching, such as `loss 2.31`.
    public var note: String

    public init(activity: String, completed: Double, total: Double?, unit: String, note: String = "") {
        self.activity = activity
        self.completed = completed
        self.total = total
        self.unit = unit
        self.note = note
    }
}

/// Receives progress. Called often and from any task, so it must be cheap; it must not throw work away.
public typealias ProgressHandler = @Sendable (ProgressUpdate) -> Void
