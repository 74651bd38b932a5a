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
            }
        }
    }

    /// Cosines and sines, each [positions, rotarySize / 2].
    func tables(positions: Int, rotarySize: Int) -> (cosine: [Float], sine: [Float]) {
        let frequencies = frequencies(rotarySize: rotarySize)
        var cosine: [Float] = []
        var sine: [Float] = []
        cosine.reserveCapacity(positions * frequencies.count)
        sine.reserveCapacity(positions * frequencies.count)
        for position in 0..<positions {
            for frequency in frequencies {
                let angle = Float(position) * frequency
                cosine.append(cosf(angle))
                sine.append(sinf(angle))
            }
        }
        return (cosine, sine)
    }
}
