/// Warm-up, then linear decay: peak · min(1, (i + 1) / warm-up) · (1 − (1 − final) · i / total) for step i from 0.
public struct LearningRateSchedule: Sendable, Codable, Equatable {
    public var peak: Float
    public var warmupSteps: Int
    /// The steps over which the rate falls to `finalFraction` of the peak. 0: no decay.
    public var totalSteps: Int
    public var finalFraction: Float

    public init(peak: Float, warmupSteps: Int = 0, totalSteps: Int = 0, finalFraction: Float = 1) {
        self.peak = peak
        self.warmupSteps = warmupSteps
        self.totalSteps = totalSteps
        self.finalFraction = finalFraction
    }

    public static func constant(_ rate: Float) -> LearningRateSchedule { LearningRateSchedule(peak: rate) }

    /// The rate of step `step`, from 0; it stays at its last value after `totalSteps`.
    public func rate(at step: Int) -> Float {
        let step = max(step, 0)
        let warmup = warmupSteps > 0 ? min(1, Double(step + 1) / Double(warmupSteps)) : 1
        let progress = totalSteps > 0 ? min(1, Double(step) / Double(totalSteps)) : 0
        return Float(Double(peak) * warmup * (1 - (1 - Double(finalFraction)) * progress))
    }
}
