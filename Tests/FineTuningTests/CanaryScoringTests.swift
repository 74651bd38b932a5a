import ConsiliumCore
import Foundation
import LanguageModels
import Testing

@testable import FineTuning

@Suite("Scores of canaries")
struct CanaryScoringTests {
    let vectors: TrainingVectors
    let canaries: [TrainingSequence]
    let included: [Bool]

    init() throws {
        vectors = try TrainingVectors("plain")
        var generator = ReproducibleGenerator(seed: 3, label: "canaries")
        canaries = (0..<60).map { _ in
            let ids = (0..<12).map { _ in Int32.random(in: 0..<61, using: &generator) }
            return TrainingSequence(inputIDs: ids, labels: ids)
        }
        included = (0..<60).map { _ in generator.next() & 1 == 1 }
    }

    private var trained: [TrainingSequence] { zip(canaries, included).filter(\.1).map(\.0) }

    /// The chance that a trained canary's score is above another one's.
    private func separation(_ scores: [Double]) -> Double {
        let inside = zip(scores, included).filter(\.1).map(\.0)
        let outside = zip(scores, included).filter { !$0.1 }.map(\.0)
        let wins = inside.reduce(0) { sum, score in sum + outside.count { $0 < score } }
        return Double(wins) / Double(inside.count * outside.count)
    }

    /// One plain step down the gradient of the trained canaries.
    private func step() throws -> [Float] {
        let trainer = try LoRATrainer(model: vectors.model, adapter: vectors.adapter)
        return try trainer.gradient(batch: trained).gradient.map { -0.1 * $0 }
    }

    @Test("one step without noise is read off the adapter, for all canaries together and one by one")
    func gradient() throws {
        let moved = try step()
        var scoring = CanaryScoring(model: vectors.model)
        let together = try scoring.byGradient(canaries, start: vectors.adapter, moved: moved)
        #expect(separation(together) > 0.99)
        scoring.mostFloats = 0
        let single = try scoring.byGradient(canaries, start: vectors.adapter, moved: moved)
        #expect(separation(single) > 0.9)
        #expect(together != single)
    }

    @Test("an adapter that moved the other way, or not at all, shows the opposite or nothing")
    func otherWay() throws {
        let scoring = CanaryScoring(model: vectors.model)
        let opposite = try scoring.byGradient(canaries, start: vectors.adapter, moved: step().map { -$0 })
        #expect(separation(opposite) < 0.01)
        let nothing = try scoring.byGradient(
            canaries, start: vectors.adapter, moved: [Float](repeating: 0, count: vectors.adapter.parameterCount))
        #expect(nothing == [Double](repeating: 0, count: 60))
    }

    @Test("a training lowers the loss of what it was trained on more than that of the rest")
    func loss() throws {
        let trainer = try LoRATrainer(
            model: vectors.model, adapter: vectors.adapter,
            optimizer: OptimizerConfiguration(method: .adamW, learningRate: 0.02))
        for _ in 0..<30 { _ = try trainer.step(batch: trained) }
        let scoring = CanaryScoring(model: vectors.model)
        let scores = try scoring.byLoss(canaries, before: vectors.adapter, after: trainer.adapter)
        #expect(separation(scores) > 0.95)
        let sequence = canaries[7]
        let before = try vectors.model.negativeLogLikelihood(of: [sequence.tokens], adapter: vectors.adapter)[0]
        let after = try vectors.model.negativeLogLikelihood(of: [sequence.tokens], adapter: trainer.adapter)[0]
        #expect(abs(scores[7] - (before.sum - after.sum) / 11) < 1e-4)
        #expect(
            try scoring.byLoss(canaries, before: vectors.adapter, after: vectors.adapter).allSatisfy { abs($0) < 1e-6 })
    }

    @Test("scores don't depend on how many canaries share a pass, and progress is told")
    func passes() throws {
        let moved = try step()
        let many = Array((0..<12).flatMap { _ in canaries })
        let told = Counter()
        let scoring = CanaryScoring(model: vectors.model) { update in told.add(update.completed) }
        var alone = scoring
        alone.mostFloats = 0
        let scores = try alone.byGradient(many, start: vectors.adapter, moved: moved)
        for repeated in 1..<12 {
            for index in 0..<60 {
                #expect(abs(scores[index] - scores[60 * repeated + index]) < 1e-4 * (1 + abs(scores[index])))
            }
        }
        #expect(told.values.last == 720)
    }

    @Test("another adapter's change is refused, and no canaries have no scores")
    func refused() throws {
        let scoring = CanaryScoring(model: vectors.model)
        #expect(throws: FineTuningError(.invalidSettings, "")) {
            try scoring.byGradient(canaries, start: vectors.adapter, moved: [1, 2, 3])
        }
        let zeros = [Float](repeating: 0, count: vectors.adapter.parameterCount)
        #expect(try scoring.byGradient([], start: vectors.adapter, moved: zeros).isEmpty)
    }
}

private final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var seen: [Double] = []
    var values: [Double] { lock.withLock { seen } }
    func add(_ value: Double) { lock.withLock { seen.append(value) } }
}
