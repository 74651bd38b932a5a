internal import ConsiliumCore
internal import Foundation

/// Reads a database ledger from a temporary copy of it and its write-ahead log, without the lock and without changing
/// anything beside the original: also while another process writes to it.
enum LedgerCopy {
    /// - Returns: the rows and the signed head as of one committed transaction; `nil` if the file is no SQLite file.
    /// - Throws: ``LedgerError`` `.unreadable`, `.locked`; `CoreError` if the file can't be read.
    static func read(_ url: URL) throws -> (rows: [StoredRow], head: SignedHead?)? {
        guard try beginning(of: url, count: 16) == Data("SQLite format 3\0".utf8) else { return nil }
        let (database, log) = try consistentBytes(url)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "consilium-ledger-\(UUID().uuidString)")
        try DurableFile.createFolder(folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let copy = folder.appendingPathComponent("ledger.sqlite")
        do {
            try database.write(to: copy)
            if let log { try log.write(to: logFile(of: copy)) }
        } catch {
            throw LedgerError(
                .writeFailed, "Can't copy the ledger to \(folder.path) to read it. Check the free space there.",
                cause: error)
        }
        let file = try LedgerFile(opening: copy)
        return (try file.rows(), try file.signedHead())
    }

    /// The bytes of database and log that belong together.
    ///
    /// Within one generation of the log, which its header names, SQLite only appends; a checkpoint writes to the
    /// database. If neither the header nor the database changed around the reading of the log, then the pair is what a
    /// power cut at that moment would have left, and SQLite makes a whole state of that.
    private static func consistentBytes(_ url: URL) throws -> (database: Data, log: Data?) {
        let logFile = logFile(of: url)
        for _ in 0..<40 {
            let database = try DurableFile.read(url, limit: 4 << 30)
            let log = try present(logFile) { try DurableFile.read($0, limit: 4 << 30) }
            let header = try present(logFile) { try beginning(of: $0, count: 32) }
            if (log?.prefix(32) ?? Data()) == (header ?? Data()), try DurableFile.read(url, limit: 4 << 30) == database
            {
                return (database, log)
            }
            Thread.sleep(forTimeInterval: 0.025)
        }
        throw LedgerError(.locked, "The ledger is being written to without a pause. Try again in a moment.")
    }

    private static func logFile(of url: URL) -> URL { URL(fileURLWithPath: url.path + "-wal") }

    /// `nil` only if the file is not there, which it may also come to be while it is read; never on another fault,
    /// because a log that is left out silently would hide the latest rows.
    private static func present<Value>(_ url: URL, _ read: (URL) throws -> Value) throws -> Value? {
        guard FileManager.default.fileExists(atPath: url.path) else { return nil }
        do {
            return try read(url)
        } catch {
            guard FileManager.default.fileExists(atPath: url.path) else { return nil }
            throw error
        }
    }

    private static func beginning(of url: URL, count: Int) throws -> Data {
        do {
            let handle = try FileHandle(forReadingFrom: url)
            defer { try? handle.close() }
            return try handle.read(upToCount: count) ?? Data()
        } catch {
            throw LedgerError(
                .unreadable, "Can't read \(url.path). Check that it exists and that this user may read it.",
                cause: error)
        }
    }
}
