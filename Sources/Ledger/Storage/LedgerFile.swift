internal import ConsiliumCore
internal import Foundation
internal import GRDB

/// The rows in SQLite: rollback journal, full synchronisation, no update and no delete.
///
/// Between two transactions the one file holds everything, and every byte of it has a meaning that ``LedgerImage`` checks.
/// A write-ahead log would not do: SQLite takes a log with one flipped byte for a shorter log, and so for an older ledger.
struct LedgerFile: Sendable {
    private let queue: DatabaseQueue

    /// What a ledger's database consists of, as SQLite stores it.
    static let schema: [(type: String, name: String, table: String, sql: String)] = [
        (
            "table", "ledger_row", "ledger_row",
            "CREATE TABLE ledger_row (sequence INTEGER PRIMARY KEY, body BLOB NOT NULL, signature BLOB NOT NULL) STRICT"
        ),
        (
            "table", "ledger_head", "ledger_head",
            "CREATE TABLE ledger_head (id INTEGER PRIMARY KEY CHECK (id = 1), sequence INTEGER NOT NULL, "
                + "hash TEXT NOT NULL, signature BLOB NOT NULL, library INTEGER NOT NULL) STRICT"
        ),
        (
            "trigger", "no_update", "ledger_row",
            "CREATE TRIGGER no_update BEFORE UPDATE ON ledger_row "
                + "BEGIN SELECT RAISE(ABORT, 'rows are never changed'); END"
        ),
        (
            "trigger", "no_delete", "ledger_row",
            "CREATE TRIGGER no_delete BEFORE DELETE ON ledger_row "
                + "BEGIN SELECT RAISE(ABORT, 'rows are never removed'); END"
        ),
    ]

    /// - Parameter pageLimit: the file never grows beyond so many pages; `nil` for the disk's own limit.
    init(creating url: URL, pageLimit: Int? = nil) throws {
        // The file is made before SQLite opens it: its journal then inherits the permissions.
        try DurableFile.write(Data(), to: url, permissions: 0o600)
        try self.init(url: url, pageLimit: pageLimit)
        try Self.translating {
            try queue.write { database in
                for entry in Self.schema { try database.execute(sql: entry.sql) }
            }
        }
    }

    init(opening url: URL, pageLimit: Int? = nil) throws {
        try Self.requirePresence(of: url)
        try self.init(url: url, pageLimit: pageLimit)
    }

    static func requirePresence(of url: URL) throws {
        guard FileManager.default.fileExists(atPath: url.path) else {
            throw LedgerError(.unreadable, "There is no ledger at \(url.path). Run “consilium-node init” first.")
        }
    }

    private init(url: URL, pageLimit: Int?) throws {
        var configuration = Configuration()
        // An auditor may look at the file just now; it lets go within moments.
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
            try database.execute(sql: "PRAGMA secure_delete = ON")
            try database.execute(sql: "PRAGMA page_size = \(LedgerImage.pageSize)")
            // With TRUNCATE and FULL a transaction is on the disk when its commit returns, and no folder has to be flushed.
            _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = TRUNCATE")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            if let pageLimit { try database.execute(sql: "PRAGMA max_page_count = \(pageLimit)") }
        }
        queue = try Self.translating { try DatabaseQueue(path: url.path, configuration: configuration) }
    }

    /// SQLite's synchronous level: 2, FULL, means that a transaction is on the disk when its commit returns.
    func synchronousLevel() throws -> Int? {
        try Self.translating { try queue.read { try Int.fetchOne($0, sql: "PRAGMA synchronous") } }
    }

    func rows() throws -> [StoredRow] {
        try Self.translating {
            try queue.read { database in
                try Row.fetchAll(database, sql: "SELECT sequence, body, signature FROM ledger_row ORDER BY sequence")
                    .map {
                        try StoredRow(
                            sequence: Self.value($0, "sequence"), body: Self.value($0, "body"),
                            signature: Self.value($0, "signature"))
                    }
            }
        }
    }

    func signedHead() throws -> SignedHead? {
        try Self.translating {
            try queue.read { database in
                guard
                    let row = try Row.fetchOne(
                        database, sql: "SELECT sequence, hash, signature FROM ledger_head WHERE id = 1")
                else { return nil }
                let hash = try ContentHash(hex: Self.value(row, "hash"))
                return SignedHead(
                    head: LedgerHead(sequence: try Self.value(row, "sequence"), hash: hash),
                    signature: try Self.value(row, "signature"))
            }
        }
    }

    /// The rows and the new head in one transaction; on return all of it is on the disk.
    func append(_ rows: [StoredRow], head: SignedHead) throws {
        try Self.translating {
            try queue.write { database in
                let insert = try database.cachedStatement(
                    sql: "INSERT INTO ledger_row (sequence, body, signature) VALUES (?, ?, ?)")
                for row in rows { try insert.execute(arguments: [row.sequence, row.body, row.signature]) }
                try database.execute(
                    sql: """
                        INSERT OR REPLACE INTO ledger_head (id, sequence, hash, signature, library)
                        VALUES (1, ?, ?, ?, ?)
                        """,
                    arguments: [
                        head.head.sequence, head.head.hash.hex, head.signature, Int(Database.sqliteLibVersionNumber),
                    ])
            }
        }
    }

    // The columns of a file that somebody edited may hold anything; GRDB's subscripts would stop the program then.
    private static func value<Value: DatabaseValueConvertible>(_ row: Row, _ column: String) throws -> Value {
        let stored: DatabaseValue? = row[column]
        guard let stored, let value = Value.fromDatabaseValue(stored) else {
            throw LedgerError(
                .unreadable, "The ledger holds values of an unexpected form. Run “consilium-admin audit”.")
        }
        return value
    }

    private static func translating<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_FULL:
                throw LedgerError(
                    .diskFull,
                    "The disk is full, so nothing was reserved. Free some space and run the same command again.")
            case .SQLITE_BUSY, .SQLITE_LOCKED:
                throw LedgerError(.locked, "Another program has the ledger's database open. Close it and try again.")
            case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_MISMATCH, .SQLITE_FORMAT:
                throw LedgerError(
                    .unreadable,
                    "The file is not a ledger or is damaged. Keep it, restore nothing, and run “consilium-admin "
                        + "audit”."
                )
            default:
                throw LedgerError(
                    .writeFailed,
                    "The ledger can't be read or written (SQLite code \(error.resultCode.rawValue)). Check the disk "
                        + "and its free space, then run the same command again.")
            }
        } catch let error as any ConsiliumError {
            throw error
        } catch {
            throw LedgerError(
                .unreadable, "The ledger holds values of an unexpected form. Run “consilium-admin audit”.")
        }
    }
}

/// A head with the ledger key's signature over it.
struct SignedHead: Sendable, Equatable {
    var head: LedgerHead
    var signature: Data
}
