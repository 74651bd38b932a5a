import ConsiliumCore
import ConsiliumTesting
import Foundation
import LanguageModels
import Privacy
import Testing

@testable import FineTuning

/// Keeps every patient's gradient and releases what the test says: the sum if it says nothing.
private struct Recorder: PatientAggregation {
    let seen: Seen
    var release: @Sendable ([Float]) throws -> [Float] = { $0 }

    final class Seen {
        var gradients: [[Float]] = []
        var count = 0
    }

    func add(_ gradient: UnsafeBufferPointer<Float>) { seen.gradients.append(Array(gradient)) }

    func released() throws -> [Float] {
        var sum = [Float](repeating: 0, count: seen.gradients.first?.count ?? seen.count)
        for gradient in seen.gradients { for index in gradient.indices { sum[index] += gradient[index] } }
        return try release(sum)
    }

    var clipped: Int { 0 }
    var dropped: Int { 0 }
}

@Suite("Private steps")
struct PrivateStepTests {
    let vectors: TrainingVectors
    let sgd = OptimizerConfiguration(method: .sgd, learningRate: 1)

    init() throws { vectors = try TrainingVectors("plain") }

    /// The gradients that the aggregation gets to see.
    func gradients(_ patients: [[TrainingSequence]], trainable: TrainableFactors = .both) throws -> (
        each: [[Float]], sum: [Float], result: PrivateStepResult
    ) {
        let trainer = try LoRATrainer(
            model: vectors.model, adapter: vectors.adapter, optimizer: sgd, trainable: trainable)
        let seen = Recorder.Seen()
        seen.count = trainer.core.trainableCount
        let recorder = Recorder(seen: seen)
        let result = try trainer.core.privateStep(
            patients: patients, aggregation: recorder, expectedPatients: 10, rate: nil)
        return (seen.gradients, try recorder.released(), result)
    }

    @Test("without clipping the sum is that of the patients' gradients of their mean losses")
    func sumOfGradients() throws {
        let patients = vectors.patients(5)
        let found = try gradients(patients)
        #expect(found.each.count == 5 && found.result.patients == 5)
        let trainer = try LoRATrainer(model: vectors.model, adapter: vectors.adapter)
        var expected = [Float](repeating: 0, count: vectors.adapter.parameterCount)
        for patient in patients {
            for (index, value) in try trainer.gradient(batch: patient).gradient.enumerated() {
                expected[index] += value
            }
        }
        #expect(norm(zip(found.sum, expected).map { $0 - $1 }) < 1e-5 * norm(expected))
    }

    @Test("patients with one sequence of equal length have the batch's gradient together")
    func batchGradient() throws {
        let ids: [[Int32]] = [[1, 2, 3, 4, 5], [9, 8, 7, 6, 5], [60, 0, 60, 0, 1]]
        let batch = ids.map { TrainingSequence(inputIDs: $0, labels: $0) }
        let found = try gradients(batch.map { [$0] })
        let trainer = try LoRATrainer(model: vectors.model, adapter: vectors.adapter)
        let expected = try trainer.gradient(batch: batch).gradient
        #expect(norm(zip(found.sum, expected).map { $0 / 3 - $1 }) < 1e-5 * norm(expected))
    }

    @Test("the noise is that of the mechanism: the step moves by clipped sum plus noise over the expected number")
    func wholeMechanism() throws {
        // σ = z C = 1e-3 beside a sum of four patients clipped to 0.1.
        let mechanism = try GaussianMechanism(clipNorm: 0.1, noiseMultiplier: 0.01)
        let trainer = try LoRATrainer(model: vectors.model, adapter: vectors.adapter, optimizer: sgd)
        let patients = vectors.patients(4)
        let result = try trainer.privateStep(
            patients: patients, mechanism: mechanism, expectedPatients: 8, learningRate: 0.5,
            random: SeededRandom(seed: 7))
        var expected = [Float](repeating: 0, count: vectors.adapter.parameterCount)
        var clipped = 0
        for gradient in try gradients(patients).each {
            let length = norm(gradient)
            if length > 0.1 { clipped += 1 }
            for index in gradient.indices { expected[index] += gradient[index] * Float(min(1, 0.1 / length)) }
        }
        #expect(result.clippedPatients == clipped && clipped > 0 && result.rejectedPatients == 0)
        let moved = zip(trainer.adapter.parameters, vectors.adapter.parameters).map { ($1 - $0) * 8 / 0.5 }
        let noise = zip(moved, expected).map { $0 - $1 }
        let deviation = norm(noise) / Double(noise.count).squareRoot()
        #expect(deviation > 0.8e-3 && deviation < 1.2e-3)
    }

    @Test("the released sum is divided by the expected number of patients, not by the sample's")
    func expectedNumber() throws {
        let trainer = try LoRATrainer(model: vectors.model, adapter: vectors.adapter, optimizer: sgd)
        let before = trainer.adapter.parameters
        let recorder = Recorder(seen: .init()) { _ in before.indices.map { Float($0 % 5) - 2 } }
        _ = try trainer.core.privateStep(
            patients: vectors.patients(2), aggregation: recorder, expectedPatients: 8, rate: 0.5)
        for (index, value) in trainer.adapter.parameters.enumerated() {
            #expect(abs(value - (before[index] - 0.5 * (Float(index % 5) - 2) / 8)) < 1e-6)
        }
    }

    @Test("an empty sample still adds noise and steps")
    func emptySample() throws {
        let trainer = try LoRATrainer(model: vectors.model, adapter: vectors.adapter)
        let result = try trainer.privateStep(
            patients: [], mechanism: GaussianMechanism(clipNorm: 1, noiseMultiplier: 1), expectedPatients: 4,
            random: SeededRandom(seed: 1))
        #expect(result.patients == 0 && result.loss == 0)
        #expect(trainer.optimizerState.stepsOfA == 1 && trainer.optimizerState.stepsOfB == 1)
        #expect(zip(trainer.adapter.parameters, vectors.adapter.parameters).allSatisfy { $0 != $1 })
    }

    @Test("a patient without supervised tokens or without sequences counts and contributes nothing")
    func silentPatients() throws {
        let silent = TrainingSequence(inputIDs: [1, 2], labels: [-100, -100])
        let patient = vectors.patients(1)[0]
        let found = try gradients([[silent], patient, [], [silent, silent]])
        let alone = try gradients([patient])
        #expect(found.result.patients == 4)
        #expect(norm(zip(found.sum, alone.sum).map { $0 - $1 }) < 1e-6)
    }

    @Test("a gradient that is not finite counts as zero")
    func brokenGradients() throws {
        var wild = vectors.adapter
        try wild.setParameters(wild.parameters.map { $0 * 1e18 })
        let trainer = try LoRATrainer(model: vectors.model, adapter: wild, optimizer: sgd)
        let result = try trainer.privateStep(
            patients: vectors.patients(3), mechanism: GaussianMechanism(clipNorm: 1, noiseMultiplier: 1),
            expectedPatients: 3,
            random: SeededRandom(seed: 1))
        #expect(result.patients == 3 && result.rejectedPatients == 3)
    }

    @Test("frozen factors get neither noise nor an update", arguments: [TrainableFactors.onlyA, .onlyB])
    func frozenFactors(trainable: TrainableFactors) throws {
        let trainer = try LoRATrainer(
            model: vectors.model, adapter: vectors.adapter, optimizer: sgd, trainable: trainable)
        let count = vectors.adapter.layout.filter { $0.isA == (trainable == .onlyA) }.reduce(0) { $0 + $1.count }
        let result = try trainer.privateStep(
            patients: vectors.patients(3), mechanism: GaussianMechanism(clipNorm: 1, noiseMultiplier: 1),
            expectedPatients: 3,
            random: SeededRandom(seed: 1))
        #expect(result.trainableParameters == count)
        for tensor in vectors.adapter.layout {
            let changed = trainer.adapter.parameters[tensor.range] != vectors.adapter.parameters[tensor.range]
            #expect(changed == (tensor.isA == (trainable == .onlyA)))
        }
    }

    @Test("if the noise fails, nothing is changed")
    func failingNoise() throws {
        let trainer = try LoRATrainer(model: vectors.model, adapter: vectors.adapter)
        let state = trainer.optimizerState
        #expect(throws: CoreError(.randomnessUnavailable, "")) {
            try trainer.privateStep(
                patients: vectors.patients(1), mechanism: GaussianMechanism(clipNorm: 1, noiseMultiplier: 1),
                expectedPatients: 1, random: FailingRandom(afterBytes: 8))
        }
        for broken in [[Float.nan], []] as [[Float]] {
            #expect(throws: FineTuningError(.numericalFault, "")) {
                try trainer.core.privateStep(
                    patients: [], aggregation: Recorder(seen: .init()) { _ in broken }, expectedPatients: 1, rate: nil)
            }
        }
        #expect(trainer.adapter == vectors.adapter && trainer.optimizerState == state)
    }

    @Test("a senseless expected number is refused", arguments: [0.0, -1, .infinity, .nan])
    func refusals(expected: Double) throws {
        let trainer = try LoRATrainer(model: vectors.model, adapter: vectors.adapter)
        #expect(throws: FineTuningError(.invalidSettings, "")) {
            try trainer.privateStep(
                patients: [], mechanism: GaussianMechanism(clipNorm: 1, noiseMultiplier: 1), expectedPatients: expected)
        }
    }

    @Test("a patient with more sequences than fit a pass still gives one gradient, that of all of them")
    func largePatient() throws {
        let vectors = try TrainingVectors("plain")
        let many = (0..<140).map { number in
            let ids = (0..<40).map { Int32(($0 * 7 + number * 13) % 61) }
            return TrainingSequence(inputIDs: ids, labels: ids, patient: "many")
        }
        #expect(many.count * 40 > ParameterTrainer.usualTokensPerPass)
        let few = Array(many.prefix(2))
        let source = try AdapterGradientSource(model: vectors.model, adapter: vectors.adapter, checkpointing: false)
        let trainer = try ParameterTrainer(
            source: source, parameters: vectors.adapter.parameters, optimizer: OptimizerConfiguration(), threads: 1)
        let recorder = Recorder(seen: .init())
        let expected = try [many, few].map { try trainer.gradient(batches: [$0]).gradient }
        let result = try trainer.privateStep(
            patients: [many, few], aggregation: recorder, expectedPatients: 2, rate: 0)
        #expect(recorder.seen.gradients.count == 2)
        #expect(result.supervisedTokens == 140 * 39 + 2 * 39)
        for (found, wanted) in zip(recorder.seen.gradients, expected) {
            let difference = norm(zip(found, wanted).map { $0 - $1 })
            #expect(difference < 1e-4 * norm(wanted))
        }
    }

    @Test("FedProx pulls after the noise: no patient's gradient contains it, and the update has it in full")
    func proximal() throws {
        let patients = vectors.patients(3)
        let trainer = try LoRATrainer(model: vectors.model, adapter: vectors.adapter, optimizer: sgd)
        let start = vectors.adapter.parameters
        let anchor = start.map { $0 - 0.5 }
        try trainer.setProximal(ProximalTerm(strength: 0.25, anchor: anchor))
        let seen = Recorder.Seen()
        var recorder = Recorder(seen: seen)
        recorder.release = { $0.map { _ in 2 } }
        _ = try trainer.core.privateStep(
            patients: patients, aggregation: recorder, expectedPatients: 10, rate: nil)
        #expect(try seen.gradients == gradients(patients).each)
        // The released sum over the expected patients, and 0.25 times the distance of 0.5.
        let expected = start.map { $0 - 2 / 10 - 0.25 * 0.5 }
        #expect(zip(trainer.adapter.parameters, expected).allSatisfy { abs($0 - $1) < 1e-5 })
    }
}
