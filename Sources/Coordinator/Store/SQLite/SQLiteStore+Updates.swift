import ConsiliumCore
import Federation
import Foundation
import GRDB
import Identity

extension SQLiteStore: CoordinatorStore {
    func announce(_ document: SignedDocument<UpdateManifest>, _ manifest: UpdateManifest, key: UpdateKey) async throws
        -> StoredUpdate
    {
        try await write { database in
            if let known = try Self.update(key, in: database) { return known }
            try database.execute(
                sql: "INSERT INTO updates (job, round, clinic, document, bytes) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    key.job.rawValue, key.round, key.clinic.text, try CanonicalJSON.encode(document),
                    manifest.byteCount,
                ])
            return StoredUpdate(document: document, manifest: manifest, receivedChunks: [], complete: false)
        }
    }

    func update(_ key: UpdateKey) async throws -> StoredUpdate? { try await read { try Self.update(key, in: $0) } }

    func markReceived(chunk: Int, of key: UpdateKey) async throws {
        try await write { database in
            try database.execute(
                sql: "INSERT OR IGNORE INTO chunks (job, round, clinic, position) VALUES (?, ?, ?, ?)",
                arguments: [key.job.rawValue, key.round, key.clinic.text, chunk])
        }
    }

    func removeUpdate(_ key: UpdateKey) async throws {
        try await write { database in
            for table in ["chunks", "updates"] {
                try database.execute(
                    sql: "DELETE FROM \(table) WHERE job = ? AND round = ? AND clinic = ?",
                    arguments: [key.job.rawValue, key.round, key.clinic.text])
            }
        }
    }

    func bytesReceived(for job: JobID) async throws -> [ClinicID: Int] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT clinic, sum(bytes) AS total FROM updates WHERE job = ? AND complete GROUP BY clinic",
                arguments: [job.rawValue])
            var totals: [ClinicID: Int] = [:]
            for row in rows { totals[try ClinicID(row["clinic"])] = row["total"] }
            return totals
        }
    }

    func save(_ metrics: HeldOutMetrics) async throws {
        try await write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO metrics (job, clinic, round, body) VALUES (?, ?, ?, ?)",
                arguments: [
                    metrics.job.rawValue, metrics.clinic.text, metrics.round, try CanonicalJSON.encode(metrics),
                ])
        }
    }

    func metrics(of job: JobID) async throws -> [HeldOutMetrics] {
        try await read { database in
            try Data.fetchAll(
                database, sql: "SELECT body FROM metrics WHERE job = ? ORDER BY clinic, round",
                arguments: [job.rawValue]
            ).map { try CanonicalJSON.decode(HeldOutMetrics.self, from: $0) }
        }
    }

    func save(_ metrics: EvaluationMetrics) async throws {
        try await write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO evaluations (job, clinic, round, body) VALUES (?, ?, ?, ?)",
                arguments: [
                    metrics.job.rawValue, metrics.clinic.text, metrics.round, try CanonicalJSON.encode(metrics),
                ])
        }
    }

    func evaluations(of job: JobID) async throws -> [EvaluationMetrics] {
        try await read { database in
            try Data.fetchAll(
                database, sql: "SELECT body FROM evaluations WHERE job = ? ORDER BY clinic, round",
                arguments: [job.rawValue]
            ).map { try CanonicalJSON.decode(EvaluationMetrics.self, from: $0) }
        }
    }

    private static func update(_ key: UpdateKey, in database: Database) throws -> StoredUpdate? {
        let arguments: StatementArguments = [key.job.rawValue, key.round, key.clinic.text]
        let row = try Row.fetchOne(
            database, sql: "SELECT document, complete FROM updates WHERE job = ? AND round = ? AND clinic = ?",
            arguments: arguments)
        guard let row else { return nil }
        let document = try CanonicalJSON.decode(SignedDocument<UpdateManifest>.self, from: row["document"])
        let chunks = try Int.fetchAll(
            database, sql: "SELECT position FROM chunks WHERE job = ? AND round = ? AND clinic = ?",
            arguments: arguments)
        return StoredUpdate(
            document: document, manifest: try CanonicalJSON.decode(UpdateManifest.self, from: document.payload),
            receivedChunks: Set(chunks), complete: row["complete"])
    }
}
