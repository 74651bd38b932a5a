import ArgumentParser
import CommandLineSupport
import ConsiliumCore
import Federation
import Foundation
import Identity
import Transport

/// The admin's part: uploads the adapter, proposes the job, waits for its end.
struct Propose: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Propose the job and wait for its end; print when each happened, in seconds since 1970.")

    @Argument(help: "A folder made by “prepare”.") var folder: String
    @Option(help: "The coordinator's port.") var port = 8443
    @Option(help: "Give up after so many seconds.") var limit = 600
    @OptionGroup var global: GlobalOptions

    private struct Outcome: Encodable {
        var uploaded: Double
        var proposed: Double
        var ended: Double
        var state: String
        var clinics: Int
        var missing: Int
    }

    func run(_ output: Output) async throws {
        let place = BenchFolder(folder)
        let credentials = try place.admin.loadCredentials()
        let client = try CoordinatorClient(
            address: CoordinatorAddress("https://localhost:\(port)"), tls: TLSSettings(credentials))
        do {
            let outcome = try await propose(place, client)
            try await client.shutdown()
            try output.finish(outcome) { "\(outcome.state), \(outcome.clinics) clinics in the last round" }
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    private func propose(_ place: BenchFolder, _ client: CoordinatorClient) async throws -> Outcome {
        let document = try SignedDocument<JobManifest>(file: place.job)
        let job = try CanonicalJSON.decode(JobManifest.self, from: document.payload)
        try await client.uploadAdapter(place.adapter)
        var outcome = Outcome(
            uploaded: Date().timeIntervalSince1970, proposed: 0, ended: 0, state: "", clinics: 0, missing: 0)
        try await client.propose(document)
        outcome.proposed = Date().timeIntervalSince1970
        while true {
            guard outcome.proposed + Double(limit) > Date().timeIntervalSince1970 else {
                throw FederationError(.unavailable, "The job did not end within \(limit) seconds.")
            }
            if let result = try await result(of: job, client) {
                outcome.clinics = result.participants.count
                outcome.missing = result.missing.count
                outcome.state = "finished"
                outcome.ended = Date().timeIntervalSince1970
                return outcome
            }
            try await Task.sleep(for: .milliseconds(250))
        }
    }

    /// The last round's, once it is there.
    private func result(of job: JobManifest, _ client: CoordinatorClient) async throws -> RoundResult? {
        do {
            let document = try await client.result(of: job.id, round: job.rounds)
            return try CanonicalJSON.decode(RoundResult.self, from: document.payload)
        } catch let error as FederationError where error.code == .notFound {
            return nil
        }
    }
}
