import ConsiliumCore
import Federation
import Foundation
import GRDB
import Identity

extension SQLiteStore {
    func add(_ job: StoredJob) async throws {
        try await write { database in
            if let known = try self.job(job.id, in: database) {
                guard known.hash == job.hash else {
                    throw FederationError(
                        .conflict,
                        "Another job has the id “\(job.id)”. Choose a new id: a job never changes after its proposal.")
                }
                return
            }
            try database.execute(
                sql: "INSERT INTO jobs (id, document, state, active) VALUES (?, ?, ?, 1)",
                arguments: [job.id.rawValue, try CanonicalJSON.encode(job.document), try Self.encodeState(job.machine)])
        }
    }

    func job(_ id: JobID) async throws -> StoredJob? { try await read { try self.job(id, in: $0) } }

    func jobs() async throws -> [StoredJob] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT id, state FROM jobs ORDER BY sequence").map { row in
                try decodeJob(JobID(row["id"]), state: row["state"], in: database)
            }
        }
    }

    func activeJobs() async throws -> [JobID] {
        try await read { database in
            try String.fetchAll(database, sql: "SELECT id FROM jobs WHERE active ORDER BY sequence").map {
                try JobID($0)
            }
        }
    }

    func changeJob<Value: Sendable>(
        _ id: JobID, _ change: @escaping @Sendable (inout StoredJob) throws -> (Value, [JobWrite])
    ) async throws -> Value {
        try await write { database in
            guard let before = try self.job(id, in: database) else {
                throw FederationError(.jobUnknown, "This coordinator has no job “\(id)”.")
            }
            var job = before
            let (value, writes) = try change(&job)
            for item in writes { try Self.write(item, of: id, in: database) }
            if job.machine != before.machine {
                try database.execute(
                    sql: "UPDATE jobs SET state = ?, active = ? WHERE id = ?",
                    arguments: [try Self.encodeState(job.machine), !job.machine.isTerminal, id.rawValue])
            }
            return value
        }
    }

    func results(of job: JobID) async throws -> [SignedDocument<RoundResult>] {
        try await read { database in
            try Data.fetchAll(
                database, sql: "SELECT document FROM results WHERE job = ? ORDER BY round", arguments: [job.rawValue]
            ).map { try CanonicalJSON.decode(SignedDocument<RoundResult>.self, from: $0) }
        }
    }

    func result(of job: JobID, round: Int) async throws -> SignedDocument<RoundResult>? {
        try await read { database in
            try Data.fetchOne(
                database, sql: "SELECT document FROM results WHERE job = ? AND round = ?",
                arguments: [job.rawValue, round]
            ).map { try CanonicalJSON.decode(SignedDocument<RoundResult>.self, from: $0) }
        }
    }

    func jobs(withResult adapter: ContentHash) async throws -> [JobID] {
        try await read { database in
            try String.fetchAll(
                database, sql: "SELECT DISTINCT job FROM results WHERE adapter = ?", arguments: [adapter.hex]
            ).map { try JobID($0) }
        }
    }

    private static func write(_ item: JobWrite, of job: JobID, in database: Database) throws {
        switch item {
        case .consent(let clinic, let document):
            try database.execute(
                sql: "INSERT OR REPLACE INTO consents (job, clinic, document) VALUES (?, ?, ?)",
                arguments: [job.rawValue, clinic.text, try CanonicalJSON.encode(document)])
        case .completedUpdate(let key):
            try database.execute(
                sql: "UPDATE updates SET complete = 1 WHERE job = ? AND round = ? AND clinic = ?",
                arguments: [key.job.rawValue, key.round, key.clinic.text])
        case .result(let round, let adapter, let document):
            try database.execute(
                sql: "INSERT INTO results (job, round, adapter, document) VALUES (?, ?, ?, ?)",
                arguments: [job.rawValue, round, adapter.hex, try CanonicalJSON.encode(document)])
        }
    }

    private func job(_ id: JobID, in database: Database) throws -> StoredJob? {
        try Data.fetchOne(database, sql: "SELECT state FROM jobs WHERE id = ?", arguments: [id.rawValue]).map {
            try decodeJob(id, state: $0, in: database)
        }
    }

    // The signature was verified before the document was stored; the file is this coordinator's own.
    private func decodeJob(_ id: JobID, state: Data, in database: Database) throws -> StoredJob {
        let known = try proposals.proposal(of: id) {
            let stored = try Data.fetchOne(
                database, sql: "SELECT document FROM jobs WHERE id = ?", arguments: [id.rawValue])
            let document = try CanonicalJSON.decode(SignedDocument<JobManifest>.self, from: stored ?? Data())
            return ProposalCache.Proposal(
                document: document, manifest: try CanonicalJSON.decode(JobManifest.self, from: document.payload),
                hash: document.payloadHash)
        }
        return StoredJob(
            document: known.document, manifest: known.manifest, hash: known.hash,
            machine: try Self.decodeState(state))
    }

    // Not canonical JSON: a deadline must keep its fractions of a second.
    private static func encodeState(_ machine: JobStateMachine) throws -> Data { try JSONEncoder().encode(machine) }

    private static func decodeState(_ data: Data) throws -> JobStateMachine {
        try JSONDecoder().decode(JobStateMachine.self, from: data)
    }
}
