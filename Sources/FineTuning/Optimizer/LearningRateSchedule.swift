internal import Foundation

/// Warm-up, then decay from the peak to a fraction of it.
///
/// For step i from 0 the rate is peak · w(i) · (f + (1 − f) · d(i)) with w = min(1, (i + 1) / warm-up), f the final fraction
/// and the decay d
/// - constant: 1;
/// - linear: 1 − i / total, which counts from the first step;
/// - cosine: (1 + cos(π p)) / 2 with p = (i − warm-up) / (total − warm-up), which counts from the end of the warm-up
///   (Loshchilov & Hutter 2017).
public struct LearningRateSchedule: Sendable, Equatable {
    public enum Decay: String, Sendable, Codable, CaseIterable {
        case constant, linear, cosine
    }

    public var peak: Float
    public var warmupSteps: Int
    /// The steps over which the rate falls to `finalFraction` of the peak. 0: no decay.
    public var totalSteps: Int
    public var finalFraction: Float
    public var decay: Decay

    public init(
        peak: Float, warmupSteps: Int = 0, totalSteps: Int = 0, finalFraction: Float = 1, decay: Decay = .linear
    ) {
        self.peak = peak
        self.warmupSteps = warmupSteps
        self.totalSteps = totalSteps
        self.finalFraction = finalFraction
        self.decay = decay
    }

    public static func constant(_ rate: Float) -> LearningRateSchedule { LearningRateSchedule(peak: rate) }

    /// The rate of step `step`, from 0; it stays at its last value after `totalSteps`.
    public func rate(at step: Int) -> Float {
        let step = max(step, 0)
        let warmup = warmupSteps > 0 ? min(1, Double(step + 1) / Double(warmupSteps)) : 1
        return Float(Double(peak) * warmup * (1 - (1 - Double(finalFraction)) * progress(at: step)))
    }

    /// From 0 at the peak to 1 at the final fraction.
    private func progress(at step: Int) -> Double {
        guard totalSteps > 0 else { return 0 }
        switch decay {
        case .constant: return 0
        case .linear: return min(1, Double(step) / Double(totalSteps))
        case .cosine:
            let start = Double(max(warmupSteps, 0))
            let share = (Double(step) - start) / max(1, Double(totalSteps) - start)
            return (1 - cos(.pi * min(1, max(0, share)))) / 2
        }
    }

    /// The same schedule over a run of `steps` steps, if it has no length of its own.
    func spanning(_ steps: Int) -> LearningRateSchedule {
        var schedule = self
        if totalSteps == 0 { schedule.totalSteps = steps }
        return schedule
    }

    func validate() throws {
        let sound =
            peak.isFinite && peak >= 0 && warmupSteps >= 0 && totalSteps >= 0 && finalFraction.isFinite
            && finalFraction >= 0
        guard sound else {
            throw FineTuningError(
                .invalidSettings,
                "The learning-rate schedule makes no sense: peak, warm-up, steps and final fraction must be 0 or more.")
        }
    }
}

/// The linear decay is written without its name, as it was before there were others: signed bytes stay the same.
extension LearningRateSchedule: Codable {
    enum CodingKeys: CodingKey {
        case peak, warmupSteps, totalSteps, finalFraction, decay
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        peak = try container.decode(Float.self, forKey: .peak)
        warmupSteps = try container.decode(Int.self, forKey: .warmupSteps)
        totalSteps = try container.decode(Int.self, forKey: .totalSteps)
        finalFraction = try container.decode(Float.self, forKey: .finalFraction)
        decay = try container.decodeIfPresent(Decay.self, forKey: .decay) ?? .linear
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(peak, forKey: .peak)
        try container.encode(warmupSteps, forKey: .warmupSteps)
        try container.encode(totalSteps, forKey: .totalSteps)
        try container.encode(finalFraction, forKey: .finalFraction)
        if decay != .linear { try container.encode(decay, forKey: .decay) }
    }
}
