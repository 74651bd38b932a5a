import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import LanguageModels
import SecureAggregation
import Tensors
import Testing

@testable import Node

@Suite("What a clinic sends of a round")
struct RoundUpdateTests {
    let model: ModelConfiguration
    let start: AdapterFile
    let clinic: ClinicID
    let configuration = LoRAConfiguration(rank: 4, alpha: 8, targets: ["attention"])

    init() throws {
        model = try ModelConfiguration(
            huggingFace: Data(contentsOf: NodeFixture.demoBase.appendingPathComponent("config.json")))
        let adapter = try LoRAAdapter(configuration: configuration, for: model, seed: 3)
        var generator = ReproducibleGenerator(seed: 5)
        start = try AdapterFile(
            layout: AdapterLayout(entries: adapter.tensors.map { .init(name: $0.name, shape: $0.shape) }),
            values: adapter.parameters.map { $0 + Float(generator.unit() - 0.5) })
        clinic = try ClinicID("lakeside")
    }

    private func job(
        _ rule: AggregationPlan.Rule, _ change: (inout AggregationPlan) -> Void = { _ in }
    ) throws -> JobManifest {
        let job = try NodeFixture.job(clinics: ["lakeside", "northshore", "summit"]) { job in
            job.recipe.rank = 4
            job.recipe.alpha = 8
            job.aggregation.rule = rule
            change(&job.aggregation)
            job.initialAdapter = .init(
                hash: job.initialAdapter.hash, adapter: start, plan: job.aggregation, rank: 4)
        }
        try job.validate()
        return job
    }

    /// The change that arrives when every trained number grows by `amount`.
    private func decoded(_ update: RoundUpdate, growBy amount: Float) throws -> [Float] {
        let adapter = try update.startingAdapter(configuration, for: model)
        let encoding = try update.encoding()
        var sum = RingAccumulator(encoding: encoding)
        try sum.add(update: update.vector(adapter.parameters.map { $0 + amount }, encoding: encoding))
        return try sum.decodeMean()
    }

    @Test(
        "it has the numbers of the factors that the round trains",
        arguments: [
            (AggregationPlan.Rule.fedit, 1, AdapterFactors.both), (.frozenA, 1, .onlyB), (.frozenA, 2, .onlyB),
            (.alternating, 1, .onlyB), (.alternating, 2, .onlyA), (.stackSVD, 1, .both),
        ])
    func factors(rule: AggregationPlan.Rule, round: Int, factors: AdapterFactors) throws {
        let update = try RoundUpdate(job(rule), round: round, clinic: clinic, from: start)
        let layout = start.layout.part(factors)
        #expect(update.shape == UpdateShape(layout))
        let change = try decoded(update, growBy: 0.01)
        #expect(change.count == layout.count)
        #expect(change.allSatisfy { abs($0 - 0.01) < 1e-4 })
    }

    @Test("a weight shortens the clipped update: its norm is at most the weight times the clip norm")
    func weights() throws {
        let job = try job(.fedit) {
            $0.weights = ["lakeside": 1, "northshore": 4, "summit": 2]
            $0.updateClipNorm = 2
        }
        let update = try RoundUpdate(job, round: 1, clinic: clinic, from: start)
        let small = try decoded(update, growBy: 0.001)
        #expect(small.allSatisfy { abs($0 - 0.00025) < 1e-5 })
        let clipped = try decoded(update, growBy: 1)
        #expect(abs(try RingEncoding.norm(of: clipped) - 0.5) < 1e-3)
        let heaviest = try RoundUpdate(job, round: 1, clinic: ClinicID("northshore"), from: start)
        #expect(abs(try RingEncoding.norm(of: decoded(heaviest, growBy: 1)) - 2) < 1e-3)
    }

    @Test("a clinic of a smaller rank trains the first components with the same scale, and sends fewer numbers")
    func smallerRank() throws {
        let job = try job(.stackSVD) { $0.ranks = ["lakeside": 1] }
        let update = try RoundUpdate(job, round: 1, clinic: clinic, from: start)
        #expect(update.shape.parameters == start.layout.count / 4)
        #expect(!update.keepsMoments)
        let adapter = try update.startingAdapter(configuration, for: model)
        #expect(adapter.configuration.rank == 1)
        #expect(adapter.configuration.scale == configuration.scale)
        #expect(try adapter.parameters == start.truncated(toRank: 1).values)
        #expect(try decoded(update, growBy: 0.01).count == start.layout.count / 4)
    }

    @Test("a coordinator that changes a frozen A is refused before anything is trained")
    func changedFrozenFactor() throws {
        let job = try job(.frozenA)
        for factors in [AdapterFactors.onlyA, .onlyB] {
            var other = start
            let place = try #require(other.layout.ranges(factors).last).lowerBound
            other.values[place] = other.values[place].nextUp
            if factors == .onlyB {
                _ = try RoundUpdate(job, round: 2, clinic: clinic, from: other)
            } else {
                #expect(throws: NodeError.code(.adapterMismatch)) {
                    try RoundUpdate(job, round: 2, clinic: clinic, from: other)
                }
            }
        }
    }

    @Test("an adapter of another layout, and a job that describes a part wrongly, are refused")
    func mismatches() throws {
        let smaller = try start.truncated(toRank: 2)
        #expect(throws: NodeError.code(.adapterMismatch)) {
            try RoundUpdate(job(.fedit), round: 1, clinic: clinic, from: smaller)
        }
        var wrong = try job(.alternating)
        wrong.initialAdapter.updates?["b"]?.parameters -= 1
        #expect(throws: NodeError.code(.adapterMismatch)) {
            try RoundUpdate(wrong, round: 1, clinic: clinic, from: start)
        }
        _ = try RoundUpdate(wrong, round: 2, clinic: clinic, from: start)
        let encoding = try RoundUpdate(job(.fedit), round: 1, clinic: clinic, from: start).encoding()
        #expect(throws: NodeError.code(.adapterMismatch)) {
            try RoundUpdate(job(.fedit), round: 1, clinic: clinic, from: start).vector([1], encoding: encoding)
        }
    }
}
