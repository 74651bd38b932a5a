public import Ledger

/// How many synthetic patients audit a training, and how.
public struct CanarySettings: Sendable, Equatable {
    /// m; about half of them are trained on.
    public var canaries: Int
    public var score = CanaryPlan.Score.gradient
    /// Reports of each canary, all with its secret: clipping reports instead of patients shows only with several.
    public var reports = 8
    /// Random tokens of each secret.
    public var tokens = 16

    public init(canaries: Int) { self.canaries = canaries }

    static let standardCanaries = 1000
}
