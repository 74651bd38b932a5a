import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing

@Suite("Server optimizers and weights")
struct ServerOptimizerTests {
    /// One number that changes by these averages, one a round.
    private func run(_ optimizer: ServerOptimizer?, _ averages: [Float], from start: Float = 1) throws -> [Float] {
        let plan = AggregationPlan(
            rule: .fedit, secureAggregation: .off, updateClipNorm: 1, minimumClinics: 1, serverOptimizer: optimizer)
        var adapter = try AdapterFile(
            layout: AdapterLayout(entries: [.init(name: "x.lora_B.weight", shape: [1, 1])]), values: [start])
        var moments: ServerState.Moments?
        var values: [Float] = []
        for (index, average) in averages.enumerated() {
            let next = try FederatedAveraging(plan).next(
                [average], of: [ClinicID("one")], round: index + 1, adapter: adapter, moments: moments)
            (adapter, moments) = (next.adapter, next.moments)
            values.append(adapter.values[0])
        }
        return values
    }

    private func near(_ values: [Float], _ expected: [Double]) -> Bool {
        values.count == expected.count && zip(values, expected).allSatisfy { abs(Double($0) - $1) <= 1e-6 }
    }

    @Test("FedAvg adds the average, times its rate")
    func average() throws {
        #expect(try near(run(nil, [0.5, -0.25]), [1.5, 1.25]))
        #expect(try near(run(ServerOptimizer(method: .average), [0.5, -0.25]), [1.5, 1.25]))
        #expect(try near(run(ServerOptimizer(method: .average, learningRate: 0.5), [0.5, -0.25]), [1.25, 1.125]))
    }

    @Test("FedAvgM adds a momentum of the averages")
    func momentum() throws {
        // m = 0.5; 0.45 - 0.25 = 0.2; 0.18 + 0 = 0.18
        let values = try run(ServerOptimizer(method: .momentum, beta1: 0.9), [0.5, -0.25, 0])
        #expect(near(values, [1.5, 1.7, 1.88]))
    }

    @Test("FedAdam is algorithm 2 of Reddi et al. 2021, without bias correction, from v = tau²")
    func adam() throws {
        let optimizer = ServerOptimizer(method: .adam, learningRate: 0.1, beta1: 0.9, beta2: 0.99, tau: 0.01)
        var (x, m, v) = (1.0, 0.0, 0.0001)
        var expected: [Double] = []
        for delta in [0.5, -0.25, 0.125] {
            m = 0.9 * m + 0.1 * delta
            v = 0.99 * v + 0.01 * delta * delta
            x += 0.1 * m / (v.squareRoot() + 0.01)
            expected.append(x)
        }
        #expect(try near(run(optimizer, [0.5, -0.25, 0.125]), expected))
    }

    @Test("what a round does not train keeps its value and its moments")
    func restingFactors() throws {
        let fixture = try ProductFixture(.alternating) { $0.serverOptimizer = ServerOptimizer(method: .adam) }
        let averaging = FederatedAveraging(fixture.plan)
        let first = try averaging.next(fixture.mean(round: 1), of: fixture.clinics, round: 1, adapter: fixture.adapter)
        let second = try averaging.next(
            fixture.mean(round: 2), of: fixture.clinics, round: 2, adapter: first.adapter, moments: first.moments)
        #expect(second.adapter.hash(of: .onlyB) == first.adapter.hash(of: .onlyB))
        let (before, after) = try (#require(first.moments), #require(second.moments))
        for range in fixture.adapter.layout.ranges(.onlyB) { #expect(before.first[range] == after.first[range]) }
        for range in fixture.adapter.layout.ranges(.onlyA) { #expect(before.first[range] != after.first[range]) }
    }

    @Test("the state on the disk continues the run bit for bit, and fits its round and adapter only")
    func durableState() throws {
        let folder = try TemporaryFolder()
        let job = try JobID("a-job")
        let adapter = ContentHash(of: Data("adapter".utf8))
        let fixture = try ProductFixture(.fedit) { $0.serverOptimizer = ServerOptimizer(method: .adam) }
        let next = try FederatedAveraging(fixture.plan).next(
            fixture.mean(), of: fixture.clinics, round: 1, adapter: fixture.adapter)
        let state = ServerState(job: job, round: 1, adapter: adapter, moments: try #require(next.moments))
        let file = folder.path("1.safetensors")
        try state.write(to: file)
        let bytes = try Data(contentsOf: file)
        let read = try ServerState(contentsOf: file, job: job, round: 1, adapter: adapter)
        #expect(read == state)
        try read.write(to: file)
        #expect(try Data(contentsOf: file) == bytes)
        for (other, round, hash) in [
            (try JobID("other"), 1, adapter), (job, 2, adapter), (job, 1, ContentHash(of: Data())),
        ] {
            #expect(throws: FederationError(.adapterMismatch, "")) {
                try ServerState(contentsOf: file, job: other, round: round, adapter: hash)
            }
        }
        try Data("no state".utf8).write(to: file)
        let error = #expect(throws: FederationError(.adapterMismatch, "")) {
            try ServerState(contentsOf: file, job: job, round: 1, adapter: adapter)
        }
        #expect(error?.message.contains("Restore it from a backup") == true)
    }

    @Test("moments of another size or optimizer are refused")
    func otherState() throws {
        let adam = try ProductFixture(.fedit) { $0.serverOptimizer = ServerOptimizer(method: .adam) }
        let momentum = try ProductFixture(.fedit) { $0.serverOptimizer = ServerOptimizer(method: .momentum) }
        let moments = try FederatedAveraging(momentum.plan).next(
            momentum.mean(), of: momentum.clinics, round: 1, adapter: momentum.adapter
        ).moments
        #expect(throws: FederationError(.adapterMismatch, "")) {
            try FederatedAveraging(adam.plan).next(
                adam.mean(), of: adam.clinics, round: 2, adapter: adam.adapter, moments: moments)
        }
    }

    @Test("a weight counts relative to those who take part, whoever is missing")
    func weights() throws {
        let fixture = try ProductFixture(.frozenA) { $0.weights = ["clinic-1": 2, "clinic-2": 1, "clinic-3": 8] }
        #expect(fixture.plan.relativeWeight(of: fixture.clinics[2]) == 1)
        #expect(fixture.plan.relativeWeight(of: fixture.clinics[0]) == 0.25)
        let next = try FederatedAveraging(fixture.plan).next(
            fixture.mean(of: [0, 1]), of: [fixture.clinics[0], fixture.clinics[1]], round: 1, adapter: fixture.adapter)
        let (one, two) = (fixture.delta(0), fixture.delta(1))
        var at = 0
        for range in fixture.adapter.layout.ranges(.onlyB) {
            for index in range {
                let expected = Double(fixture.adapter.values[index]) + (2 * Double(one[at]) + Double(two[at])) / 3
                #expect(abs(Double(next.adapter.values[index]) - expected) <= 1e-6)
                at += 1
            }
        }
    }

    @Test("an average of nobody is not published")
    func nobody() throws {
        let fixture = try ProductFixture(.fedit)
        #expect(throws: FederationError(.updateMalformed, "")) {
            try FederatedAveraging(fixture.plan).next(fixture.mean(), of: [], round: 1, adapter: fixture.adapter)
        }
    }
}
