import ConsiliumCore
import Federation
import Foundation
import GRDB
import SecureAggregation

extension SQLiteStore {
    func addSum(_ session: SecureSumSession, key: SumKey) async throws -> SecureSumSession {
        try await write { database in
            if let known = try Self.session(key, in: database) { return known }
            try database.execute(
                sql: "INSERT INTO sums (job, round, attempt, session) VALUES (?, ?, ?, ?)",
                arguments: [key.job.rawValue, key.round, key.attempt, try CanonicalJSON.encode(session)])
            return session
        }
    }

    func sum(_ key: SumKey) async throws -> StoredSum? {
        try await read { database in
            guard let session = try Self.session(key, in: database) else { return nil }
            let events = try Data.fetchAll(
                database,
                sql: "SELECT event FROM sum_events WHERE job = ? AND round = ? AND attempt = ? ORDER BY position",
                arguments: [key.job.rawValue, key.round, key.attempt])
            return StoredSum(
                session: session, events: try events.map { try CanonicalJSON.decode(SecureSumEvent.self, from: $0) })
        }
    }

    func lastAttempt(of job: JobID, round: Int) async throws -> Int? {
        try await read { database in
            try Int.fetchOne(
                database, sql: "SELECT max(attempt) FROM sums WHERE job = ? AND round = ?",
                arguments: [job.rawValue, round])
        }
    }

    func add(_ event: SecureSumEvent, at position: Int, to key: SumKey) async throws {
        try await write { database in
            try database.execute(
                sql: "INSERT INTO sum_events (job, round, attempt, position, event) VALUES (?, ?, ?, ?, ?)",
                arguments: [key.job.rawValue, key.round, key.attempt, position, try CanonicalJSON.encode(event)])
        }
    }

    func removeSums(of job: JobID) async throws {
        try await write { database in
            for table in ["sum_events", "sums"] {
                try database.execute(sql: "DELETE FROM \(table) WHERE job = ?", arguments: [job.rawValue])
            }
        }
    }

    private static func session(_ key: SumKey, in database: Database) throws -> SecureSumSession? {
        try Data.fetchOne(
            database, sql: "SELECT session FROM sums WHERE job = ? AND round = ? AND attempt = ?",
            arguments: [key.job.rawValue, key.round, key.attempt]
        ).map { try CanonicalJSON.decode(SecureSumSession.self, from: $0) }
    }
}
