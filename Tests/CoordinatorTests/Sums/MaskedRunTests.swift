import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import SecureAggregation
import Testing

@testable import Coordinator
@testable import Transport

@Suite("Masked rounds over the network", .serialized)
struct MaskedRunTests {
    /// Runs the sum of a round to its end.
    ///
    /// - Parameters:
    ///   - silentFrom: the first step that a clinic does not answer.
    ///   - clock: put forward once by more than any step lasts, when nobody else is asked any more.
    ///   - afterEach: called after each answer; may put another server in the place of the one that runs.
    static func sum(
        _ clinics: inout [SumClinic], round: Int, on server: inout RunningCoordinator,
        silentFrom: [Int: SecureSumStep] = [:], clock: MovableClock? = nil,
        afterEach: (RunningCoordinator) async throws -> RunningCoordinator = { $0 }
    ) async throws {
        let end = ContinuousClock.now + .seconds(120)
        var clock = clock
        while ContinuousClock.now < end {
            var isOver = false
            var answers = 0
            for index in clinics.indices {
                switch try await clinics[index].poll(round, on: server) {
                case .over: isOver = true
                case .wait: break
                case .answer(let request):
                    if let step = silentFrom[clinics[index].index], request.step >= step { continue }
                    try await clinics[index].answer(request, round: round, on: server)
                    server = try await afterEach(server)
                    answers += 1
                }
            }
            if isOver { return }
            if answers == 0 {
                clock?.advance(by: 3601)
                clock = nil
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        throw FederationError(.unavailable, "The sum of round \(round) did not end.")
    }

    static func result(_ round: Int, _ job: JobManifest, _ test: TestCoordinator, _ server: RunningCoordinator)
        async throws -> RoundResult
    {
        try await server.with(test.consortium.admin) { admin in
            for _ in 0..<200 {
                if let document = try? await admin.result(of: job.id, round: round) {
                    return try CanonicalJSON.decode(RoundResult.self, from: document.payload)
                }
                try await Task.sleep(for: .milliseconds(50))
            }
            throw FederationError(.notFound, "Round \(round) has no result.")
        }
    }

    /// The adapter of the same updates in clear.
    static func clearAdapter(participants: [Int], rounds: Int) async throws -> ContentHash {
        let test = try await TestCoordinator(clinics: 4)
        let clock = MovableClock()
        let server = try await test.start(now: clock.now)
        let (job, _) = try await test.runningJob(on: server, rounds: rounds)
        for round in 1...rounds {
            for index in participants { try await test.deliver(index, round: round, of: job, on: server) }
            if participants.count < 4 { clock.advance(by: 601) }
        }
        let hash = try await Self.result(rounds, job, test, server).adapter
        await server.kill()
        return hash
    }

    @Test("two masked rounds give the adapter of the same updates in clear, bit for bit, and keep nothing of them")
    func equalsClear() async throws {
        let test = try await TestCoordinator(clinics: 4)
        var server = try await test.start()
        let job = try await test.maskedJob(on: server, rounds: 2)
        var clinics = (0..<4).map { SumClinic(test, $0, job) }
        var last: RoundResult?
        for round in 1...2 {
            for clinic in clinics { try await clinic.ready(round, on: server) }
            try await Self.sum(&clinics, round: round, on: &server)
            let result = try await Self.result(round, job, test, server)
            #expect(result.participants.map(\.clinic) == test.clinicIDs && result.missing.isEmpty)
            #expect(result.secureSum?.attempt == 1)
            last = result
        }
        #expect(try await last?.adapter == Self.clearAdapter(participants: [0, 1, 2, 3], rounds: 2))
        let store = try SQLiteStore(file: test.folder.database, readOnly: true)
        // A moment after the result is there.
        for _ in 0..<100 where try await store.lastAttempt(of: job.id, round: 2) != nil {
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(try await store.lastAttempt(of: job.id, round: 2) == nil)
        await server.kill()
    }

    @Test("a coordinator that is killed after every single answer ends with the same adapter")
    func kills() async throws {
        let test = try await TestCoordinator(clinics: 3)
        var server = try await test.start()
        let job = try await test.maskedJob(on: server)
        var clinics = (0..<3).map { SumClinic(test, $0, job) }
        for clinic in clinics {
            try await clinic.ready(1, on: server)
            await server.kill()
            server = try await test.start()
        }
        var kills = 0
        try await Self.sum(&clinics, round: 1, on: &server) { running in
            await running.kill()
            kills += 1
            return try await test.start()
        }
        #expect(kills == 15)
        let result = try await Self.result(1, job, test, server)
        #expect(result.secureSum?.attempt == 1)
        await server.kill()
        let again = try await TestCoordinator(clinics: 3)
        var other = try await again.start()
        let same = try await again.maskedJob(on: other)
        var undisturbed = (0..<3).map { SumClinic(again, $0, same) }
        for clinic in undisturbed { try await clinic.ready(1, on: other) }
        try await Self.sum(&undisturbed, round: 1, on: &other)
        #expect(try await Self.result(1, same, again, other).adapter == result.adapter)
        await other.kill()
    }

    @Test(
        "a clinic that dies in the sum costs one deadline, and is in the sum if its update had arrived",
        arguments: SecureSumStep.allCases)
    func dropout(from step: SecureSumStep) async throws {
        let test = try await TestCoordinator(clinics: 4)
        let clock = MovableClock()
        var server = try await test.start(now: clock.now)
        let job = try await test.maskedJob(on: server, roundSeconds: 3600)
        var clinics = (0..<4).map { SumClinic(test, $0, job) }
        for clinic in clinics { try await clinic.ready(1, on: server) }
        try await Self.sum(&clinics, round: 1, on: &server, silentFrom: [2: step], clock: clock)
        let result = try await Self.result(1, job, test, server)
        let participants = step > .masked ? [0, 1, 2, 3] : [0, 1, 3]
        #expect(result.participants.map(\.clinic) == participants.map { test.clinicIDs[$0] })
        #expect(result.missing == (step > .masked ? [] : [test.clinicIDs[2]]))
        #expect(result.secureSum?.attempt == 1)
        #expect(try await result.adapter == Self.clearAdapter(participants: participants, rounds: 1))
        await server.kill()
    }

    @Test("with too few clinics an attempt ends and another one begins, which ends well when they are back")
    func newAttempt() async throws {
        let test = try await TestCoordinator(clinics: 3)
        let clock = MovableClock()
        var server = try await test.start(now: clock.now)
        let job = try await test.maskedJob(on: server, roundSeconds: 3600)
        var clinics = (0..<3).map { SumClinic(test, $0, job) }
        for clinic in clinics { try await clinic.ready(1, on: server) }
        // The third gives its masked update and falls silent: the attempt can't be signed any more.
        var isPutForward = false
        for _ in 0..<400 {
            var answers = 0
            for index in 0..<3 {
                guard case .answer(let request) = try await clinics[index].poll(1, on: server) else { continue }
                if index == 2, request.step >= .survivors { continue }
                if case .offer(let session) = request, session.attempt == 2 { continue }
                try await clinics[index].answer(request, round: 1, on: server)
                answers += 1
            }
            if answers == 0, !isPutForward {
                clock.advance(by: 61)
                isPutForward = true
            }
            if case .answer(.offer(let session)) = try await clinics[2].poll(1, on: server), session.attempt == 2 {
                break
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        try await Self.sum(&clinics, round: 1, on: &server)
        let result = try await Self.result(1, job, test, server)
        #expect(result.participants.count == 3 && result.secureSum?.attempt == 2)
        await server.kill()
    }

    @Test("an update in clear, one for another session and one before the sum are refused")
    func refusals() async throws {
        let test = try await TestCoordinator(clinics: 3)
        let server = try await test.start()
        let job = try await test.maskedJob(on: server)
        let clinics = (0..<3).map { SumClinic(test, $0, job) }
        func announce(_ session: ContentHash?) async throws -> FederationError.Code? {
            let manifest = UpdateManifest(
                job: job.id, jobHash: try job.hash(), round: 1, clinic: test.clinicIDs[0],
                adapter: job.initialAdapter.hash, layoutHash: job.initialAdapter.layoutHash,
                vector: Data(count: job.initialAdapter.parameters * 4), ledgerSequence: nil, ledgerHash: nil,
                session: session)
            let document = try test.consortium.clinics[0].sign(manifest, kind: .update)
            return try await server.with(test.consortium.clinics[0]) { client in
                try await refusal { _ = try await client.send(.put, Endpoint.update(job.id, 1), document) }
            }
        }
        #expect(try await announce(nil) == .roundClosed)
        #expect(try await announce(job.initialAdapter.hash) == .roundClosed)
        #expect(try await clinics[0].poll(1, on: server) == .over)
        for clinic in clinics { try await clinic.ready(1, on: server) }
        #expect(try await announce(nil) == .roundClosed)
        #expect(try await announce(job.initialAdapter.hash) == .roundClosed)
        // Another clinic's message, and a clinic that is in no sum.
        guard case .answer(let offer) = try await clinics[0].poll(1, on: server) else {
            Issue.record("There is no offer.")
            return
        }
        var node = try SecureSumNode(
            subject: SecureSumSubject(job: job, hash: job.hash(), round: 1, adapter: job.initialAdapter.hash),
            member: "clinic-1", reservation: nil, after: 0)
        let key = test.consortium.clinics[0].keys.signing
        let roster = try SecureSumRoster(
            test.consortium.clinics.enumerated().map {
                try .init(id: test.clinicIDs[$0].text, signingKey: $1.keys.signing.publicKey.bytes)
            })
        guard
            case .send(let envelope) = try node.handle(
                offer, trusted: roster, sign: { try key.sign($0) }, random: SystemRandom())
        else { return }
        try await server.with(test.consortium.clinics[1]) { client in
            try await expectRefusal(.malformedMessage) { try await client.answer(envelope, of: job.id, round: 1) }
        }
        try await server.with(test.consortium.clinics[0]) { client in
            try await expectRefusal(.roundClosed) { try await client.answer(envelope, of: job.id, round: 2) }
        }
        await server.kill()
    }
}
