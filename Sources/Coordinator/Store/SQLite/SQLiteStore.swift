import ConsiliumCore
import Foundation
import GRDB

/// The ``CoordinatorStore`` in one SQLite file, with a write-ahead log that is flushed at every commit.
struct SQLiteStore: Sendable {
    let pool: DatabasePool
    let proposals = ProposalCache()

    /// Opens or creates the file and brings it to the current form.
    /// - Parameter readOnly: for looking at a store that a server has open; the file must exist.
    init(file: URL, readOnly: Bool = false) throws {
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(10)
        // Arguments never appear in errors: they are what clinics sent.
        configuration.publicStatementArguments = false
        do {
            pool = try DatabasePool(path: file.path, configuration: configuration)
            guard !readOnly else { return }
            // GRDB sets NORMAL when it turns the write-ahead log on, after `prepareDatabase`; there is one writing connection.
            // With NORMAL the last commits could be lost with the power, and with them a receipt that a clinic relies on.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try Self.migrator.migrate(pool)
        } catch {
            throw Self.translate(error)
        }
    }

    /// SQLite's `synchronous` level of the writing connection: 2 is FULL, a flush at every commit.
    func synchronousLevel() throws -> Int? {
        try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
    }

    /// Closes the file; for tests that open it again.
    func close() throws { try pool.close() }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await pool.read(body)
        } catch {
            throw Self.translate(error)
        }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await pool.write(body)
        } catch {
            throw Self.translate(error)
        }
    }

    private static func translate(_ error: any Error) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        switch error.resultCode {
        case .SQLITE_FULL:
            return CoordinatorError(
                .storeFull,
                "The coordinator's disk is full. Free some space; nothing was lost, and clinics try again by themselves."
            )
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            return CoordinatorError(
                .storeFailed,
                "The coordinator's database is damaged. Stop the coordinator and restore its folder from a backup.",
                cause: error)
        default:
            return CoordinatorError(
                .storeFailed,
                "The coordinator's database can't be used (SQLite code \(error.resultCode.rawValue)). "
                    + "Check the folder, its rights and the disk.", cause: error)
        }
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(
                sql: """
                    CREATE TABLE rosters (version INTEGER PRIMARY KEY, document BLOB NOT NULL);
                    CREATE TABLE tokens (id TEXT PRIMARY KEY, document BLOB NOT NULL) WITHOUT ROWID;
                    CREATE TABLE enrolments (
                        token TEXT PRIMARY KEY REFERENCES tokens(id), request BLOB NOT NULL, grant_document BLOB,
                        received_at REAL NOT NULL) WITHOUT ROWID;
                    CREATE TABLE jobs (
                        sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document BLOB NOT NULL, state BLOB NOT NULL,
                        active INTEGER NOT NULL);
                    CREATE TABLE consents (
                        job TEXT NOT NULL REFERENCES jobs(id), clinic TEXT NOT NULL, document BLOB NOT NULL,
                        PRIMARY KEY (job, clinic)) WITHOUT ROWID;
                    CREATE TABLE updates (
                        job TEXT NOT NULL REFERENCES jobs(id), round INTEGER NOT NULL, clinic TEXT NOT NULL, document BLOB NOT NULL,
                        bytes INTEGER NOT NULL, complete INTEGER NOT NULL DEFAULT 0,
                        PRIMARY KEY (job, round, clinic)) WITHOUT ROWID;
                    CREATE TABLE chunks (
                        job TEXT NOT NULL, round INTEGER NOT NULL, clinic TEXT NOT NULL, position INTEGER NOT NULL,
                        PRIMARY KEY (job, round, clinic, position)) WITHOUT ROWID;
                    CREATE TABLE results (
                        job TEXT NOT NULL REFERENCES jobs(id), round INTEGER NOT NULL, adapter TEXT NOT NULL,
                        document BLOB NOT NULL, PRIMARY KEY (job, round)) WITHOUT ROWID;
                    CREATE INDEX results_by_adapter ON results (adapter);
                    CREATE TABLE metrics (
                        job TEXT NOT NULL REFERENCES jobs(id), clinic TEXT NOT NULL, round INTEGER NOT NULL, body BLOB NOT NULL,
                        PRIMARY KEY (job, clinic, round)) WITHOUT ROWID;
                    CREATE TABLE presence (clinic TEXT PRIMARY KEY, seen_at REAL NOT NULL) WITHOUT ROWID;
                    """)
        }
        migrator.registerMigration("2: sums under masks") { database in
            try database.execute(
                sql: """
                    CREATE TABLE sums (
                        job TEXT NOT NULL REFERENCES jobs(id), round INTEGER NOT NULL, attempt INTEGER NOT NULL,
                        session BLOB NOT NULL, PRIMARY KEY (job, round, attempt)) WITHOUT ROWID;
                    CREATE TABLE sum_events (
                        job TEXT NOT NULL, round INTEGER NOT NULL, attempt INTEGER NOT NULL, position INTEGER NOT NULL,
                        event BLOB NOT NULL, PRIMARY KEY (job, round, attempt, position));
                    """)
        }
        migrator.registerMigration("certificates that were renewed") { database in
            try database.execute(
                sql: "CREATE TABLE certificates (role TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;")
        }
        migrator.registerMigration("figures of evaluations") { database in
            try database.execute(
                sql: """
                    CREATE TABLE evaluations (
                        job TEXT NOT NULL REFERENCES jobs(id), clinic TEXT NOT NULL, round INTEGER NOT NULL, body BLOB NOT NULL,
                        PRIMARY KEY (job, clinic, round)) WITHOUT ROWID;
                    """)
        }
        return migrator
    }
}
