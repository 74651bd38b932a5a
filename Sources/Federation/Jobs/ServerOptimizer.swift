/// What the coordinator makes of the average of a round (Reddi et al., Adaptive Federated Optimization, 2021).
public struct ServerOptimizer: Codable, Sendable, Equatable {
    public enum Method: String, Codable, Sendable, CaseIterable {
        /// x ← x + η Δ (McMahan et al. 2017).
        case average = "fedavg"
        /// m ← β₁ m + Δ, x ← x + η m (Hsu et al. 2019).
        case momentum = "fedavgm"
        /// m ← β₁ m + (1 − β₁) Δ, v ← β₂ v + (1 − β₂) Δ², x ← x + η m / (√v + τ); m starts at 0, v at τ². No bias correction.
        case adam = "fedadam"
    }

    public var method: Method
    /// η
    public var learningRate: Double
    /// The momentum of ``Method/momentum`` and ``Method/adam``.
    public var beta1: Double
    public var beta2: Double
    /// Bounds the step where the average hardly changes.
    public var tau: Double

    public init(
        method: Method, learningRate: Double = 1, beta1: Double = 0.9, beta2: Double = 0.99, tau: Double = 1e-3
    ) {
        self.method = method
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.tau = tau
    }

    func problems() -> [String] {
        var found: [String] = []
        func need(_ condition: Bool, _ sentence: String) {
            if !condition { found.append(sentence) }
        }
        need(
            learningRate.isFinite && learningRate > 0 && learningRate <= 10,
            "aggregation.serverOptimizer.learningRate must be above 0 and at most 10.")
        need((0..<1).contains(beta1), "aggregation.serverOptimizer.beta1 must be in [0, 1).")
        need((0..<1).contains(beta2), "aggregation.serverOptimizer.beta2 must be in [0, 1).")
        need((1e-12...1).contains(tau), "aggregation.serverOptimizer.tau must be 1e-12 to 1.")
        return found
    }
}
