internal import Foundation

/// Walks a JSON file record by record: an array's elements, an object, or one object a line.
enum JSONDocuments {
    /// Where a record stands: `.element(3)`, the only value, or a line.
    enum Place: Equatable {
        case whole
        case element(Int)
        case line(Int)
    }

    /// Calls `found` for each record in turn, so that only one is in memory at a time.
    static func forEach(
        _ file: SourceFile, encoding: TextEncoding?, found: (Place, JSONTree) throws -> Void,
        rejected: (ReadOutcome) throws -> Void
    ) throws {
        let data: Data
        do {
            data = try TextDecoding.asUTF8(file.data, declared: encoding)
        } catch {
            return try rejected(file.undecodable("", error))
        }
        try data.withUnsafeBytes { bytes in
            if isLines(bytes, name: file.name) { return try lines(bytes, file, found, rejected) }
            var scanner = JSONScanner(bytes)
            if scanner.isAtEnd() { return try rejected(file.rejection("", .empty, "The file is empty.")) }
            guard scanner.take("[") else { return try single(&scanner, file, found, rejected) }
            try elements(&scanner, file, found, rejected)
        }
    }

    private static func single(
        _ scanner: inout JSONScanner, _ file: SourceFile, _ found: (Place, JSONTree) throws -> Void,
        _ rejected: (ReadOutcome) throws -> Void
    ) throws {
        let value: JSONTree
        do {
            value = try scanner.value()
            guard scanner.isAtEnd() else { throw scanner.fault }
        } catch let fault as JSONScanner.Fault {
            return try rejected(file.rejection("", fault.reason, fault.sentence))
        }
        try found(.whole, value)
    }

    private static func elements(
        _ scanner: inout JSONScanner, _ file: SourceFile, _ found: (Place, JSONTree) throws -> Void,
        _ rejected: (ReadOutcome) throws -> Void
    ) throws {
        if scanner.take("]") { return try rejected(file.rejection("", .empty, "The file holds an empty list.")) }
        var index = 0
        while true {
            let value: JSONTree
            do {
                scanner.beginRecord()
                value = try scanner.value(depth: 1)
            } catch let fault as JSONScanner.Fault {
                return try rejected(file.rejection("[\(index)]", fault.reason, fault.sentence))
            }
            try found(.element(index), value)
            index += 1
            if scanner.take(",") { continue }
            if scanner.take("]"), scanner.isAtEnd() { return }
            let fault = scanner.fault
            return try rejected(file.rejection("[\(index)]", fault.reason, fault.sentence))
        }
    }

    private static func lines(
        _ bytes: UnsafeRawBufferPointer, _ file: SourceFile, _ found: (Place, JSONTree) throws -> Void,
        _ rejected: (ReadOutcome) throws -> Void
    ) throws {
        var scanner = ByteScanner(bytes, returnsEndLines: false)
        var number = 0
        while let line = scanner.nextLine() {
            number += 1
            guard line.count <= ReadLimit.recordBytes else {
                try rejected(file.tooLong("line=\(number)"))
                continue
            }
            let value: JSONTree
            do {
                var record = JSONScanner(bytes, range: line)
                if record.isAtEnd() { continue }
                value = try record.value()
                guard record.isAtEnd() else { throw record.fault }
            } catch let fault as JSONScanner.Fault {
                let sentence = fault.sentence.replacingOccurrences(of: "; what follows in it was not read", with: "")
                try rejected(file.rejection("line=\(number)", fault.reason, sentence))
                continue
            }
            try found(.line(number), value)
        }
    }

    /// By name, or because the first line is a whole object and another follows.
    private static func isLines(_ bytes: UnsafeRawBufferPointer, name: String) -> Bool {
        let name = name.lowercased()
        if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") { return true }
        var scanner = ByteScanner(bytes, returnsEndLines: false)
        guard let first = scanner.nextLine(), first.count <= ReadLimit.recordBytes, first.count > 1,
            bytes[first.lowerBound] == UInt8(ascii: "{")
        else { return false }
        var record = JSONScanner(bytes, range: first)
        guard (try? record.value()) != nil, record.isAtEnd() else { return false }
        while let line = scanner.nextLine() {
            if let byte = bytes[line].first(where: { $0 != 32 && $0 != 9 && $0 != 13 }) {
                return byte == UInt8(ascii: "{")
            }
        }
        return false
    }
}
