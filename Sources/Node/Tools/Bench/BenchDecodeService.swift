public import ConsiliumCore
internal import Foundation
public import LanguageModels

/// `consilium-node bench decode`: greedy generation, token by token.
public enum BenchDecodeService {
    public struct Outcome: Codable, Sendable {
        public var shape: BenchShape
        public var dtype: BaseStorage
        public var threads: Int
        public var clock: BenchClock
        public var promptTokens: Int
        public var newTokens: Int
        public var runs: Int
        /// Of the decode phase alone: the time of a short generation is taken from that of a long one, so that the prompt
        /// does not count. Median of the runs.
        public var tokensPerSecond: Double
        /// Seconds for one token, of every run.
        public var stepSeconds: [Double]
        /// Tokens of the prompt ÷ time until the first new token.
        public var prefillTokensPerSecond: Double
        /// Two for every weight that a token passes through.
        public var gflops: Double
        /// How fast the frozen weights are read: each one once for every token.
        public var weightReadGbS: Double
        public var modelRssMib: Double
        public var peakRssMib: Double

        enum CodingKeys: String, CodingKey {
            case shape, dtype, threads, clock, runs, gflops
            case promptTokens = "prompt_tokens"
            case newTokens = "new_tokens"
            case tokensPerSecond = "tokens_per_second"
            case stepSeconds = "step_seconds"
            case prefillTokensPerSecond = "prefill_tokens_per_second"
            case weightReadGbS = "weight_read_gb_s"
            case modelRssMib = "model_rss_mib"
            case peakRssMib = "peak_rss_mib"
        }

        public var text: String {
            String(
                format: """
                    %@, prompt %d, %d new tokens, %@, %d thread(s), %@ time
                    %.2f tokens/s (weights read at %.1f GB/s), prompt %.1f tokens/s, peak memory %.0f MiB
                    """,
                shape.rawValue, promptTokens, newTokens, dtype.rawValue, threads, clock.rawValue, tokensPerSecond,
                weightReadGbS,
                prefillTokensPerSecond, peakRssMib)
        }
    }

    /// New tokens of the short generation.
    private static let short = 4

    public static func run(_ request: BenchRequest, progress: ProgressHandler) throws -> Outcome {
        try request.check()
        let clock = try request.resolvedClock()
        let model = try request.model()
        let resident = BenchMemory.resident()
        BenchMemory.resetPeak()
        var generator = ReproducibleGenerator(seed: 1, label: "bench tokens")
        let vocabulary = Int32(model.configuration.vocabularySize)
        let prompt = (0..<request.promptTokens).map { _ in Int32.random(in: 0..<vocabulary, using: &generator) }
        func time(_ count: Int) throws -> Double {
            let start = clock.now()
            _ = try model.generate(
                prompt: prompt, settings: SamplingSettings(maximumTokens: count, stopTokens: []))
            return clock.now() - start
        }
        _ = try time(2)
        var seconds: [Double] = []
        var first: [Double] = []
        for number in 0..<request.steps {
            first.append(try time(1))
            let long = try time(short + request.newTokens)
            seconds.append(max(long - (try time(short)), 1e-9) / Double(request.newTokens))
            progress(
                ProgressUpdate(
                    activity: "bench decode", completed: Double(number + 1), total: Double(request.steps), unit: "runs")
            )
        }
        let token = seconds.median
        let weights = request.shape.weightsPerToken
        return Outcome(
            shape: request.shape, dtype: request.dtype, threads: request.threads, clock: clock,
            promptTokens: request.promptTokens, newTokens: request.newTokens, runs: request.steps,
            tokensPerSecond: 1 / token,
            stepSeconds: seconds, prefillTokensPerSecond: Double(request.promptTokens) / max(first.median, 1e-9),
            gflops: 2 * weights / token / 1e9, weightReadGbS: weights * request.dtype.bytesPerWeight / token / 1e9,
            modelRssMib: resident, peakRssMib: BenchMemory.peak())
    }
}

extension BenchShape {
    /// Weights of all linear layers and the head.
    var weightsPerToken: Double {
        let shape = configuration()
        let attention = shape.hiddenSize * (2 * shape.queryWidth + 2 * shape.keyValueWidth)
        let block = attention + 3 * shape.hiddenSize * shape.intermediateSize
        return Double(shape.layers * block + shape.hiddenSize * shape.vocabularySize)
    }
}

extension BaseStorage {
    /// Without the scales.
    fileprivate var bytesPerWeight: Double {
        switch self {
        case .automatic, .float32: 4
        case .bfloat16: 2
        case .int8: 1
        case .nf4: 0.5
        }
    }
}
