import ConsiliumCore
import Federation
import Foundation
import Testing

@Suite("LoRA aggregation rules")
struct AggregationRuleTests {
    private func next(_ fixture: ProductFixture, round: Int = 1) throws -> AdapterFile {
        try FederatedAveraging(fixture.plan).next(
            fixture.mean(round: round), of: fixture.clinics, round: round, adapter: fixture.adapter
        ).adapter
    }

    @Test(
        "where one factor rests, the product of the averages is the average of the products",
        arguments: [
            (AggregationPlan.Rule.frozenA, 1), (.frozenA, 2), (.alternating, 1), (.alternating, 2), (.alternating, 3),
        ], [nil, [1.0, 4, 0.5]])
    func exact(_ mode: (rule: AggregationPlan.Rule, round: Int), weights: [Double]?) throws {
        let fixture = try ProductFixture(mode.rule) { plan in
            plan.weights = weights.map {
                Dictionary(uniqueKeysWithValues: zip(["clinic-1", "clinic-2", "clinic-3"], $0))
            }
        }
        let published = try ProductFixture.products(next(fixture, round: mode.round))
        let expected = try fixture.meanOfProducts(round: mode.round)
        #expect(ProductFixture.relativeError(published, expected) <= 1e-6)
        #expect(try ProductFixture.relativeError(published, ProductFixture.products(fixture.adapter)) > 1e-2)
    }

    @Test("frozen-a leaves every bit of A alone; alternating changes B in odd rounds and A in even ones")
    func factors() throws {
        for (rule, round, changed) in [
            (AggregationPlan.Rule.frozenA, 1, AdapterFactors.onlyB), (.frozenA, 2, .onlyB), (.alternating, 1, .onlyB),
            (.alternating, 2, .onlyA),
        ] {
            let fixture = try ProductFixture(rule)
            let published = try next(fixture, round: round)
            let resting: AdapterFactors = changed == .onlyB ? .onlyA : .onlyB
            #expect(published.hash(of: resting) == fixture.adapter.hash(of: resting))
            #expect(published.hash(of: changed) != fixture.adapter.hash(of: changed))
            #expect(fixture.mean(round: round).count == fixture.adapter.layout.part(changed).count)
        }
    }

    @Test("fedit is not exact, and says by how much", arguments: [0.05, 0.3, 1])
    func inexact(size: Double) throws {
        let fixture = try ProductFixture(.fedit)
        let published = try ProductFixture.products(next(fixture))
        let measured = try #require(try fixture.updates().factorAveragingError())
        let expected = try ProductFixture.relativeError(published, fixture.meanOfProducts())
        #expect(expected > 1e-3)
        #expect(abs(measured - expected) <= 1e-4 * expected)
    }

    @Test("with one clinic, or clinics that agree, fedit is exact")
    func agreement() throws {
        let one = try ProductFixture(.fedit, clinics: 1)
        #expect(try #require(try one.updates().factorAveragingError()) < 1e-7)
    }

    @Test("the inexactness of too many clinics is not measured, and that of nothing has no size")
    func unmeasured() throws {
        let many = try ProductFixture(.fedit, clinics: 65)
        #expect(try many.updates().factorAveragingError() == nil)
    }

    @Test("stack-svd gives the average of the products wherever the job's rank can hold it")
    func stackedWithRoom() throws {
        let fixture = try ProductFixture(.stackSVD, rank: 6, zeroB: true) {
            $0.ranks = ["clinic-1": 2, "clinic-2": 1, "clinic-3": 2]
        }
        let averaged = try fixture.updates().stackedMean()
        let published = try ProductFixture.products(averaged.adapter)
        #expect(try ProductFixture.relativeError(published, fixture.meanOfProducts()) <= 1e-6)
        #expect(averaged.truncationError < 1e-7)
    }

    @Test("stack-svd with equal ranks loses what a cut must lose, and says how much")
    func stackedAndCut() throws {
        let fixture = try ProductFixture(.stackSVD) { $0.weights = ["clinic-1": 3, "clinic-2": 1, "clinic-3": 2] }
        let averaged = try fixture.updates().stackedMean()
        let published = try ProductFixture.products(averaged.adapter)
        let expected = try fixture.meanOfProducts()
        let error = ProductFixture.relativeError(published, expected)
        #expect(averaged.truncationError > 1e-3)
        #expect(abs(error - averaged.truncationError) <= 1e-5)
        // The best that rank 4 can do is better than averaging the factors.
        let factors = try ProductFixture.products(next(ProductFixture(.fedit) { $0.weights = fixture.plan.weights }))
        #expect(error < ProductFixture.relativeError(factors, expected))
    }

    @Test("what a clinic of a smaller rank does not train counts as unchanged")
    func restingComponents() throws {
        let fixture = try ProductFixture(.stackSVD, clinics: 1, rank: 4) { $0.ranks = ["clinic-1": 1] }
        let averaged = try fixture.updates().stackedMean()
        let own = try ProductFixture.products(fixture.trained(0))
        let before = try ProductFixture.products(fixture.adapter.truncated(toRank: 1))
        let whole = try ProductFixture.products(fixture.adapter)
        let expected = whole.indices.map { whole[$0] + own[$0] - before[$0] }
        #expect(try ProductFixture.relativeError(ProductFixture.products(averaged.adapter), expected) <= 1e-6)
    }

    @Test("components that nobody uses keep their A, so that they can still learn")
    func unusedComponents() throws {
        let fixture = try ProductFixture(.stackSVD, clinics: 1, rank: 4, zeroB: true) { $0.ranks = ["clinic-1": 2] }
        let averaged = try fixture.updates().stackedMean().adapter
        let product = try #require(try averaged.layout.products().first)
        let last = product.a.suffix(product.input)
        #expect(averaged.values[last] == fixture.adapter.values[last])
        for row in 0..<product.output { #expect(averaged.values[product.b.lowerBound + row * 4 + 3] == 0) }
    }

    @Test("the same updates give the same bits")
    func repeatable() throws {
        let fixture = try ProductFixture(.stackSVD)
        #expect(try fixture.updates().stackedMean() == fixture.updates().stackedMean())
    }

    @Test("a mean alone is not enough for stack-svd")
    func needsUpdates() throws {
        let fixture = try ProductFixture(.stackSVD)
        #expect(throws: FederationError(.invalidJob, "")) { try next(fixture) }
    }

    @Test("tensors that are no factors can't be averaged as products")
    func otherTensors() throws {
        let layouts = [
            [("a.lora_A.weight", [2, 3]), ("a.lora_B.weight", [3, 3])], [("a.lora_A.weight", [2, 3])],
            [("a.lora_A.weight", [2, 3]), ("a.lora_B.weight", [3, 2]), ("head.weight", [2, 2])],
        ]
        for entries in layouts {
            let layout = AdapterLayout(entries: entries.map { .init(name: $0.0, shape: $0.1) })
            let error = #expect(throws: FederationError(.adapterMismatch, "")) { try layout.products() }
            #expect(error?.message.contains("product") == true)
        }
    }
}
