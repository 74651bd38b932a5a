internal import ConsiliumCore
internal import Foundation

/// The exchange form: one JSON object a line, the signed head last.
///
/// A line holds the row's body as a string, byte for byte as it was signed. A file has exactly one valid form, so
/// that any
/// changed byte is found, white space and letter case included.
enum LedgerLines {
    private struct RowLine: Codable {
        var row: String
        var signature: String
    }
    private struct HeadLine: Codable {
        var head: LedgerHead
        var signature: String
    }

    static func encode(_ rows: [StoredRow], head: SignedHead?) throws -> Data {
        var data = Data()
        for row in rows {
            data += try CanonicalJSON.encode(
                RowLine(row: String(decoding: row.body, as: UTF8.self), signature: row.signature.hexadecimal))
            data.append(10)
        }
        if let head {
            data += try CanonicalJSON.encode(HeadLine(head: head.head, signature: head.signature.hexadecimal))
            data.append(10)
        }
        return data
    }

    /// - Throws: ``LedgerError`` `.unreadable`, naming the line.
    static func decode(_ data: Data) throws -> (rows: [StoredRow], head: SignedHead?) {
        guard data.last == 10 else {
            throw LedgerError(.unreadable, "The export does not end with a complete line: it was cut off.")
        }
        var rows: [StoredRow] = []
        var head: SignedHead?
        for (index, line) in data.dropLast().split(separator: 10, omittingEmptySubsequences: false).enumerated() {
            let line = Data(line)
            guard head == nil else { throw fault(index, "stands behind the signed head") }
            if let parsed = try? CanonicalJSON.decode(RowLine.self, from: line) {
                guard let signature = Data(hexadecimal: parsed.signature), signature.hexadecimal == parsed.signature,
                    try CanonicalJSON.encode(parsed) == line
                else {
                    throw fault(index, "is not in the one valid form")
                }
                // The number is that of the place; the body's own is compared with it.
                rows.append(StoredRow(sequence: index, body: Data(parsed.row.utf8), signature: signature))
            } else if let parsed = try? CanonicalJSON.decode(HeadLine.self, from: line) {
                guard let signature = Data(hexadecimal: parsed.signature), signature.hexadecimal == parsed.signature,
                    try CanonicalJSON.encode(parsed) == line
                else {
                    throw fault(index, "is not in the one valid form")
                }
                head = SignedHead(head: parsed.head, signature: signature)
            } else {
                throw fault(index, "is neither a row nor a head")
            }
        }
        return (rows, head)
    }

    private static func fault(_ index: Int, _ what: String) -> LedgerError {
        LedgerError(.unreadable, "Line \(index + 1) of the export \(what).")
    }
}
