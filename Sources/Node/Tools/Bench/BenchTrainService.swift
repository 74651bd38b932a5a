public import ConsiliumCore
internal import FineTuning
internal import Foundation
public import LanguageModels
internal import Tensors

/// `consilium-node bench train`: full LoRA steps (forward, loss, backward, AdamW) on random tokens.
public enum BenchTrainService {
    public struct Outcome: Codable, Sendable {
        public var shape: BenchShape
        public var batch: Int
        /// Tokens of the longest sequence.
        public var seq: Int
        public var supervised: Double
        public var rank: Int
        public var dtype: BaseStorage
        public var threads: Int
        public var clock: BenchClock
        public var checkpointing: Bool
        public var steps: Int
        /// Tokens that the model processed ÷ median step time.
        public var tokensPerSecond: Double
        /// Tokens of the sequences themselves ÷ median step time: the same, because batches have no padding.
        public var usefulTokensPerSecond: Double
        /// Tokens whose loss counts ÷ median step time.
        public var supervisedTokensPerSecond: Double
        public var stepSeconds: [Double]
        /// Necessary arithmetic of one step ÷ median step time, see `floor_gflop`.
        public var gflops: Double
        /// What one step cannot avoid to compute; recomputation and padding don't count.
        public var floorGflop: Double
        /// The rate of a 1536³ product beside the steps, median.
        public var gemmGflops: Double
        /// Median over the steps of their rate ÷ that of the product beside them, in percent.
        public var pctOfPeak: Double
        /// Resident memory with the model and the trainer, before the first step, in MiB.
        public var modelRssMib: Double
        /// The most resident memory since then, in MiB.
        public var peakRssMib: Double
        public var trainable: Int
        public var lastLoss: Double
        /// The linear algebra library.
        public var library: String
        /// `cpu`, or the name of the GPU.
        public var device: String
        /// The most memory of the GPU that was held, in MiB; absent without one.
        public var devicePeakMib: Double?

        enum CodingKeys: String, CodingKey {
            case shape, batch, seq, supervised, rank, dtype, threads, clock, checkpointing, steps, gflops, trainable
            case library, device
            case devicePeakMib = "device_peak_mib"
            case tokensPerSecond = "tokens_per_second"
            case usefulTokensPerSecond = "useful_tokens_per_second"
            case supervisedTokensPerSecond = "supervised_tokens_per_second"
            case stepSeconds = "step_seconds"
            case floorGflop = "floor_gflop"
            case gemmGflops = "gemm_gflops"
            case pctOfPeak = "pct_of_peak"
            case modelRssMib = "model_rss_mib"
            case peakRssMib = "peak_rss_mib"
            case lastLoss = "last_loss"
        }

        public var text: String {
            String(
                format: """
                    %@, batch %d, sequences up to %d, rank %d, %@, %d thread(s), %@ time
                    %.1f tokens/s (median step %.3f s), peak memory %.0f MiB (model %.0f MiB)
                    %.1f GFLOP/s = %.1f %% of a large matrix product beside it (%.1f GFLOP/s)
                    """,
                shape.rawValue, batch, seq, rank, dtype.rawValue, threads, clock.rawValue, tokensPerSecond,
                stepSeconds.median,
                peakRssMib, modelRssMib, gflops, pctOfPeak, gemmGflops)
        }
    }

    public static func run(_ request: BenchRequest, progress: ProgressHandler) throws -> Outcome {
        try request.check()
        let clock = try request.resolvedClock()
        let work = request.work
        let trainer = try request.trainer(of: try request.model())
        let rate = try BenchMatrixRate()
        let resident = BenchMemory.resident()
        BenchMemory.resetPeak()

        var generator = ReproducibleGenerator(seed: 1, label: "bench tokens")
        var seconds: [Double] = []
        var rates: [Double] = []
        var shares: [Double] = []
        var loss = 0.0
        let floor = work.floorFLOP(rank: request.rank) / 1e9
        for number in 0..<request.warmup + request.steps {
            let batch = work.batch(using: &generator)
            guard number >= request.warmup else {
                loss = try trainer.step(batch: batch).loss
                continue
            }
            let before = rate.measure(clock)
            let start = clock.now()
            loss = try trainer.step(batch: batch).loss
            let time = max(clock.now() - start, 1e-9)
            let gemm = max(before, rate.measure(clock))
            seconds.append(time)
            rates.append(gemm)
            shares.append(100 * floor / time / gemm)
            progress(
                ProgressUpdate(
                    activity: "bench train", completed: Double(seconds.count), total: Double(request.steps),
                    unit: "steps"))
        }
        let step = seconds.median
        let device = try request.device.description()
        return Outcome(
            shape: request.shape, batch: request.batch, seq: work.lengths.max() ?? 0, supervised: request.supervised,
            rank: request.rank, dtype: request.dtype, threads: request.threads, clock: clock,
            checkpointing: request.checkpointing, steps: request.steps, tokensPerSecond: Double(work.tokens) / step,
            usefulTokensPerSecond: Double(work.tokens) / step,
            supervisedTokensPerSecond: Double(work.supervisedTokens) / step, stepSeconds: seconds, gflops: floor / step,
            floorGflop: floor, gemmGflops: rates.median, pctOfPeak: shares.median, modelRssMib: resident,
            peakRssMib: BenchMemory.peak(), trainable: trainer.adapter.parameterCount, lastLoss: loss,
            library: ComputeThreads.libraryDescription, device: device.name, devicePeakMib: device.peakMib)
    }
}
