/// Which optimizer turns a gradient into an update, with its constants. The defaults are PyTorch's AdamW without decay.
public struct OptimizerConfiguration: Sendable, Codable, Equatable {
    public enum Method: String, Sendable, Codable, CaseIterable {
        /// Loshchilov & Hutter 2019.
        case adamW = "adamw"
        /// parameters -= rate · gradient, without momentum.
        case sgd
    }

    public var method: Method
    public var learningRate: Float
    public var beta1: Float
    public var beta2: Float
    public var epsilon: Float
    /// Decoupled: every update first multiplies the parameters by 1 − rate · decay.
    public var weightDecay: Float

    public init(
        method: Method = .adamW, learningRate: Float = 1e-3, beta1: Float = 0.9, beta2: Float = 0.999,
        epsilon: Float = 1e-8, weightDecay: Float = 0
    ) {
        self.method = method
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
    }

    func validate() throws {
        let sound =
            learningRate.isFinite && learningRate >= 0 && beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1
            && epsilon.isFinite && epsilon > 0 && weightDecay.isFinite && weightDecay >= 0
        guard sound else {
            throw FineTuningError(
                .invalidSettings,
                "The optimizer's settings make no sense: the rate and the decay must be 0 or more, betas in 0..<1, epsilon positive."
            )
        }
    }
}
