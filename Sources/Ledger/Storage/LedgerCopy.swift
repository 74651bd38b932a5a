internal import ConsiliumCore
internal import Foundation

/// What a database ledger holds, read from a copy: without the lock and without changing anything beside the original.
struct LedgerCopy {
    var rows: [StoredRow]
    var head: SignedHead?
    /// Where the file differs from what appending rows leaves, if anywhere.
    var fault: ImageFault?

    /// - Returns: `nil` if the file is no SQLite file.
    /// - Throws: ``LedgerError`` `.unreadable`, `.locked`; `CoreError` if the file can't be read.
    static func read(_ url: URL) throws -> LedgerCopy? {
        guard let copy = try DatabaseCopy(reading: url) else { return nil }
        if copy.journal == nil {
            do throws(ImageFault) {
                let image = try LedgerImage(copy.database)
                return LedgerCopy(rows: image.rows, head: image.head)
            } catch {
                return try copy.withFiles { url in
                    let file = try LedgerFile(opening: url)
                    return LedgerCopy(rows: try file.rows(), head: try file.signedHead(), fault: error)
                }
            }
        }
        // A transaction was cut off: SQLite takes it back in the copy, as it would when the ledger is opened again.
        return try copy.withFiles { url in
            let file = try LedgerFile(opening: url)
            var result = LedgerCopy(rows: try file.rows(), head: try file.signedHead())
            let bytes = try DurableFile.read(url, limit: 4 << 30)
            do throws(ImageFault) { _ = try LedgerImage(bytes) } catch { result.fault = error }
            return result
        }
    }
}
