import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import SecureAggregation
import Transport

@testable import Coordinator

/// A clinic that takes part in masked rounds with invented updates, step by step, and keeps its state as JSON as a real one
/// keeps it on disk.
struct SumClinic {
    var credentials: PeerCredentials
    let index: Int
    let job: JobManifest
    private var stored: [Int: Data] = [:]

    init(_ test: TestCoordinator, _ index: Int, _ job: JobManifest) {
        credentials = test.consortium.clinics[index]
        self.index = index
        self.job = job
        members = test.clinicIDs.enumerated().compactMap { place, id in
            try? .init(
                id: id.text, signingKey: test.consortium.clinics[place].keys.signing.publicKey.bytes)
        }
    }

    private let members: [SecureSumRoster.Member]

    var id: ClinicID {
        get throws {
            guard let id = credentials.role.clinic else { throw FederationError(.wrongRole, "Not a clinic.") }
            return id
        }
    }

    /// Tells that its update of a round is there.
    func ready(_ round: Int, on server: RunningCoordinator) async throws {
        try await server.with(credentials) { client in
            guard case .train(round, let adapter, _) = try await client.task(of: job.id, waitSeconds: 20) else {
                throw FederationError(.roundClosed, "Round \(round) is not open for this clinic.")
            }
            let ready = RoundReady(
                job: job.id, jobHash: try job.hash(), round: round, clinic: try id, adapter: adapter)
            let document = try credentials.sign(ready, kind: .update)
            try await client.ready(document, of: job.id, round: round)
            try await client.ready(document, of: job.id, round: round)
        }
    }

    /// What it is asked now.
    func poll(_ round: Int, waitSeconds: Int = 0, on server: RunningCoordinator) async throws -> SecureSumPoll {
        try await server.with(credentials) { try await $0.sum(of: job.id, round: round, waitSeconds: waitSeconds) }
    }

    /// Answers what it is asked. Each answer is sent twice, as if its receipt had been lost.
    mutating func answer(_ request: SecureSumRequest, round: Int, on server: RunningCoordinator) async throws {
        var node = try state(round, request)
        let key = credentials.keys.signing
        let sign: SecureSumSigner = { try key.sign($0) }
        let answer = try node.handle(
            request, trusted: SecureSumRoster(members), sign: sign, random: SystemRandom())
        stored[round] = try CanonicalJSON.encode(node)
        let envelope: SecureSumEnvelope
        switch answer {
        case .send(let message): envelope = message
        case .upload(let masks):
            let count = job.initialAdapter.parameters
            var vector = try RingEncoding(clipNorm: TestCoordinator.clipNorm, count: count, clinics: job.clinics.count)
                .encode(delta: TestCoordinator.delta(clinic: index, round: round, count: count))
            try masks.apply(to: &vector)
            guard let session = node.session else { return }
            let manifest = UpdateManifest(
                job: job.id, jobHash: try job.hash(), round: round, clinic: try id, adapter: session.subject.model,
                layoutHash: job.initialAdapter.layoutHash, vector: vector, ledgerSequence: round, ledgerHash: nil,
                session: session.id)
            let document = try credentials.sign(manifest, kind: .update)
            let message = try node.masked(root: manifest.root, byteCount: manifest.byteCount, sign: sign)
            try await server.with(credentials) { client in
                // Before the bytes are there, nobody can sign for them.
                let early = try await refusal { try await client.answer(message, of: job.id, round: round) }
                guard early == .conflict || early == nil else { throw FederationError(early ?? .conflict, "early") }
                for _ in 0..<2 {
                    try await client.upload(vector: vector, manifest: document, announcing: manifest)
                }
            }
            stored[round] = try CanonicalJSON.encode(node)
            envelope = message
        }
        try await server.with(credentials) { client in
            try await client.answer(envelope, of: job.id, round: round)
            // The second one may find the sum complete.
            let code = try await refusal { try await client.answer(envelope, of: job.id, round: round) }
            guard code == nil || code == .roundClosed else { throw FederationError(code ?? .conflict, "twice") }
        }
    }

    private func state(_ round: Int, _ request: SecureSumRequest) throws -> SecureSumNode {
        if let data = stored[round] { return try CanonicalJSON.decode(SecureSumNode.self, from: data) }
        guard case .offer(let session) = request else {
            throw FederationError(.conflict, "The first request is no offer.")
        }
        return try SecureSumNode(
            subject: SecureSumSubject(job: job, hash: job.hash(), round: round, adapter: session.subject.model),
            member: id.text, reservation: nil, after: stored.keys.max() ?? 0)
    }
}

extension TestCoordinator {
    /// A job that masks updates, approved by all.
    func maskedJob(on server: RunningCoordinator, rounds: Int = 1, roundSeconds: Int = 600) async throws -> JobManifest
    {
        let (file, adapter) = try initialAdapter()
        var manifest = try manifest(adapter: adapter, file: file, rounds: rounds, roundSeconds: roundSeconds)
        manifest.aggregation.secureAggregation = .on
        try await propose(manifest, file: file, on: server)
        for clinic in consortium.clinics { try await answer(.approved, manifest, as: clinic, on: server) }
        return manifest
    }
}
