import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import SecureAggregation
import Testing

@testable import Coordinator
@testable import Transport

/// The server against `coordinator/openapi.yaml`, in both directions.
@Suite("The interface is as its document says", .serialized)
struct ContractTests {
    /// What was answered, by the server's own count: `GET /v1/jobs 200`.
    private static func answers(_ test: TestCoordinator, _ server: RunningCoordinator) async throws -> Set<String> {
        let page = try await server.with(test.consortium.admin) { client in
            String(decoding: try await client.exchange.send(.get, "/metrics").body, as: UTF8.self)
        }
        var found: Set<String> = []
        for line in page.split(separator: "\n") where line.hasPrefix("consilium_http_requests_total{") {
            let parts = line.split(separator: "\"")
            #expect(parts.count == 7)
            found.insert("\(parts[1]) \(parts[3]) \(parts[5])")
        }
        return found
    }

    private static func described(_ document: OpenAPIDocument) -> Set<String> {
        Set(document.operations.flatMap { operation in operation.responses.keys.map { "\(operation.name) \($0)" } })
    }

    @Test("the document lists exactly the routes")
    func routes() async throws {
        let document = try OpenAPIDocument()
        try await withCoordinator(clinics: 1) { _, server in
            #expect(Set(server.paths) == Set(document.operations.map(\.name)))
        }
    }

    @Test("whatever is asked by whomever, the answer is one that the document has, with a body of its form")
    func probes() async throws {
        let document = try OpenAPIDocument()
        let values: [String: [String]] = [
            "job": ["job-1", "job-2", "No!"], "round": ["1", "999", "x"], "chunk": ["0", "7", "-1"],
            "token": ["0123456789abcdef", "zz"],
            "hash": [String(repeating: "0", count: 64), "abc"],
        ]
        let bodies: [Exchange.Body] = [
            .none, .json(Data("{}".utf8)), .json(Data("[1,".utf8)),
            .octets(Data(repeating: 7, count: 100), hash: ContentHash(of: Data("another".utf8))),
        ]
        let test = try await TestCoordinator()
        let server = try await test.start()
        _ = try await test.runningJob(on: server)
        let peers: [(tls: TLSSettings, isMember: Bool)] = [
            (TLSSettings(authority: test.consortium.authority.certificate), false),
            (TLSSettings(test.consortium.clinics[0]), true), (TLSSettings(test.consortium.admin), true),
            (TLSSettings(test.consortium.coordinator), false),
        ]
        for peer in peers {
            try await server.with(peer.tls) { client in
                let isMember = peer.isMember
                for operation in document.operations {
                    let method = try #require(Exchange.Method(rawValue: operation.method))
                    for path in Self.paths(operation.path, values) {
                        // Who may not ask at all is refused before anything is read.
                        let tried = method == .get || !isMember ? [Exchange.Body.none] : bodies
                        for body in tried {
                            try await Self.probe(client, document, operation, method, path, body)
                        }
                    }
                }
            }
        }
        let undescribed = try await Self.answers(test, server).subtracting(Self.described(document))
        #expect(undescribed.isEmpty, "\(undescribed.sorted())")
        await server.kill()
    }

    /// The path with every value for its first parameter, and good ones for the others; then the same for the others.
    private static func paths(_ path: String, _ values: [String: [String]]) -> Set<String> {
        let names = path.split(separator: "{").dropFirst().compactMap {
            $0.split(separator: "}").first.map(String.init)
        }
        var paths: Set<String> = []
        for chosen in names.isEmpty ? [""] : names {
            for value in values[chosen] ?? [""] {
                var filled = path
                for name in names {
                    let word = name == chosen ? value : values[name]?.first ?? ""
                    filled = filled.replacingOccurrences(of: "{\(name)}", with: word)
                }
                paths.insert(filled)
            }
        }
        return paths
    }

    private static func probe(
        _ client: CoordinatorClient, _ document: OpenAPIDocument, _ operation: OpenAPIDocument.Operation,
        _ method: Exchange.Method, _ path: String, _ body: Exchange.Body
    ) async throws {
        do {
            let reply = try await client.exchange.send(method, path, query: "wait=0", body: body)
            guard !reply.body.isEmpty, operation.path != "/metrics" else { return }
            let json = try JSONSerialization.jsonObject(with: reply.body, options: .fragmentsAllowed)
            let faults = document.faults(in: json, of: operation, status: reply.status)
            #expect(faults.isEmpty, "\(operation.name) \(reply.status): \(faults)")
        } catch let error as FederationError {
            // A refusal whose body is no `Error` would be read as this sentence.
            #expect(!error.message.contains("not in the words of a coordinator"), "\(operation.name)")
        }
    }

    @Test("a whole run meets every success that the document describes, and no other answer")
    func successes() async throws {
        let document = try OpenAPIDocument()
        let test = try await TestCoordinator()
        let server = try await test.start()
        try await Self.enrol(test, server)
        try await Self.clearJob(test, server)
        // One job at a time has the id.
        let other = try await TestCoordinator()
        var masked = try await other.start()
        let job = try await other.maskedJob(on: masked)
        var clinics = (0..<3).map { SumClinic(other, $0, job) }
        for clinic in clinics { try await clinic.ready(1, on: masked) }
        try await MaskedRunTests.sum(&clinics, round: 1, on: &masked)
        let renewed = try await test.renew([test.consortium.clinics[0]], on: server)
        try await server.with(renewed[0]) { _ = try await $0.certificates() }
        try await server.with(test.consortium.admin) { client in
            try await client.checkHealth()
            _ = try await client.coordinatorCertificates()
            _ = try await client.exchange.send(.get, "/readyz")
            _ = try await client.overview()
            _ = try await client.exchange.send(.get, "/metrics")
        }
        let seen = try await Self.answers(test, server).union(Self.answers(other, masked))
        let described = Self.described(document)
        #expect(seen.isSubset(of: described), "\(seen.subtracting(described).sorted())")
        let successes = described.filter { $0.split(separator: " ").last?.hasPrefix("2") == true }
        #expect(successes.isSubset(of: seen), "\(successes.subtracting(seen).sorted())")
        await server.kill()
        await masked.kill()
    }

    /// Token, request, the admin's answer, and the roster with the clinic on it.
    private static func enrol(_ test: TestCoordinator, _ server: RunningCoordinator) async throws {
        let (token, record) = try EnrolmentTests.token(test)
        let keys = PeerKeys()
        let request = try EnrolmentRequest(token: token, keys: keys, at: test.consortium.date)
        let authority = test.consortium.authority
        let newcomer = TLSSettings(authority: authority.certificate)
        let grant = try authority.grant(keys, role: .clinic(token.clinic), at: test.consortium.date)
        try await server.with(test.consortium.admin) { try await $0.register(record) }
        let early = try await server.with(newcomer) { try await $0.enroll(request) }
        #expect(early == nil)
        try await server.with(test.consortium.admin) { admin in
            #expect(try await admin.pendingEnrolments() == [request])
            try await admin.grant(grant, token: token.id)
            let roster = try CanonicalJSON.decode(Roster.self, from: test.consortium.roster.payload)
            let member = try Roster.Member(
                name: "New", tlsCertificate: grant.tlsCertificate, signingCertificate: grant.signingCertificate)
            try await admin.publish(
                test.consortium.admin.sign(
                    roster.replacing(members: roster.members + [member], at: test.consortium.date), kind: .roster))
        }
        let fetched = try await server.with(newcomer) { try await $0.grant(for: request) }
        let again = try await server.with(newcomer) { try await $0.enroll(request) }
        #expect(fetched == grant && again == grant)
    }

    /// A job in the clear with every request that a clinic makes.
    private static func clearJob(_ test: TestCoordinator, _ server: RunningCoordinator) async throws {
        let (job, _) = try await test.runningJob(on: server, rounds: 2)
        for index in 0..<3 { try await test.deliver(index, round: 1, of: job, on: server) }
        _ = try await MaskedRunTests.result(1, job, test, server)
        try await server.with(test.consortium.clinics[0]) { client in
            _ = try await client.roster()
            _ = try await client.jobs()
            _ = try await client.job(job.id)
            #expect(try await client.uploadStatus(of: job.id, round: 1).complete)
            let adapter = job.initialAdapter.hash
            let file = test.consortium.folder.path("fetched.safetensors")
            try await client.downloadAdapter(adapter, to: file)
            // Resumed behind the first bytes.
            let other = test.consortium.folder.path("resumed.safetensors")
            try Data(contentsOf: file).prefix(4).write(to: other.appendingPathExtension("part"))
            try await client.downloadAdapter(adapter, to: other)
            try await client.send(
                HeldOutMetrics(
                    job: job.id, clinic: test.clinicIDs[0], round: 1, adapter: adapter, patients: 20,
                    baseBitsPerByte: 2, federatedBitsPerByte: 1))
            try await client.send(
                EvaluationMetrics(
                    job: job.id, clinic: test.clinicIDs[0], round: 1, adapter: adapter,
                    tasks: [
                        .init(
                            name: "quiz", items: 12, units: 12, figures: [.init(name: "acc", base: 0.25, common: 0.5)])
                    ]))
            guard case .train(let round, _, _) = try await client.task(of: job.id, waitSeconds: 20) else { return }
            let skip = UpdateSkip(
                job: job.id, jobHash: try job.hash(), round: round, clinic: test.clinicIDs[0], reason: .fault)
            try await client.skip(
                test.consortium.clinics[0].sign(skip, kind: .update), of: job.id, round: round)
        }
    }
}
