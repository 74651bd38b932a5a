import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

/// What people type, step by step.
extension Consortium {
    /// Founds the consortium: keys, certificates, coordinator.
    func found(consortium: String = "End-to-end consortium") async throws {
        let request = coordinatorFolder.appendingPathComponent("request.json").path
        try await expect(
            0, run(.coordinator, ["init", coordinatorFolder.path, "--host", "localhost", "--listen", "127.0.0.1:0"]))
        try await expect(
            0,
            admin(
                "init", folder.path("admin").path, "--consortium", consortium, "--coordinator-request", request))
        try await startCoordinator()
    }

    /// Makes a clinic's folder.
    func initialize(_ clinic: Clinic) async throws {
        let site = try folder.write("\(clinic.id).yaml", siteText(clinic))
        try await expect(0, run(.node, ["init", home(clinic.id).path, "--site-config", site.path]))
    }

    func siteText(_ clinic: Clinic, models: [URL] = [BaseModels.demo], url: String? = nil) -> String {
        let address = url ?? coordinatorURL
        let url = address.isEmpty ? "" : "coordinator: {url: \"\(address)\"}\n"
        return """
            clinic: {id: \(clinic.id)}
            privacy: {epsilonCap: \(clinic.epsilonCap), allowJobsWithoutGuarantee: true}
            model:
              folders:
            \(models.map { "    - \"\($0.path)\"" }.joined(separator: "\n"))
            compute: {threads: 1}
            \(url)
            """
    }

    func token(for clinic: String) async throws -> String {
        try await expect(0, admin("token", "create", "--clinic", clinic, "--token-only")).output
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func enrolment(_ clinic: String, token: String, authority: URL? = nil, wait: Int = 60) -> [String] {
        [
            "enroll", "--home", home(clinic).path, "--coordinator", coordinatorURL, "--ca",
            (authority ?? folder.path("admin/ca.pem")).path, "--token", token, "--wait", "\(wait)",
        ]
    }

    /// Lets all clinics in.
    func enrol(_ clinics: [Clinic]) async throws {
        var waiting: [RunningProgram] = []
        for clinic in clinics {
            let token = try await token(for: clinic.id)
            waiting.append(try start(.node, enrolment(clinic.id, token: token), name: "enroll-\(clinic.id)"))
        }
        try await expect(0, admin("roster", "sign", "--expect", "\(clinics.count)", "--wait", "60", "--yes"))
        for program in waiting { try await expect(0, program.result()) }
    }

    func importSamples(_ clinic: Clinic, seed: Int) async throws {
        let reports = folder.path("reports/\(clinic.id)")
        let truth = folder.path("reports/\(clinic.id)-truth.jsonl")
        try await expect(
            0,
            run(
                .node,
                [
                    "sample-reports", "--specialty", clinic.specialty, "--count", "\(Clinic.reports)", "--seed",
                    "\(seed)", "--format", clinic.format, "--out", reports.path, "--truth", truth.path,
                ]))
        try await expect(0, node(clinic.id, "import", reports.path))
    }

    /// Signs and proposes.
    @discardableResult
    func propose(_ job: JobText) async throws -> ProgramResult {
        let file = try folder.write("jobs/\(job.id).yaml", job.yaml)
        return try await admin("job", "propose", file.path)
    }

    func approve(_ job: JobText, in clinics: [String]) async throws {
        for clinic in clinics {
            try await expect(0, node(clinic, "jobs", "list"))
            try await expect(0, node(clinic, "jobs", "approve", job.id, "--officer", "test officer"))
        }
    }

    /// Proposes a job and lets the clinics approve it.
    func agree(on job: JobText) async throws {
        try await expect(0, propose(job))
        try await approve(job, in: job.clinics ?? Clinic.ids)
    }

    func startNode(_ clinic: String) throws -> RunningProgram {
        try start(.node, ["run", "--once", "--json", "--home", home(clinic).path], name: "run-\(clinic)")
    }

    func startNodes(_ clinics: [String]) throws -> [String: RunningProgram] {
        Dictionary(uniqueKeysWithValues: try clinics.map { ($0, try startNode($0)) })
    }

    /// Waits for all and expects that each took part to the end.
    func finish(_ nodes: [String: RunningProgram], within limit: Duration = .seconds(240)) async throws {
        for (clinic, program) in nodes.sorted(by: { $0.key < $1.key }) {
            let result = try await program.result(within: limit)
            #expect(result.code == 0, "\(clinic): \(result.text)")
        }
    }

    /// The hash that all of these clinics ended with.
    func commonAdapter(_ job: JobText) throws -> ContentHash {
        let hashes = try Set((job.clinics ?? Clinic.ids).map { try adapterHash(job.id, of: $0) })
        #expect(hashes.count == 1, "the clinics hold different adapters")
        return try #require(hashes.first)
    }
}

/// Fails with all that the program said unless it ended with this exit code.
@discardableResult
func expect(_ code: Int32, _ result: ProgramResult, sourceLocation: SourceLocation = #_sourceLocation) throws
    -> ProgramResult
{
    try #require(result.code == code, "\(result.text)", sourceLocation: sourceLocation)
    return result
}

/// Expects this exit code and an error that contains these words.
func expectRefusal(
    _ code: Int32, _ words: String, _ result: ProgramResult, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(result.code == code, "\(result.text)", sourceLocation: sourceLocation)
    let said = result.errors + result.output
    #expect(said.contains(words), "“\(words)” is not in:\n\(said)", sourceLocation: sourceLocation)
    #expect(!said.contains("did not expect"), "\(said)", sourceLocation: sourceLocation)
}
