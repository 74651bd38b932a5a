public import ConsiliumCore
internal import FineTuning
internal import Foundation
public import LanguageModels
internal import Privacy

/// `consilium-node bench dp`: what patient-level privacy adds to a training step, with one sequence a patient.
public enum BenchPrivacyService {
    public struct Outcome: Codable, Sendable {
        public var shape: BenchShape
        /// Patients in a step.
        public var batch: Int
        public var seq: Int
        public var rank: Int
        public var dtype: BaseStorage
        public var threads: Int
        public var clock: BenchClock
        public var steps: Int
        /// Of the private step.
        public var tokensPerSecond: Double
        /// Of the private step.
        public var stepSeconds: [Double]
        /// Of the ordinary steps between them.
        public var plainStepSeconds: [Double]
        /// Median of private ÷ ordinary step time, over the pairs.
        public var timeRatio: Double
        public var gflops: Double
        public var gemmGflops: Double
        public var modelRssMib: Double
        /// The most resident memory with a trainer that takes private steps only.
        public var peakRssMib: Double
        /// The most resident memory with a trainer that takes ordinary steps only.
        public var plainPeakRssMib: Double
        public var extraMib: Double

        enum CodingKeys: String, CodingKey {
            case shape, batch, seq, rank, dtype, threads, clock, steps, gflops
            case tokensPerSecond = "tokens_per_second"
            case stepSeconds = "step_seconds"
            case plainStepSeconds = "plain_step_seconds"
            case timeRatio = "time_ratio"
            case gemmGflops = "gemm_gflops"
            case modelRssMib = "model_rss_mib"
            case peakRssMib = "peak_rss_mib"
            case plainPeakRssMib = "plain_peak_rss_mib"
            case extraMib = "extra_mib"
        }

        public var text: String {
            String(
                format: """
                    %@, %d patients of %d tokens, rank %d, %@, %d thread(s), %@ time
                    private step %.3f s, ordinary step %.3f s (medians): %.3f times as long
                    peak memory %.0f MiB against %.0f MiB: %+.0f MiB
                    """,
                shape.rawValue, batch, seq, rank, dtype.rawValue, threads, clock.rawValue, stepSeconds.median,
                plainStepSeconds.median, timeRatio, peakRssMib, plainPeakRssMib, extraMib)
        }
    }

    public static func run(_ request: BenchRequest, progress: ProgressHandler) throws -> Outcome {
        try request.check()
        let clock = try request.resolvedClock()
        let work = request.work
        let model = try request.model()
        let rate = try BenchMatrixRate()
        let resident = BenchMemory.resident()
        let privacy = try PrivateSteps(request)
        var generator = ReproducibleGenerator(seed: 1, label: "bench tokens")

        // Each kind of step with a trainer of its own, so that its peak holds nothing of the other's. The warm-up counts: an
        // arena is as large after one step as after many.
        func peak(_ step: (LoRATrainer, [TrainingSequence]) throws -> Void) throws -> Double {
            let trainer = try request.trainer(of: model)
            BenchMemory.resetPeak()
            for _ in 0..<max(2, request.warmup) { try step(trainer, work.batch(using: &generator)) }
            return BenchMemory.peak()
        }
        let plainPeak = try peak { _ = try $0.step(batch: $1) }
        let privatePeak = try peak { try privacy.step($0, $1) }

        let trainer = try request.trainer(of: model)
        _ = try trainer.step(batch: work.batch(using: &generator))
        try privacy.step(trainer, work.batch(using: &generator))
        func time(_ step: () throws -> Void) throws -> Double {
            let start = clock.now()
            try step()
            return max(clock.now() - start, 1e-9)
        }
        var plain: [Double] = []
        var seconds: [Double] = []
        var rates: [Double] = []
        for number in 0..<request.steps {
            let batch = work.batch(using: &generator)
            rates.append(rate.measure(clock))
            let plainStep = { _ = try trainer.step(batch: batch) }
            let privateStep = { try privacy.step(trainer, batch) }
            // The order alternates: what slows down the second of a pair slows down both kinds.
            if number.isMultiple(of: 2) {
                plain.append(try time(plainStep))
                seconds.append(try time(privateStep))
            } else {
                seconds.append(try time(privateStep))
                plain.append(try time(plainStep))
            }
            progress(
                ProgressUpdate(
                    activity: "bench dp", completed: Double(number + 1), total: Double(request.steps), unit: "steps"))
        }
        let step = seconds.median
        return Outcome(
            shape: request.shape, batch: request.batch, seq: work.lengths.max() ?? 0, rank: request.rank,
            dtype: request.dtype, threads: request.threads, clock: clock, steps: request.steps,
            tokensPerSecond: Double(work.tokens) / step, stepSeconds: seconds, plainStepSeconds: plain,
            timeRatio: zip(seconds, plain).map { $0 / $1 }.median,
            gflops: work.floorFLOP(rank: request.rank) / step / 1e9,
            gemmGflops: rates.median, modelRssMib: resident, peakRssMib: privatePeak, plainPeakRssMib: plainPeak,
            extraMib: privatePeak - plainPeak)
    }
}

/// A step of DP-SGD with the peers' settings: clip norm 1, noise multiplier 1.
private struct PrivateSteps {
    let mechanism: GaussianMechanism
    let patients: Double

    init(_ request: BenchRequest) throws {
        mechanism = try GaussianMechanism(clipNorm: 1, noiseMultiplier: 1)
        patients = Double(request.batch)
    }

    func step(_ trainer: LoRATrainer, _ batch: [TrainingSequence]) throws {
        _ = try trainer.privateStep(
            patients: batch.map { [$0] }, mechanism: mechanism, expectedPatients: patients)
    }
}
