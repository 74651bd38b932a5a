import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import SecureAggregation
import Testing

@testable import Node
@testable import Transport

/// The gate is asked where messages are made; here every way in which the client could send one is tried without it.
@Suite("Nothing leaves around the gate")
struct EgressDoorTests {
    let node: NodeFixture
    let gate: EgressGate
    let consortium: ThrowawayConsortium
    let job: JobManifest

    init() async throws {
        node = try NodeFixture()
        let services = try node.services()
        gate = services.gate
        consortium = try await ThrowawayConsortium(clinics: 1)
        job = try NodeFixture.job {
            $0.evaluation = EvaluationPlan(tasks: [.init(name: "quiz", kind: .multipleChoice)])
            $0.egress.append(.evaluationMetrics)
        }
        try services.store.remember(consortium.admin.sign(job, kind: .job), id: job.id)
        try services.store.decide(job.id, .approved, by: "Dr. Weber", at: Date())
    }

    /// Dials a port where nobody listens: what passes the door is `.unavailable`.
    private func client() throws -> CoordinatorClient {
        let address = try CoordinatorAddress("https://127.0.0.1:1")
        var options = try NodeServices.clientOptions(
            SiteConfiguration(clinic: .init(id: try ClinicID("lakeside"))), for: address, gate: gate)
        options.retry = .never
        return try CoordinatorClient(address: address, tls: TLSSettings(consortium.clinics[0]), options: options)
    }

    private func code(_ body: () async throws -> Void) async -> String {
        do {
            try await body()
            return "sent"
        } catch {
            return (error as? any ConsiliumError)?.codeName ?? "\(error)"
        }
    }

    @Test("every message that the client can send is refused unless its very bytes are in the record")
    func messages() async throws {
        let clinic = consortium.clinics[0]
        let hash = ContentHash(of: Data("x".utf8))
        let id = try ClinicID("lakeside")
        let request = try EnrolmentRequest(token: EnrolmentToken(clinic: id), keys: PeerKeys(), at: Date())
        let consent = try clinic.sign(
            Consent(job: job.id, jobHash: hash, clinic: id, decision: .approved), kind: .consent)
        let ready = try clinic.sign(
            RoundReady(job: job.id, jobHash: hash, round: 1, clinic: id, adapter: hash), kind: .update)
        let skip = try clinic.sign(
            UpdateSkip(job: job.id, jobHash: hash, round: 1, clinic: id, reason: .budget), kind: .update)
        let envelope = try CanonicalJSON.decode(
            SecureSumEnvelope.self,
            from: CanonicalJSON.encode(
                Envelope(sender: "lakeside", step: .keys, payload: Data([1]), signature: Data(count: 64))))
        let metrics = HeldOutMetrics(
            job: job.id, clinic: id, round: 1, adapter: hash, patients: 10, baseBitsPerByte: 1, federatedBitsPerByte: 1)
        let figures = EvaluationMetrics(job: job.id, clinic: id, round: 1, adapter: hash, tasks: [])
        let vector = Data(repeating: 1, count: 400)
        let manifest = UpdateManifest(
            job: job.id, jobHash: hash, round: 1, clinic: id, adapter: hash, layoutHash: hash, vector: vector,
            ledgerSequence: nil, ledgerHash: nil)
        let document = try clinic.sign(manifest, kind: .update)
        let client = try client()
        let sends: [(name: String, release: () throws -> Void, send: () async throws -> Void)] = [
            (
                "enroll", { _ = try gate.release(request, kind: .enrolment, job: nil, to: "") },
                { _ = try await client.enroll(request) }
            ),
            (
                "consent", { try gate.release(consent, kind: .consent, about: job.id, to: "") },
                { try await client.send(consent, for: job.id) }
            ),
            (
                "ready", { _ = try gate.release(ready, kind: .secureSum, job: job, to: "") },
                { try await client.ready(ready, of: job.id, round: 1) }
            ),
            (
                "skip", { _ = try gate.release(skip, kind: .updateManifest, job: job, to: "") },
                { try await client.skip(skip, of: job.id, round: 1) }
            ),
            (
                "answer", { _ = try gate.release(envelope, kind: .secureSum, job: job, to: "") },
                { try await client.answer(envelope, of: job.id, round: 1) }
            ),
            (
                "metrics", { _ = try gate.release(metrics, kind: .heldOutMetrics, job: job, to: "") },
                { try await client.send(metrics) }
            ),
            (
                "evaluation", { _ = try gate.release(figures, kind: .evaluationMetrics, job: job, to: "") },
                { try await client.send(figures) }
            ),
            (
                "upload", { _ = try gate.release(document, kind: .updateManifest, job: job, to: "") },
                { try await client.upload(vector: vector, manifest: document, announcing: manifest) }
            ),
        ]
        for (name, release, send) in sends {
            #expect(await code(send) == "node.egress-refused", "\(name) went around the gate")
            try release()
            #expect(await code(send) == "federation.unavailable", "\(name) was released and did not leave")
        }
        // The manifest has passed; its bytes have not.
        let chunk = Exchange.Body.octets(vector, hash: manifest.chunks[0])
        let path = Endpoint.chunk(job.id, 1, 0)
        #expect(await code { _ = try await client.exchange.send(.put, path, body: chunk) } == "node.egress-refused")
        try gate.release(vector, kind: .update, job: job, to: "")
        #expect(await code { _ = try await client.exchange.send(.put, path, body: chunk) } == "federation.unavailable")
        try await client.shutdown()
    }

    private struct Envelope: Encodable {
        var sender: String
        var step: SecureSumStep
        var payload: Data
        var signature: Data
    }

    @Test("chunks of a long update pass when both its manifest and its bytes are in the record")
    func longUpdate() throws {
        let vector = Data((0..<(UpdateManifest.chunkBytes + 400)).map { UInt8(truncatingIfNeeded: $0 >> 8) })
        let hash = ContentHash(of: Data())
        let manifest = UpdateManifest(
            job: job.id, jobHash: hash, round: 1, clinic: try ClinicID("lakeside"), adapter: hash, layoutHash: hash,
            vector: vector, ledgerSequence: nil, ledgerHash: nil)
        #expect(manifest.chunks.count == 2)
        let door = EgressDoor(gate)
        func passes() -> Bool { manifest.chunks.allSatisfy { (try? door.require("path", $0)) != nil } }
        #expect(!passes())
        _ = try gate.release(
            consortium.clinics[0].sign(manifest, kind: .update), kind: .updateManifest, job: job, to: "")
        #expect(!passes())
        try gate.release(vector, kind: .update, job: job, to: "")
        #expect(passes())
        #expect(throws: NodeError(.egressRefused, "")) { try door.require("path", hash) }
    }

    @Test("the client has no other way to send: a new one must be put into the table above")
    func complete() throws {
        let sources = SharedData.packageRoot.appendingPathComponent("Sources")
        var sending: Set<String> = []
        for file in try FileManager.default.contentsOfDirectory(
            atPath: sources.appendingPathComponent("Transport/Client").path)
        {
            let text = try String(
                contentsOf: sources.appendingPathComponent("Transport/Client/\(file)"), encoding: .utf8)
            var function = ""
            for line in text.split(separator: "\n") {
                if let found = line.firstMatch(of: /func (\w+)/) { function = String(found.1) }
                if line.contains(".put,") || line.contains(".post,") { sending.insert("\(file) \(function)") }
            }
        }
        #expect(
            sending == [
                // The admin's, and a new coordinator's.
                "CoordinatorClient+Admin.swift register", "CoordinatorClient+Admin.swift grant",
                "CoordinatorClient+Admin.swift publish", "CoordinatorClient+Admin.swift propose",
                "CoordinatorClient+Admin.swift uploadAdapter", "PairingClient.swift deliver",
                // A clinic's.
                "CoordinatorClient+Clinic.swift send", "CoordinatorClient+Clinic.swift skip",
                "CoordinatorClient+Enrolment.swift enroll", "CoordinatorClient+Sums.swift ready",
                "CoordinatorClient+Sums.swift answer", "CoordinatorClient+Upload.swift upload",
                "CoordinatorClient+Upload.swift report",
            ])
        // And the node has no other client.
        let walk = FileManager.default.enumerator(
            at: sources.appendingPathComponent("Node"), includingPropertiesForKeys: nil)
        while let file = walk?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            for word in ["HTTPClient", "URLSession", "AsyncHTTPClient"] {
                #expect(!text.contains(word), "\(file.lastPathComponent) has \(word)")
            }
            let made = text.components(separatedBy: "CoordinatorClient(").count - 1
            let guarded = text.components(separatedBy: "clientOptions(").count - 1
            #expect(made == 0 || guarded >= made, "\(file.lastPathComponent) makes a client without the door")
        }
    }
}
