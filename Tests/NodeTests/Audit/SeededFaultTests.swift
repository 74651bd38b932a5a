import ConsiliumCore
import ConsiliumTesting
import Foundation
import LanguageModels
import Ledger
import Privacy
import Tensors
import Testing

@testable import FineTuning
@testable import Node

/// What goes wrong in private training, put in at the one place where patients' gradients become a released sum.
enum SeededFault: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case none = "correct"
    case noiseOff = "noise off"
    case tenthOfNoise = "sigma / 10"
    case clipSkipped = "clip skipped"
    case reportsClipped = "per-report clip"

    var testDescription: String { rawValue }

    var seam: PrivateStepFault? {
        switch self {
        case .none: nil
        case .noiseOff:
            PrivateStepFault { mechanism, count, _, _ in FaultySum(clip: mechanism.clipNorm, count: count) { $0 } }
        case .tenthOfNoise:
            PrivateStepFault { mechanism, count, random, threads in
                let weak = try GaussianMechanism(
                    clipNorm: mechanism.clipNorm, noiseMultiplier: mechanism.noiseMultiplier / 10)
                return NoisyAggregation(
                    sum: try PatientGradientSum(mechanism: weak, count: count), random: random, threads: threads)
            }
        case .clipSkipped:
            PrivateStepFault { mechanism, count, random, _ in
                FaultySum(clip: .infinity, count: count) { sum in
                    var sum = sum
                    try mechanism.addNoise(to: &sum, source: random)
                    return sum
                }
            }
        case .reportsClipped:
            PrivateStepFault(sample: { $0.flatMap { $0.map { [$0] } } }) { mechanism, count, random, threads in
                NoisyAggregation(
                    sum: try PatientGradientSum(mechanism: mechanism, count: count), random: random, threads: threads)
            }
        }
    }
}

/// A sum in floating point that releases whatever a fault makes of it.
private struct FaultySum: PatientAggregation {
    let clip: Double
    var sum: [Float]
    let release: @Sendable ([Float]) throws -> [Float]

    init(clip: Double, count: Int, release: @escaping @Sendable ([Float]) throws -> [Float]) {
        self.clip = clip
        sum = [Float](repeating: 0, count: count)
        self.release = release
    }

    mutating func add(_ gradient: UnsafeBufferPointer<Float>) throws {
        let factor = Float(min(1, clip / max(VectorOperations.norm(gradient), 1e-30)))
        let scaled = UnsafeMutableBufferPointer<Float>.allocate(capacity: gradient.count)
        defer { scaled.deallocate() }
        _ = scaled.update(from: gradient)
        VectorOperations.scale(scaled, by: factor)
        VectorOperations.add(UnsafeBufferPointer(scaled), to: &sum)
    }

    func released() throws -> [Float] { try release(sum) }
    var clipped: Int { 0 }
    var dropped: Int { 0 }
}

@Suite("Seeded faults and the empirical audit")
struct SeededFaultTests {
    static let environment = ProcessInfo.processInfo.environment
    /// `CONSILIUM_AUDIT_REPETITIONS=40` for the measurement in Docs/privacy-audit.md.
    static var repetitions: Int { environment["CONSILIUM_AUDIT_REPETITIONS"].flatMap { Int($0) } ?? 1 }

    private func outcome(_ fault: SeededFault, _ number: Int, score: CanaryPlan.Score) throws -> TrainService.Outcome {
        let folder = try TemporaryFolder()
        var generator = ReproducibleGenerator(seed: UInt64(number), label: fault.rawValue)
        let data = (0..<100).map { patient in
            let ids = (0..<24).map { _ in Int.random(in: 3..<61, using: &generator) }
            return "{\"input_ids\":\(ids),\"patient\":\"P\(patient / 2)\"}"
        }.joined(separator: "\n")
        var request = TrainRequest(
            model: SharedData.packageRoot.appendingPathComponent("Tests/LanguageModelsTests/Vectors/plain"),
            data: try folder.write("data.jsonl", data), out: folder.path("out"), adapter: nil)
        func setting(_ name: String, _ standard: Double) -> Double {
            Self.environment[name].flatMap { Double($0) } ?? standard
        }
        request.steps = Int(setting("X_STEPS", 2))
        request.rank = Int(setting("X_RANK", 8))
        request.learningRate = setting("X_LR", 0.01)
        let steps = request.steps ?? 1
        let rate = setting("X_Q", 0.5)
        let noise = try NoiseCalibration.noiseMultiplier(target: PrivacyBudget(epsilon: 1, delta: 1e-5)) {
            [PrivacyEvent(mechanism: .gaussian(noiseMultiplier: $0), sampling: rate == 1 ? .none : .poisson(rate: rate), steps: steps)]
        }
        request.privacy = .init(clip: setting("X_CLIP", 0.05), noiseMultiplier: noise, samplingRate: rate)
        request.fault = fault.seam
        var audit = CanarySettings(canaries: 1000)
        audit.tokens = Int(setting("X_TOKENS", 16))
        audit.reports = Int(setting("X_REPORTS", 8))
        audit.score = score
        request.audit = audit
        return try TrainService.run(request, progress: { _ in })
    }

    @Test("X", arguments: SeededFault.allCases)
    func flagged(fault: SeededFault) throws {
        for number in 0..<Self.repetitions {
            let began = ContinuousClock.now
            let score = CanaryPlan.Score(rawValue: Self.environment["X_SCORE"] ?? "gradient") ?? .gradient
            let found = try #require(try outcome(fault, number, score: score).audit)
            print(fault.rawValue, found.correct, found.lowerBound, found.claimed, found.exposure, found.truePositiveRate, found.verdict, ContinuousClock.now - began)
        }
    }
}
