internal import Foundation

/// Rotary positions (Su et al. 2021) in the half-split form of Hugging Face checkpoints.
public struct RotaryEmbedding: Sendable, Equatable {
    /// How the frequencies are stretched for longer contexts.
    public enum Scaling: Sendable, Equatable {
        case none
        /// All frequencies divided by `factor` (Chen et al. 2023).
        case linear(factor: Double)
        /// Llama 3.1: low frequencies divided by `factor`, high ones kept, a blend between.
        case llama3(factor: Double, lowFrequencyFactor: Double, highFrequencyFactor: Double, originalPositions: Double)
        /// A ramp from kept to divided frequencies, and longer vectors (Peng et al. 2024).
        case yarn(YaRN)
    }

    /// YaRN's constants.
    public struct YaRN: Sendable, Equatable {
        public var factor: Double
        public var originalPositions: Double
        /// Rotated vectors are multiplied by it.
        public var attentionFactor: Double
        /// Pairs that turn more often than this in the original context are kept.
        public var fastRotations = 32.0
        /// Pairs that turn less often than this are divided by the factor.
        public var slowRotations = 1.0
        /// Whether the ramp begins and ends at whole pairs.
        public var truncates = true

        public init(factor: Double, originalPositions: Double, attentionFactor: Double) {
            self.factor = factor
            self.originalPositions = originalPositions
            self.attentionFactor = attentionFactor
        }

        /// 0.1 · scale · ln(factor) + 1 (eq. 22), and 1 for shorter contexts.
        static func magnitude(_ factor: Double, scale: Double = 1) -> Double {
            factor <= 1 ? 1 : 0.1 * scale * log(factor) + 1
        }

        /// How much of the pair's own frequency stays, from 1 to 0.
        func kept(pair: Int, theta: Double, rotarySize: Int) -> Double {
            let last = Double(rotarySize - 1)
            func pairTurning(_ rotations: Double) -> Double {
                Double(rotarySize) * log(originalPositions / (rotations * 2 * .pi)) / (2 * log(theta))
            }
            var low = pairTurning(fastRotations)
            var high = pairTurning(slowRotations)
            if truncates {
                low = low.rounded(.down)
                high = high.rounded(.up)
            }
            low = max(low, 0)
            high = min(high, last)
            if low == high { high += 0.001 }
            return 1 - min(max((Double(pair) - low) / (high - low), 0), 1)
        }
    }

    public var theta: Double
    public var scaling: Scaling

    public init(theta: Double, scaling: Scaling = .none) {
        self.theta = theta
        self.scaling = scaling
    }

    /// Radians a position, for each of the `rotarySize / 2` pairs.
    func frequencies(rotarySize: Int) -> [Float] {
        (0..<rotarySize / 2).map { pair in
            // In single precision like the checkpoints' own code, so that long positions agree.
            let plain = 1 / powf(Float(theta), Float(2 * pair) / Float(rotarySize))
            switch scaling {
            case .none: return plain
            case .linear(let factor): return plain / Float(factor)
            case .llama3(let factor, let low, let high, let original):
                let wavelength = 2 * Double.pi / Double(plain)
                if wavelength < original / high { return plain }
                if wavelength > original / low { return plain / Float(factor) }
                let blend = (original / wavelength - low) / (high - low)
                return Float((1 - blend) * Double(plain) / factor + blend * Double(plain))
            case .yarn(let yarn):
                let kept = Float(yarn.kept(pair: pair, theta: theta, rotarySize: rotarySize))
                return plain / Float(yarn.factor) * (1 - kept) + plain * kept
            }
        }
    }

    /// Cosines and sines, each [positions, rotarySize / 2].
    func tables(positions: Int, rotarySize: Int) -> (cosine: [Float], sine: [Float]) {
        let frequencies = frequencies(rotarySize: rotarySize)
        var length: Float = 1
        if case .yarn(let yarn) = scaling { length = Float(yarn.attentionFactor) }
        var cosine: [Float] = []
        var sine: [Float] = []
        cosine.reserveCapacity(positions * frequencies.count)
        sine.reserveCapacity(positions * frequencies.count)
        for position in 0..<positions {
            for frequency in frequencies {
                let angle = Float(position) * frequency
                cosine.append(cosf(angle) * length)
                sine.append(sinf(angle) * length)
            }
        }
        return (cosine, sine)
    }
}
