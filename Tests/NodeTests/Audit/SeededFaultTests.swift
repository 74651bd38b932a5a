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

/// Whole audited trainings, `consilium-node train --audit-canaries` without its command line: plan, training, scores, and the
/// verdict as an auditor finds it in the files.
@Suite("Seeded faults and the empirical audit")
struct SeededFaultTests {
    /// `CONSILIUM_AUDIT_REPETITIONS=40` for the measurement in Docs/privacy-audit.md, which then prints its table.
    static let repetitions =
        ProcessInfo.processInfo.environment["CONSILIUM_AUDIT_REPETITIONS"].flatMap { Int($0) } ?? 1
    /// As much as an audit with 1000 canaries can refute with room to spare.
    static let target = 1.0

    /// Two steps of DP-SGD with all patients, 50 of them and the canaries, which have eight reports each.
    private func audit(_ fault: SeededFault, number: Int, in folder: TemporaryFolder) throws -> AuditedTraining.Finding
    {
        var generator = ReproducibleGenerator(seed: UInt64(number), label: fault.rawValue)
        let data = (0..<100).map { line in
            let ids = (0..<24).map { _ in Int.random(in: 3..<61, using: &generator) }
            return "{\"input_ids\":\(ids),\"patient\":\"P\(line / 2)\"}"
        }
        var request = TrainRequest(
            model: CanaryAuditTests.model, data: try folder.write("data.jsonl", data.joined(separator: "\n")),
            out: folder.path("out"), adapter: nil)
        let steps = 2
        let noise = try NoiseCalibration.noiseMultiplier(target: PrivacyBudget(epsilon: Self.target, delta: 1e-5)) {
            [PrivacyEvent(mechanism: .gaussian(noiseMultiplier: $0), steps: steps)]
        }
        request.steps = steps
        request.rank = 16
        request.learningRate = 0.01
        request.privacy = .init(clip: 0.05, noiseMultiplier: noise, samplingRate: 1)
        var settings = CanarySettings(canaries: 1000)
        settings.tokens = 8
        request.audit = settings
        request.fault = fault.seam
        return try #require(try TrainService.run(request, progress: { _ in }).audit)
    }

    @Test("every fault is flagged, and a correct training is not", arguments: SeededFault.allCases)
    func flagged(fault: SeededFault) throws {
        let found = try (0..<Self.repetitions).map { number in
            try audit(fault, number: number, in: TemporaryFolder())
        }
        let flagged = found.count(where: \.isRefuted)
        let bounds = found.map(\.lowerBound).sorted()
        if Self.repetitions > 1 {
            print(
                String(
                    format: "| %@ | %d of %d | %.2f | %.2f (%.2f – %.2f) | %d |", fault.rawValue, flagged, found.count,
                    found[0].claimed, bounds[bounds.count / 2], bounds[0], bounds[bounds.count - 1],
                    found.map(\.correct).sorted()[found.count / 2]))
        }
        #expect(found.allSatisfy { $0.claimed > 0.8 && $0.claimed <= Self.target && $0.ceiling > 3.4 })
        if fault == .none {
            #expect(Double(flagged) <= 0.05 * Double(found.count))
        } else {
            #expect(Double(flagged) >= 0.95 * Double(found.count))
        }
    }

    @Test("an audited training leaves its ledger, canaries and scores in the output, and nothing beside it")
    func files() throws {
        let folder = try TemporaryFolder()
        let found = try audit(.none, number: 7, in: folder)
        #expect(found.canaries == 1000 && found.guesses == 100 && found.score == .gradient)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
        #expect(files == ["data.jsonl", "out"])
        let inside = try FileManager.default.contentsOfDirectory(atPath: folder.path("out/audit").path).sorted()
        // SQLite leaves its empty journal.
        #expect(
            inside.filter { !$0.hasSuffix("-journal") } == [
                "canaries.json", "ledger.sqlite", "opening.json", "scores.json",
            ])
        let report = LedgerAudit.audit(files: [folder.path("out/audit/ledger.sqlite")], isTight: true)
        let ledger = try #require(report.ledgers.first)
        #expect(report.isClean && ledger.rows == 5)
        let result = try #require(ledger.audits.first?.result)
        #expect(
            try result.subject == ContentHash(ofFile: folder.path("out/adapter_model.safetensors")))
        #expect(try result.scores == ContentHash(ofFile: folder.path("out/audit/scores.json")))
    }

    @Test("what can't be audited is refused before anything is trained, and leaves nothing")
    func refused() throws {
        let folder = try TemporaryFolder()
        let data = try folder.write("data.jsonl", "{\"input_ids\":[5,6,7],\"patient\":\"a\"}\n")
        func expect(_ change: (inout TrainRequest) -> Void) {
            var request = TrainRequest(model: CanaryAuditTests.model, data: data, out: folder.path("out"), adapter: nil)
            request.steps = 1
            request.privacy = .init(clip: 1, noiseMultiplier: 2, samplingRate: 0.5)
            request.audit = CanarySettings(canaries: 200)
            change(&request)
            let error = #expect(throws: (any Error).self) { try TrainService.run(request, progress: { _ in }) }
            #expect(error is any ConsiliumError)
            let left = try? FileManager.default.contentsOfDirectory(atPath: folder.url.path)
            #expect(left == ["data.jsonl"])
        }
        expect { $0.privacy = nil }
        expect { $0.saveEvery = 1 }
        expect { $0.resumes = true }
        expect { $0.trainsAllWeights = true }
        expect { $0.audit?.canaries = 10 }
        expect { $0.audit?.reports = 0 }
        expect { $0.privacy?.samplingRate = 0 }
        expect { $0.privacy?.noiseMultiplier = .nan }
        // Found only when the training has begun.
        expect { $0.steps = 0 }
        expect { $0.learningRate = .infinity }
    }
}
