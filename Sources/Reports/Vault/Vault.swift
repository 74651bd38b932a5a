public import ConsiliumCore
internal import Deidentification
public import Foundation
internal import GRDB

/// The node's store of reports: SQLite, with everything that could identify a patient sealed by AES-256-GCM.
///
/// In clear are only: report ids (hashes), format, status, reasons, receipts, residual risks and patient pseudonyms (HMAC).
/// Texts, spans, known identifiers, patient keys, dates, file names, decisions and audits are sealed, each bound to its
/// report's id and version, so that rows can't be exchanged; receipts carry a MAC. Not hidden: how many reports and patients
/// there are and how long the texts are.
///
/// ```swift
/// let vault = try Vault.open(folder.appendingPathComponent("vault.sqlite"), key: try VaultKey.load(from: keyFile))
/// let summary = try ReportImporter(configuration).importPaths([exports], into: vault)
/// try vault.forEachReport(status: .imported) { stored in … }
/// ```
public final class Vault: Sendable {
    let database: DatabasePool
    let key: VaultKey
    let box: SealedBox
    let authority: ReceiptAuthority
    let random: any SecureRandom
    let clock: @Sendable () -> Date

    /// Opens a vault, or makes it if there is none.
    /// - Parameter patience: seconds to wait for another process that writes.
    /// - Throws: ``ReportsError`` `.wrongKey` (nothing is changed then), `.vaultDamaged`, `.vaultLocked`, `.diskFull`.
    public static func open(
        _ url: URL, key: VaultKey, random: any SecureRandom = SystemRandom(), patience: Double = 10,
        clock: @escaping @Sendable () -> Date = { Date() }
    ) throws -> Vault {
        try Vault(url, key: key, random: random, patience: patience, maximumPages: nil, clock: clock)
    }

    /// - Parameter maximumPages: bounds the database's size, to show in tests what a full disk does.
    init(
        _ url: URL, key: VaultKey, random: any SecureRandom, patience: Double, maximumPages: Int?,
        clock: @escaping @Sendable () -> Date
    ) throws {
        self.key = key
        self.random = random
        self.clock = clock
        box = SealedBox(key: key.sealing)
        authority = try ReceiptAuthority(key: key.receipts)
        // The file is made before SQLite opens it: its journals then inherit the permissions.
        if !FileManager.default.fileExists(atPath: url.path) {
            try DurableFile.write(Data(), to: url, permissions: 0o600)
        }
        var configuration = Configuration()
        configuration.label = "vault"
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(patience)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA secure_delete = ON")
            if let maximumPages { try database.execute(sql: "PRAGMA max_page_count = \(maximumPages)") }
        }
        let box = box
        database = try Self.translated {
            let pool = try DatabasePool(path: url.path, configuration: configuration)
            // A pool sets NORMAL when it turns WAL on; only FULL flushes at every commit.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try VaultSchema.migrator(box: box, random: random).migrate(pool)
            return pool
        }
        try checkKey()
    }

    /// Closes the database. The vault can't be used afterwards.
    public func close() throws { try Self.translated { try database.close() } }

    private func checkKey() throws {
        let sealed: Data? = try Self.translated {
            try database.read { try Data.fetchOne($0, sql: "SELECT checkValue FROM vault") }
        }
        guard let sealed, let plain = try? box.open(sealed, context: VaultSchema.checkContext),
            plain == VaultSchema.checkValue
        else {
            throw ReportsError(
                .wrongKey,
                "This key does not open this vault. Nothing was changed; use the key file that was made together with the vault."
            )
        }
    }

    /// Turns SQLite's faults into sentences.
    static func translated<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw explain(error)
        }
    }

    private static func explain(_ error: DatabaseError) -> ReportsError {
        switch error.resultCode {
        case .SQLITE_FULL:
            ReportsError(
                .diskFull,
                "The disk is full: the vault can't grow. What was stored before is intact; free some space and run the same command again."
            )
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            ReportsError(
                .vaultLocked,
                "Another process is writing to the vault. Wait until it is done and run the same command again.")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            ReportsError(
                .vaultDamaged,
                "The vault's database is damaged. Restore it from the backup, or make a new one and import again.")
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
            ReportsError(
                .vaultUnusable,
                "The vault's database can't be opened for writing. Check the path and this user's rights.", cause: error
            )
        default:
            ReportsError(
                .vaultUnusable, "The vault's database failed. Check the disk; what was stored before is intact.",
                cause: error)
        }
    }

    func context(_ use: String, _ id: String, _ version: Int) -> String { "consilium/vault/\(use)/\(id)/\(version)" }
}
