public import Foundation
internal import GRDB

/// Reads other programs' databases for an audit: a copy of the file and of its journal, never the file itself.
///
/// Values come out as bytes, so that nothing in a file that somebody edited is more than data.
public struct RecordDatabase: Sendable {
    private let rowsByQuery: [String: [[Data?]]]

    /// - Parameter queries: one `SELECT` each; a table that does not exist gives no rows.
    /// - Throws: ``LedgerError`` `.unreadable` if it is no SQLite database or is damaged, `.locked` if it is written to
    ///   without a pause.
    public init(reading url: URL, queries: [String]) throws {
        let unreadable = LedgerError(
            .unreadable, "\(url.lastPathComponent) is no database or is damaged. Restore it from a backup.")
        guard let copy = try DatabaseCopy(reading: url) else { throw unreadable }
        rowsByQuery = try copy.withFiles { file in
            do {
                var configuration = Configuration()
                configuration.prepareDatabase { try $0.execute(sql: "PRAGMA trusted_schema = OFF") }
                let queue = try DatabaseQueue(path: file.path, configuration: configuration)
                return try queue.read { database in
                    var result: [String: [[Data?]]] = [:]
                    for query in queries {
                        do {
                            result[query] = try Row.fetchAll(database, sql: query).map { row in
                                row.databaseValues.map(Self.bytes)
                            }
                        } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
                            result[query] = []
                        }
                    }
                    return result
                }
            } catch is DatabaseError {
                throw unreadable
            }
        }
    }

    /// Numbers as their decimal digits, text as UTF-8.
    public func rows(_ query: String) -> [[Data?]] { rowsByQuery[query] ?? [] }

    private static func bytes(_ value: DatabaseValue) -> Data? {
        switch value.storage {
        case .null: nil
        case .int64(let number): Data(String(number).utf8)
        case .double(let number): Data(String(number).utf8)
        case .string(let text): Data(text.utf8)
        case .blob(let data): data
        }
    }
}
