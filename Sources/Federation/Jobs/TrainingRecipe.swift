/// How each clinic trains in one round. Every field is public and part of what the admin signs.
public struct TrainingRecipe: Codable, Sendable, Equatable {
    /// What the model learns from a report.
    public enum Objective: String, Codable, Sendable, CaseIterable {
        /// Next-token prediction on the de-identified text.
        case continuedPretraining = "continued-pretraining"
    }

    public struct Optimizer: Codable, Sendable, Equatable {
        /// Peak learning rate, reached after the warm-up.
        public var learningRate: Double
        public var beta1: Double
        public var beta2: Double
        public var epsilon: Double
        public var weightDecay: Double
        /// Steps over the whole job in which the learning rate rises linearly from zero.
        public var warmupSteps: Int
        /// The fraction of the peak that is left at the last step of the job; linear in between.
        public var finalFraction: Double

        public init(
            learningRate: Double, beta1: Double = 0.9, beta2: Double = 0.99, epsilon: Double = 1e-8,
            weightDecay: Double = 0,
            warmupSteps: Int = 5, finalFraction: Double = 0.1
        ) {
            self.learningRate = learningRate
            self.beta1 = beta1
            self.beta2 = beta2
            self.epsilon = epsilon
            self.weightDecay = weightDecay
            self.warmupSteps = warmupSteps
            self.finalFraction = finalFraction
        }
    }

    public var objective: Objective
    /// LoRA rank r and alpha; the effective weight is W + (alpha / r)·B·A (Hu et al. 2021).
    public var rank: Int
    public var alpha: Double
    /// Names of the linear layers that get an adapter, or the one word `all` or `attention`.
    public var targets: [String]
    /// Optimizer steps a clinic makes in one round.
    public var localSteps: Int
    /// Windows in one step without a privacy budget; ignored with one (patients are sampled instead).
    public var batchSequences: Int
    /// Tokens predicted in one window.
    public var sequenceLength: Int
    public var optimizer: Optimizer
    /// The global norm to which a step's gradient is clipped without a privacy budget.
    public var gradientClipNorm: Double
    /// μ of FedProx (Li et al. 2020): each step also pulls with μ/2 ‖w − w₀‖² to the adapter w₀ that the round started from.
    /// `nil`: no pull.
    public var proximal: Double?
    /// Seeds the adapter's initialization and every clinic's order of batches. Never used for noise.
    public var seed: UInt64

    public init(
        objective: Objective = .continuedPretraining, rank: Int = 8, alpha: Double = 16, targets: [String] = ["all"],
        localSteps: Int, batchSequences: Int = 4, sequenceLength: Int = 128, optimizer: Optimizer,
        gradientClipNorm: Double = 1, proximal: Double? = nil, seed: UInt64 = 1
    ) {
        self.objective = objective
        self.rank = rank
        self.alpha = alpha
        self.targets = targets
        self.localSteps = localSteps
        self.batchSequences = batchSequences
        self.sequenceLength = sequenceLength
        self.optimizer = optimizer
        self.gradientClipNorm = gradientClipNorm
        self.proximal = proximal
        self.seed = seed
    }
}
