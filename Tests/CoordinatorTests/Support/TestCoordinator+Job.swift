import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import SecureAggregation
import Testing
import Transport

@testable import Coordinator

extension TestCoordinator {
    /// Uploads the adapter and proposes the job.
    func propose(_ manifest: JobManifest, file: URL, on server: RunningCoordinator) async throws {
        try await server.with(consortium.admin) { client in
            try await client.uploadAdapter(file)
            try await client.propose(consortium.admin.sign(manifest, kind: .job))
        }
    }

    /// A job of all clinics that all have approved.
    func runningJob(
        on server: RunningCoordinator, rounds: Int = 2, minimumClinics: Int = 2, roundSeconds: Int = 600,
        _ change: (inout JobManifest) -> Void = { _ in }
    ) async throws -> (manifest: JobManifest, adapter: AdapterFile) {
        let (file, adapter) = try initialAdapter()
        var manifest = try manifest(
            adapter: adapter, file: file, rounds: rounds, minimumClinics: minimumClinics, roundSeconds: roundSeconds)
        change(&manifest)
        manifest.initialAdapter = .init(
            hash: manifest.initialAdapter.hash, adapter: adapter, plan: manifest.aggregation,
            rank: manifest.recipe.rank)
        try await propose(manifest, file: file, on: server)
        for clinic in consortium.clinics { try await answer(.approved, manifest, as: clinic, on: server) }
        return (manifest, adapter)
    }

    func answer(
        _ decision: Consent.Decision, _ manifest: JobManifest, as clinic: PeerCredentials, on server: RunningCoordinator
    ) async throws {
        let consent = Consent(
            job: manifest.id, jobHash: try manifest.hash(), clinic: try clinicID(clinic), decision: decision)
        try await server.with(clinic) { try await $0.send(clinic.sign(consent, kind: .consent), for: manifest.id) }
    }

    /// One clinic delivers its invented update of a round.
    func deliver(
        _ index: Int, round: Int, of manifest: JobManifest, on server: RunningCoordinator
    ) async throws {
        let clinic = consortium.clinics[index]
        try await server.with(clinic) { client in
            guard case .train(round, let adapter, _) = try await client.task(of: manifest.id, waitSeconds: 20) else {
                throw FederationError(.roundClosed, "Round \(round) is not open for this clinic.")
            }
            let count = try manifest.updateShape(inRound: round, of: clinicID(clinic)).parameters
            let vector = try Self.encoding(count: count).encode(
                delta: Self.sent(clinic: index, round: round, count: count, of: manifest))
            let update = try update(of: clinic, vector: vector, job: manifest, round: round, adapter: adapter)
            try await client.upload(vector: vector, manifest: update.document, announcing: update.manifest)
        }
    }

    /// A clinic's change of a round, clipped and weighted as the job says.
    static func sent(clinic: Int, round: Int, count: Int, of job: JobManifest) -> [Float] {
        let delta = delta(clinic: clinic, round: round, count: count)
        let norm = delta.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        let factor = job.aggregation.relativeWeight(of: job.clinics[clinic]) * min(1, clipNorm / norm)
        return delta.map { Float(Double($0) * factor) }
    }

    /// What plain averaging of the clipped deltas gives, without rings and rounding.
    static func plainAverage(of adapter: AdapterFile, rounds: Int, clinics: [Int]) -> [Double] {
        var values = adapter.values.map(Double.init)
        for round in 1...rounds {
            for clinic in clinics {
                let delta = delta(clinic: clinic, round: round, count: values.count).map(Double.init)
                let norm = delta.reduce(0) { $0 + $1 * $1 }.squareRoot()
                let factor = min(1, clipNorm / norm) / Double(clinics.count)
                for index in values.indices { values[index] += delta[index] * factor }
            }
        }
        return values
    }
}

/// The code of the ``FederationError`` that `body` throws; `nil` if it throws none.
func refusal(of body: () async throws -> Void) async throws -> FederationError.Code? {
    do {
        try await body()
        return nil
    } catch let error as FederationError {
        return error.code
    }
}

/// Expects that `body` throws a ``FederationError`` with this code.
func expectRefusal(
    _ expected: FederationError.Code, at location: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async throws {
    let code = try await refusal(of: body)
    #expect(code == expected, sourceLocation: location)
}
