public import FineTuning
public import Foundation
public import LanguageModels

/// What `consilium-node train` was asked for.
public struct TrainRequest: Sendable {
    public struct PrivacySettings: Sendable {
        public var clip: Double?
        public var noiseMultiplier: Double?
        public var samplingRate: Double?

        public init(clip: Double?, noiseMultiplier: Double?, samplingRate: Double?) {
            self.clip = clip
            self.noiseMultiplier = noiseMultiplier
            self.samplingRate = samplingRate
        }
    }

    public var model: URL
    public var data: URL
    public var out: URL
    public var adapter: URL?
    public var rank = 8
    public var alpha = 16.0
    public var targets = ["all"]
    public var useRSLoRA = false
    /// Train all weights of a small model instead of an adapter.
    public var trainsAllWeights = false
    public var steps: Int?
    public var epochs: Int?
    public var batchTokens = 512
    /// Batches of one step.
    public var accumulation = 1
    public var optimizer = OptimizerConfiguration.Method.adamW
    public var learningRate = 1e-3
    public var weightDecay = 0.0
    public var warmupSteps = 0
    /// `nil`: constant after the warm-up.
    public var decay: LearningRateSchedule.Decay?
    /// Bound of the L2 norm of a step's gradient.
    public var gradientClip: Double?
    public var shuffle = true
    public var seed: UInt64 = 1
    public var threads = 1
    public var device = ComputeDevice.cpu
    public var storage = BaseStorage.automatic
    public var checkpointsLayers = false
    public var validation: URL?
    /// Steps between two validations.
    public var validateEvery = 50
    public var patience: Int?
    /// Steps between two checkpoints of the run; `nil`: none.
    public var saveEvery: Int?
    public var resumes = false
    public var writesLossCurve = false
    /// `nil`: without differential privacy.
    public var privacy: PrivacySettings?
    /// `nil`: without an empirical audit.
    public var audit: CanarySettings?
    /// For tests that show what a fault would do.
    package var fault: PrivateStepFault?

    public init(model: URL, data: URL, out: URL, adapter: URL?) {
        self.model = model
        self.data = data
        self.out = out
        self.adapter = adapter
    }

    /// - Throws: ``NodeError`` `.badInput` or `.notBuiltYet` with what to change.
    func check() throws {
        func require(_ condition: Bool, _ message: String) throws {
            guard condition else { throw NodeError(.badInput, message) }
        }
        try require(learningRate.isFinite && learningRate > 0, "--lr must be a positive number.")
        try require(weightDecay.isFinite && weightDecay >= 0, "--weight-decay must be 0 or more.")
        try require(warmupSteps >= 0, "--warmup must be 0 or more.")
        try require(batchTokens >= 1, "--batch-tokens must be at least 1.")
        try require(validateEvery >= 1, "--validate-every must be at least 1.")
        try ThreadCount.check(threads)
        try require(steps == nil || epochs == nil, "Give --steps or --epochs, not both.")
        try require(patience == nil || validation != nil, "--patience needs --validation.")
        try require(
            privacy == nil || gradientClip == nil,
            "With --dp every patient's gradient is clipped by --clip; leave --gradient-clip out.")
        try require(audit == nil || privacy != nil, "--audit-canaries tests a guarantee: it needs --dp.")
        try require(audit == nil || !trainsAllWeights, "--audit-canaries looks at adapters; leave --full out.")
        try require(
            audit == nil || (saveEvery == nil && !resumes),
            "An audited training is one whole run: leave --save-every and --resume out, or --audit-canaries.")
        try require(
            !trainsAllWeights || adapter == nil, "--full trains all weights of the model; leave --adapter out.")
        try require(
            !trainsAllWeights || storage == .automatic || storage == .float32,
            "--full keeps all weights as fp32; leave --base-dtype out.")
    }

    func schedule() -> LearningRateSchedule? {
        guard warmupSteps > 0 || decay != nil else { return nil }
        guard let decay else { return LearningRateSchedule(peak: Float(learningRate), warmupSteps: warmupSteps) }
        return LearningRateSchedule(
            peak: Float(learningRate), warmupSteps: warmupSteps, finalFraction: 0, decay: decay)
    }
}
