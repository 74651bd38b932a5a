internal import ConsiliumCore
internal import Foundation

/// The bytes of a SQLite database and of the journal beside it as of one moment, read without its locks and without changing
/// anything beside the original: also while another process writes to it.
struct DatabaseCopy {
    var database: Data
    /// Present only if a transaction was cut off, or if the database uses a write-ahead log.
    var journal: (suffix: String, bytes: Data)?

    /// - Returns: `nil` if the file is no SQLite file.
    /// - Throws: ``LedgerError`` `.unreadable`, `.locked`; `CoreError` if the file can't be read.
    init?(reading url: URL) throws {
        let url = url.resolvingSymlinksInPath()
        guard try Self.beginning(of: url, count: 16) == Data("SQLite format 3\0".utf8) else { return nil }
        // A writer with a rollback journal changes the database only while its journal has content; one with a log only
        // appends to it within one generation, which the log's header names, and a checkpoint changes the database. If none
        // of that moved around the reading, the files are what a power cut at that moment would have left.
        for _ in 0..<200 {
            let before = try Self.journal(of: url)
            let database = try DurableFile.read(url, limit: 4 << 30)
            let after = try Self.journal(of: url)
            let isSame: Bool
            switch (before, after) {
            case (nil, nil): isSame = try Self.beginning(of: url, count: 100) == database.prefix(100)
            case (let before?, let after?) where before.suffix == after.suffix:
                let isOneGeneration =
                    before.bytes.prefix(32) == after.bytes.prefix(32) && after.bytes.count >= before.bytes.count
                isSame = try isOneGeneration && DurableFile.read(url, limit: 4 << 30) == database
            default: isSame = false
            }
            if isSame {
                self.database = database
                journal = after
                return
            }
            Thread.sleep(forTimeInterval: 0.01)
        }
        throw LedgerError(.locked, "The database is being written to without a pause. Try again in a moment.")
    }

    /// Puts the files in a folder of their own while `body` reads them.
    func withFiles<Value>(_ body: (URL) throws -> Value) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "consilium-ledger-\(UUID().uuidString)")
        try DurableFile.createFolder(folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let copy = folder.appendingPathComponent("copy.sqlite")
        do {
            try database.write(to: copy)
            if let journal { try journal.bytes.write(to: URL(fileURLWithPath: copy.path + journal.suffix)) }
        } catch {
            throw LedgerError(
                .writeFailed, "Can't copy the database to \(folder.path) to read it. Check the free space there.",
                cause: error)
        }
        return try body(copy)
    }

    private static func journal(of url: URL) throws -> (suffix: String, bytes: Data)? {
        for suffix in ["-journal", "-wal"] {
            let file = URL(fileURLWithPath: url.path + suffix)
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            do {
                let bytes = try DurableFile.read(file, limit: 4 << 30)
                if !bytes.isEmpty { return (suffix, bytes) }
            } catch {
                // It may go away while it is read. On another fault nothing may be left out silently.
                guard FileManager.default.fileExists(atPath: file.path) else { continue }
                throw error
            }
        }
        return nil
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
