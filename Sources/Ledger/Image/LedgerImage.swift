internal import ConsiliumCore
internal import Foundation

/// A ledger's database file, read byte by byte without SQLite.
///
/// SQLite ignores much of a file: free space in pages, several header fields, other forms of the same number. A signature over
/// the rows can't notice a change there. This reader accepts a file only if *every* byte is the one that appending rows
/// leaves, so that any single changed byte is either in a signed row or found here.
struct LedgerImage {
    /// So large that a ledger of 100,000 rows has a single inner page, whose bytes can then all be accounted for.
    static let pageSize = 32768

    let rows: [StoredRow]
    let head: SignedHead?

    /// - Throws: ``ImageFault`` at the first byte that does not belong there.
    init(_ file: Data) throws(ImageFault) {
        let library = try Self.checkHeader(file)
        var table = ImageTable(file)
        let roots = try Self.checkSchema(&table)
        var rows: [StoredRow] = []
        try table.walk(root: roots.rows) { key, payload, page throws(ImageFault) in
            let record = try ImageRecord(payload, columns: 3, page: page)
            guard record.values[0] == .null, case .blob(let body) = record.values[1],
                case .blob(let signature) = record.values[2]
            else { throw ImageFault(page: page, "a column has another type than its table says") }
            rows.append(StoredRow(sequence: key, body: body, signature: signature))
        }
        var head: SignedHead?
        var writer = library
        try table.walk(root: roots.head) { key, payload, page throws(ImageFault) in
            let record = try ImageRecord(payload, columns: 5, page: page)
            guard key == 1, head == nil, record.values[0] == .null, case .integer(let sequence) = record.values[1],
                case .text(let hash) = record.values[2], case .blob(let signature) = record.values[3],
                case .integer(let version) = record.values[4],
                let hash = try? ContentHash(hex: String(decoding: hash, as: UTF8.self))
            else { throw ImageFault(page: page, "the head has another form") }
            head = SignedHead(head: LedgerHead(sequence: sequence, hash: hash), signature: signature)
            writer = version
        }
        guard writer == library else {
            throw ImageFault(page: 1, "the file names another version of SQLite than its last writer")
        }
        let pages = file.count / Self.pageSize
        // The page that SQLite keeps for its locks, a gibibyte into a file, is never used.
        let unused = (1...pages).first { !table.used.contains($0) && $0 != (1 << 30) / Self.pageSize + 1 }
        if let unused { throw ImageFault(page: unused, "it belongs to nothing") }
        self.rows = rows
        self.head = head
    }

    /// - Returns: the version of SQLite that wrote last, as the header says.
    private static func checkHeader(_ file: Data) throws(ImageFault) -> Int {
        guard file.count >= pageSize, file.count % pageSize == 0 else {
            throw ImageFault("the file does not consist of whole pages")
        }
        guard file.prefix(16) == Data("SQLite format 3\0".utf8) else { throw ImageFault("it is no SQLite file") }
        var header = ImageReader(file, at: 16, page: 1)
        func expect(_ width: Int, _ value: Int, _ name: String) throws(ImageFault) {
            guard try header.integer(width) == value else {
                throw ImageFault(page: 1, "the header's \(name) is not that of a ledger")
            }
        }
        try expect(2, pageSize, "page size")
        try expect(2, 0x0101, "journal mode")
        try expect(1, 0, "reserved space")
        try expect(3, 0x402020, "payload fractions")
        let changes = try header.integer(4)
        try expect(4, file.count / pageSize, "page count")
        try expect(4, 0, "first free page")
        try expect(4, 0, "count of free pages")
        try expect(4, LedgerFile.schema.count, "schema number")
        try expect(4, 4, "schema format")
        try expect(4, 0, "cache size")
        try expect(4, 0, "largest root page")
        try expect(4, 1, "text encoding")
        try expect(4, 0, "user version")
        try expect(4, 0, "vacuum mode")
        try expect(4, 0, "application")
        guard try header.data(20).allSatisfy({ $0 == 0 }) else {
            throw ImageFault(page: 1, "the header's unused bytes are not zero")
        }
        try expect(4, changes, "change counter")
        return try header.integer(4)
    }

    private static func checkSchema(_ table: inout ImageTable) throws(ImageFault) -> (rows: Int, head: Int) {
        var roots: [Int] = []
        try table.walk(root: 1) { key, payload, page throws(ImageFault) in
            let record = try ImageRecord(payload, columns: 5, page: page)
            guard key == roots.count + 1, key <= LedgerFile.schema.count else {
                throw ImageFault(page: page, "the database has other tables or triggers than a ledger")
            }
            let entry = LedgerFile.schema[key - 1]
            let expected = [entry.type, entry.name, entry.table].map { ImageRecord.Value.text(Data($0.utf8)) }
            guard Array(record.values.prefix(3)) == expected, case .integer(let root) = record.values[3],
                record.values[4] == .text(Data(entry.sql.utf8)), (entry.type == "table") == (root > 0)
            else { throw ImageFault(page: page, "the database has other tables or triggers than a ledger") }
            roots.append(root)
        }
        guard roots.count == LedgerFile.schema.count else {
            throw ImageFault(page: 1, "the database lacks tables or triggers of a ledger")
        }
        return (roots[0], roots[1])
    }
}
