/// The file that a ``CanaryResult`` names by its hash: a score for each canary, in the order of the canaries.
public struct CanaryScores: Sendable, Hashable, Codable {
    public var scores: [Double]

    public init(scores: [Double]) { self.scores = scores }
}
