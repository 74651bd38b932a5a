internal import ConsiliumCore
public import Foundation
internal import GRDB

/// The node's own small database: jobs and decisions, rounds, what left. WAL with `synchronous=FULL`: what a method has
/// written is on disk when it returns, so a state is durable before the message that depends on it leaves.
public struct NodeStore: Sendable {
    let queue: DatabaseQueue
    let seal: StateSeal?

    /// - Throws: ``NodeError`` `.stateUnreadable` if the file is damaged or of a newer version.
    public init(file: URL) throws { try self.init(file: file, seal: nil) }

    /// - Parameter seal: for the secrets of masked sums, which can't be stored without.
    init(file: URL, seal: StateSeal?) throws {
        self.seal = seal
        do {
            var configuration = Configuration()
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA journal_mode = WAL")
                try database.execute(sql: "PRAGMA synchronous = FULL")
            }
            configuration.busyMode = .timeout(10)
            queue = try DatabaseQueue(path: file.path, configuration: configuration)
            try Self.migrator.migrate(queue)
        } catch {
            throw NodeError(
                .stateUnreadable,
                "The node's state \(file.path) can't be opened. Restore it from a backup, or move it away to start anew: jobs have "
                    + "to be approved again then; the ledger is not affected.", cause: error)
        }
    }

    func write<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) throws -> Value {
        do {
            return try queue.write(body)
        } catch let error as any ConsiliumError {
            throw error
        } catch {
            throw NodeError(
                .stateUnwritable,
                "The node's state can't be written. Check the disk's free space, then run the same command again.",
                cause: error)
        }
    }

    func read<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) throws -> Value {
        do {
            return try queue.read(body)
        } catch let error as any ConsiliumError {
            throw error
        } catch {
            throw NodeError(.stateUnreadable, "The node's state can't be read.", cause: error)
        }
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: jobs, rounds, egress") { database in
            try database.execute(
                sql: """
                    CREATE TABLE job (
                        id TEXT PRIMARY KEY, hash TEXT NOT NULL, document BLOB NOT NULL,
                        decision TEXT, decidedBy TEXT, decidedAt TEXT, consentSent INTEGER NOT NULL DEFAULT 0,
                        state TEXT NOT NULL DEFAULT 'proposed', report BLOB
                    ) STRICT;
                    CREATE TABLE round (
                        job TEXT NOT NULL, round INTEGER NOT NULL, attempt INTEGER NOT NULL, state TEXT NOT NULL,
                        adapter TEXT NOT NULL, reservation TEXT, manifest BLOB, loss REAL,
                        PRIMARY KEY (job, round)
                    ) STRICT;
                    CREATE TABLE egress (
                        sequence INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, kind TEXT NOT NULL, job TEXT,
                        destination TEXT NOT NULL, bytes INTEGER NOT NULL, hash TEXT NOT NULL, file TEXT NOT NULL
                    ) STRICT;
                    """)
        }
        migrator.registerMigration("2: sums under masks") { database in
            try database.execute(
                sql: """
                    CREATE TABLE sum (
                        job TEXT NOT NULL, round INTEGER NOT NULL, state BLOB NOT NULL, PRIMARY KEY (job, round)
                    ) STRICT;
                    """)
        }
        migrator.registerMigration("3: reservations of the clinic") { database in
            try database.execute(sql: "ALTER TABLE round ADD COLUMN clinicReservation TEXT")
        }
        return migrator
    }
}
