import ConsiliumCore
import ConsiliumTesting
import Foundation
import LanguageModels
import Privacy
import Testing

@testable import FineTuning

/// A table of logits for every input token, all of which is trained, with labels at the position of their input: as unlike
/// an adapter of a causal model as a gradient source can be.
private final class TableSource: GradientSource {
    static let vocabulary = 5
    private var table: [Float] = []

    var blocks: [ParameterBlock] {
        let half = Self.vocabulary * Self.vocabulary / 2
        return [
            ParameterBlock(name: "first", range: 0..<half, isA: true),
            ParameterBlock(name: "second", range: half..<Self.vocabulary * Self.vocabulary, isA: true),
        ]
    }

    func setParameters(_ values: [Float]) { table = values }

    func supervisedTokens(in sequence: TokenSequence) -> Int { sequence.labels.count { $0 >= 0 } }

    func check(_ sequence: TokenSequence) {}

    private func row(_ input: Int32) -> [Double] {
        let logits = (0..<Self.vocabulary).map { exp(Double(table[Int(input) * Self.vocabulary + $0])) }
        let sum = logits.reduce(0, +)
        return logits.map { $0 / sum }
    }

    func run(
        _ groups: [AdapterGradientPass.Group], factors: (a: Bool, b: Bool),
        body: (Int, Double, UnsafeMutableBufferPointer<Float>) throws -> Void
    ) throws {
        for (number, group) in groups.enumerated() {
            var gradient = [Float](repeating: 0, count: parameterCount)
            var loss = 0.0
            for sequence in group.sequences {
                for (input, label) in zip(sequence.inputIDs, sequence.labels) where label >= 0 {
                    let probabilities = row(input)
                    loss -= log(probabilities[Int(label)])
                    for index in probabilities.indices {
                        let slope = probabilities[index] - (index == Int(label) ? 1 : 0)
                        gradient[Int(input) * Self.vocabulary + index] += Float(slope) * group.tokenWeight
                    }
                }
            }
            try gradient.withUnsafeMutableBufferPointer { try body(number, loss, $0) }
        }
    }

    func losses(of sequences: [TokenSequence], parameters: [Float]) throws -> (sum: Double, tokens: Int) {
        table = parameters
        var sum = 0.0
        try run([.init(sequences: sequences, tokenWeight: 0)], factors: (true, true)) { _, loss, _ in sum += loss }
        return (sum, sequences.reduce(0) { $0 + supervisedTokens(in: $1) })
    }
}

@Suite("Training of any parameters")
struct ParameterTrainerTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The label of a token is the next one of the vocabulary; the first position counts like all others.
    var sequences: [TrainingSequence] {
        var generator = ReproducibleGenerator(seed: 1)
        return (0..<12).map { number in
            let ids = (0..<6).map { _ in Int32.random(in: 0..<5, using: &generator) }
            let labels = ids.enumerated().map { $0 % 3 == 2 ? -100 : ($1 + 1) % 5 }
            return TrainingSequence(inputIDs: ids, labels: labels, patient: "\(number / 2)")
        }
    }

    func trainer(_ rate: Float = 0.1) throws -> ParameterTrainer {
        try ParameterTrainer(
            source: TableSource(), parameters: (0..<25).map { Float($0 % 4) * 0.1 },
            optimizer: OptimizerConfiguration(learningRate: rate), threads: 1)
    }

    @discardableResult
    func train(_ run: TrainingRun, _ name: String, stopBefore step: Int = .max) throws -> TrainingRun.Summary {
        struct Stop: Error {}
        var started = 0
        return try run.run(
            try trainer(run.optimizer.learningRate), identity: ["base model": "table"], sequences: sequences,
            output: folder.path(name),
            mayContinue: {
                started += 1
                if started - 1 == step { throw Stop() }
            }, progress: nil
        ) { parameters, part in
            try parameters.withUnsafeBytes { try Data($0).write(to: part.appendingPathComponent("table")) }
        }
    }

    @Test("the gradient is the slope of the loss by finite differences")
    func finiteDifferences() throws {
        let trainer = try trainer()
        let batches = [Array(sequences[..<5]), Array(sequences[5...])]
        let found = try trainer.gradient(batches: batches)
        #expect(abs(found.result.loss - (try trainer.loss(of: sequences, tokens: 20))) < 1e-9)
        let start = trainer.parameters
        for index in start.indices {
            var ends: [Double] = []
            for step in [Float(1e-2), -1e-2] {
                var moved = start
                moved[index] += step
                trainer.replace(parameters: moved)
                ends.append(try trainer.loss(of: sequences, tokens: 1000))
            }
            #expect(abs((ends[0] - ends[1]) / 2e-2 - Double(found.gradient[index])) < 1e-5)
        }
    }

    @Test("a run learns, counts what the source counts as supervised, and resumes with the same bits")
    func run() throws {
        var run = TrainingRun(
            optimizer: OptimizerConfiguration(learningRate: 0.3), length: .epochs(6), batchTokens: 24, seed: 2)
        run.checkpointEvery = 2
        run.validation = .init(sequences: sequences, every: 4)
        let summary = try train(run, "whole")
        #expect(summary.supervisedTokens == 6 * 12 * 4 && summary.tokens == 6 * 12 * 6)
        #expect(summary.lastLoss < summary.firstLoss / 2)
        #expect(throws: (any Error).self) { try train(run, "parts", stopBefore: 5) }
        run.resumes = true
        try train(run, "parts")
        func table(_ name: String) throws -> Data { try Data(contentsOf: folder.path("\(name)/table")) }
        #expect(try table("parts") == table("whole"))
    }

    @Test("private steps train it too")
    func privateRun() throws {
        let privacy = TrainingRun.Privacy(
            mechanism: try GaussianMechanism(clipNorm: 1, noiseMultiplier: 0.01), samplingRate: 1,
            random: SeededRandom(seed: 1))
        let run = TrainingRun(
            optimizer: OptimizerConfiguration(learningRate: 0.3), length: .steps(20), privacy: privacy)
        let summary = try train(run, "out")
        #expect(summary.lastLoss < summary.firstLoss / 2 && summary.startedSteps == 20)
    }
}
