import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import SecureAggregation
import Testing

@testable import Coordinator
@testable import Transport

@Suite("Jobs by every aggregation rule over the network", .serialized)
struct AggregationRunTests {
    struct Choice: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout JobManifest) -> Void

        init(_ name: String, _ change: @escaping @Sendable (inout JobManifest) -> Void) {
            testDescription = name
            self.change = { job in
                job.recipe.rank = 2
                change(&job)
            }
        }
    }

    static let weights = ["clinic-1": 1.0, "clinic-2": 4, "clinic-3": 2]

    static let choices = [
        Choice("frozen-a") { $0.aggregation.rule = .frozenA },
        Choice("alternating with FedAdam") {
            $0.aggregation.rule = .alternating
            $0.aggregation.serverOptimizer = ServerOptimizer(method: .adam, learningRate: 0.1)
        },
        Choice("fedit with FedAvgM and weights") {
            $0.aggregation.serverOptimizer = ServerOptimizer(method: .momentum)
            $0.aggregation.weights = weights
        },
    ]

    /// What the rounds give without rings and network.
    private func expected(_ job: JobManifest, _ adapter: AdapterFile) throws -> AdapterFile {
        var (adapter, moments) = (adapter, ServerState.Moments?.none)
        for round in 1...job.rounds {
            let count = try job.updateShape(inRound: round, of: job.clinics[0]).parameters
            var mean = [Double](repeating: 0, count: count)
            for clinic in job.clinics.indices {
                for (index, value) in TestCoordinator.sent(clinic: clinic, round: round, count: count, of: job)
                    .enumerated()
                {
                    mean[index] += Double(value) / Double(job.clinics.count)
                }
            }
            let next = try FederatedAveraging(job.aggregation).next(
                mean.map(Float.init), of: job.clinics, round: round, adapter: adapter, moments: moments)
            (adapter, moments) = (next.adapter, next.moments)
        }
        return adapter
    }

    private func final(_ test: TestCoordinator, _ job: JobManifest, _ server: RunningCoordinator) async throws
        -> AdapterFile
    {
        let hash = try await FederationRunTests.finalAdapter(test, job, server)
        return try AdapterFile(contentsOf: test.folder.adapter(hash))
    }

    @Test("the adapter is what the rule says, and kills between rounds change no bit of it", arguments: choices)
    func rules(choice: Choice) async throws {
        var finals: [AdapterFile] = []
        for withKills in [false, true] {
            let test = try await TestCoordinator()
            var server = try await test.start()
            let (job, initial) = try await test.runningJob(on: server, rounds: 4, choice.change)
            for round in 1...4 {
                for index in [1, 2, 0] {
                    try await test.deliver(index, round: round, of: job, on: server)
                    if withKills {
                        await server.kill()
                        server = try await test.start()
                    }
                }
            }
            let adapter = try await final(test, job, server)
            let plain = try expected(job, initial)
            let worst = zip(adapter.values, plain.values).map { abs(Double($0) - Double($1)) }.max() ?? 1
            #expect(worst <= 1e-4, "the ring's rounding, which FedAdam divides by a small number")
            finals.append(adapter)
            #expect(!FileManager.default.fileExists(atPath: test.folder.serverStates(job.id).path))
            await server.kill()
        }
        #expect(finals[0] == finals[1])
    }

    @Test("a server optimizer's state is on the disk after each round, of the last two rounds at most")
    func serverState() async throws {
        try await withCoordinator { test, server in
            let (job, _) = try await test.runningJob(on: server, rounds: 5) {
                $0.aggregation.serverOptimizer = ServerOptimizer(method: .adam)
            }
            for round in 1...3 {
                for index in 0..<3 { try await test.deliver(index, round: round, of: job, on: server) }
            }
            try await server.with(test.consortium.clinics[0]) { client in
                guard case .train(4, _, _) = try await client.task(of: job.id, waitSeconds: 20) else {
                    throw FederationError(.roundClosed, "Round 4 is not open.")
                }
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: test.folder.serverStates(job.id).path)
            #expect(names.sorted() == ["2.safetensors", "3.safetensors"])
        }
    }

    @Test("a lost state stops the job with a reason, it is never made up")
    func lostState() async throws {
        try await withCoordinator { test, server in
            let (job, _) = try await test.runningJob(on: server, rounds: 3) {
                $0.aggregation.serverOptimizer = ServerOptimizer(method: .momentum)
            }
            for index in 0..<3 { try await test.deliver(index, round: 1, of: job, on: server) }
            for index in 0..<2 { try await test.deliver(index, round: 2, of: job, on: server) }
            try FileManager.default.removeItem(at: test.folder.serverState(job.id, after: 1))
            try await test.deliver(2, round: 2, of: job, on: server)
            try await server.with(test.consortium.clinics[0]) { client in
                var task = try await client.task(of: job.id, waitSeconds: 20)
                while case .wait = task { task = try await client.task(of: job.id, waitSeconds: 20) }
                guard case .stopped(let reason) = task else {
                    throw FederationError(.roundClosed, "The job goes on.")
                }
                #expect(reason.contains("state after round 1"))
            }
        }
    }

    private func results(_ test: TestCoordinator, _ job: JobManifest, _ server: RunningCoordinator) async throws
        -> RoundResult
    {
        try await server.with(test.consortium.admin) { client in
            try await client.result(of: job.id, round: 1).verify(
                kind: .roundResult, authority: test.consortium.authority.certificate, at: Date()
            ) { $0.isCoordinator }
        }
    }

    @Test("fedit's inexactness is in the signed result, an exact rule has none")
    func inexactness() async throws {
        for (rule, isMeasured) in [(AggregationPlan.Rule.fedit, true), (.frozenA, false)] {
            try await withCoordinator { test, server in
                let (job, initial) = try await test.runningJob(on: server, rounds: 1) {
                    $0.recipe.rank = 2
                    $0.aggregation.rule = rule
                }
                for index in 0..<3 { try await test.deliver(index, round: 1, of: job, on: server) }
                _ = try await final(test, job, server)
                let error = try await results(test, job, server).aggregationError
                guard isMeasured else {
                    #expect(error == nil)
                    return
                }
                let count = initial.layout.count
                let expected = try ProductUpdates(
                    job.clinics.indices.map { clinic in
                        let sent = TestCoordinator.sent(clinic: clinic, round: 1, count: count, of: job)
                        return .init(clinic: job.clinics[clinic]) { Array(sent[$0]) }
                    }, plan: job.aggregation, rank: 2, adapter: initial
                ).factorAveragingError()
                let measured = try #require(error)
                #expect(abs(measured - (try #require(expected))) <= 1e-3 * measured)
            }
        }
    }

    @Test("stack-svd takes single updates of different ranks")
    func stacked() async throws {
        try await withCoordinator { test, server in
            let (job, initial) = try await test.runningJob(on: server, rounds: 1) {
                $0.recipe.rank = 2
                $0.aggregation.rule = .stackSVD
                $0.aggregation.ranks = ["clinic-2": 1]
                $0.aggregation.weights = Self.weights
            }
            for index in 0..<3 { try await test.deliver(index, round: 1, of: job, on: server) }
            let adapter = try await final(test, job, server)
            let expected = try ProductUpdates(
                job.clinics.indices.map { clinic in
                    let count = try job.updateShape(inRound: 1, of: job.clinics[clinic]).parameters
                    let sent = TestCoordinator.sent(clinic: clinic, round: 1, count: count, of: job)
                    return .init(clinic: job.clinics[clinic]) { Array(sent[$0]) }
                }, plan: job.aggregation, rank: 2, adapter: initial
            ).stackedMean()
            let worst = zip(adapter.values, expected.adapter.values).map { abs($0 - $1) }.max() ?? 1
            #expect(worst <= 1e-4)
            let error = try await results(test, job, server).aggregationError ?? -1
            #expect(abs(error - expected.truncationError) <= 1e-3 * error)
        }
    }

    @Test("an update that is longer than its weight allows is refused")
    func overweight() async throws {
        try await withCoordinator { test, server in
            let (job, _) = try await test.runningJob(on: server, rounds: 1) { $0.aggregation.weights = Self.weights }
            let count = job.initialAdapter.parameters
            let vector = try TestCoordinator.encoding(count: count).encode(
                delta: [Float](repeating: 10, count: count))
            let clinic = test.consortium.clinics[0]
            let update = try test.update(
                of: clinic, vector: vector, job: job, round: 1, adapter: job.initialAdapter.hash)
            try await expectRefusal(.updateMalformed) {
                try await server.with(clinic) {
                    try await $0.upload(vector: vector, manifest: update.document, announcing: update.manifest)
                }
            }
        }
    }

    @Test("an adapter that does not have the parts which the job describes is not accepted with it")
    func wrongParts() async throws {
        try await withCoordinator { test, server in
            let (file, adapter) = try test.initialAdapter()
            var job = try test.manifest(adapter: adapter, file: file)
            job.recipe.rank = 2
            job.aggregation.rule = .frozenA
            job.initialAdapter = .init(
                hash: job.initialAdapter.hash, adapter: adapter, plan: job.aggregation, rank: 2)
            job.initialAdapter.frozenHash = ContentHash(of: Data("another A".utf8))
            try await expectRefusal(.adapterMismatch) { try await test.propose(job, file: file, on: server) }
        }
    }
}
