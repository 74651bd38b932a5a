internal import Foundation

/// A strict JSON parser (RFC 8259) over bytes, with bounds on nesting and size, that can read a long array one element at a
/// time.
struct JSONScanner {
    enum Fault: Error, Equatable {
        case malformed(offset: Int)
        case tooDeep
        case tooLong
    }

    private let bytes: UnsafeRawBufferPointer
    private(set) var position: Int
    /// Where the record that is being read must end.
    private var limit: Int

    init(_ bytes: UnsafeRawBufferPointer, range: Range<Int>? = nil) {
        self.bytes = UnsafeRawBufferPointer(rebasing: bytes[range ?? 0..<bytes.count])
        position = 0
        limit = 0
        beginRecord()
    }

    /// The next value may take up to the record limit from here.
    mutating func beginRecord() { limit = position + ReadLimit.recordBytes }

    mutating func value(depth: Int = 0) throws -> JSONTree {
        guard depth < ReadLimit.nesting else { throw Fault.tooDeep }
        skipSpace()
        switch peek() {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try array(depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    /// Skips white space and takes the byte if it is the next.
    mutating func take(_ byte: Unicode.Scalar) -> Bool {
        skipSpace()
        guard peek() == UInt8(ascii: byte) else { return false }
        position += 1
        return true
    }

    mutating func isAtEnd() -> Bool {
        skipSpace()
        return position >= bytes.count
    }

    var fault: Fault { .malformed(offset: position) }

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 32 || byte == 10 || byte == 13 || byte == 9 { position += 1 }
    }

    private func checkLimit() throws { if position > limit { throw Fault.tooLong } }

    private mutating func object(_ depth: Int) throws -> JSONTree {
        position += 1
        var members: [JSONTree.Member] = []
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            guard peek() == UInt8(ascii: "\"") else { throw fault }
            let key = try string()
            guard take(":") else { throw fault }
            members.append(JSONTree.Member(key: key, value: try value(depth: depth + 1)))
            try checkLimit()
        } while take(",")
        guard take("}") else { throw fault }
        return .object(members)
    }

    private mutating func array(_ depth: Int) throws -> JSONTree {
        position += 1
        var elements: [JSONTree] = []
        if take("]") { return .array([]) }
        repeat {
            // The list in {"entry": [ … ]} holds the records of such a file: the limit is for each of them.
            if depth == 1 { beginRecord() }
            elements.append(try value(depth: depth + 1))
            try checkLimit()
        } while take(",")
        guard take("]") else { throw fault }
        if depth == 1 { beginRecord() }
        return .array(elements)
    }

    private mutating func word(_ word: String, _ value: JSONTree) throws -> JSONTree {
        for byte in word.utf8 {
            guard peek() == byte else { throw fault }
            position += 1
        }
        return value
    }

    private mutating func number() throws -> String {
        let start = position
        if peek() == UInt8(ascii: "-") { position += 1 }
        let whole = try digits()
        if whole > 1, bytes[position - whole] == UInt8(ascii: "0") { throw fault }
        if peek() == UInt8(ascii: ".") {
            position += 1
            _ = try digits()
        }
        if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
            position += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
            _ = try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws -> Int {
        let start = position
        while let byte = peek(), byte >= 48, byte <= 57 { position += 1 }
        guard position > start else { throw fault }
        try checkLimit()
        return position - start
    }

    private mutating func string() throws -> String {
        position += 1
        var decoded: [UInt8] = []
        var from = position
        while true {
            guard let byte = peek() else { throw fault }
            if byte == UInt8(ascii: "\"") { break }
            guard byte >= 32 else { throw fault }
            if byte != UInt8(ascii: "\\") {
                position += 1
                if position > limit { throw Fault.tooLong }
                continue
            }
            decoded.append(contentsOf: bytes[from..<position])
            position += 1
            try escape(into: &decoded)
            from = position
        }
        decoded.append(contentsOf: bytes[from..<position])
        position += 1
        guard let text = String(validating: decoded, as: UTF8.self) else { throw fault }
        return text
    }

    private mutating func escape(into decoded: inout [UInt8]) throws {
        guard let byte = peek() else { throw fault }
        position += 1
        switch byte {
        case UInt8(ascii: "n"): decoded.append(10)
        case UInt8(ascii: "t"): decoded.append(9)
        case UInt8(ascii: "r"): decoded.append(13)
        case UInt8(ascii: "b"): decoded.append(8)
        case UInt8(ascii: "f"): decoded.append(12)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(byte)
        case UInt8(ascii: "u"):
            var code = try hexadecimalUnit()
            if (0xD800..<0xDC00).contains(code) {
                guard peek() == UInt8(ascii: "\\") else { throw fault }
                position += 1
                guard peek() == UInt8(ascii: "u") else { throw fault }
                position += 1
                let low = try hexadecimalUnit()
                guard (0xDC00..<0xE000).contains(low) else { throw fault }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw fault }
            decoded.append(contentsOf: Array(String(Character(scalar)).utf8))
        default: throw fault
        }
    }

    private mutating func hexadecimalUnit() throws -> UInt32 {
        guard position + 4 <= bytes.count else { throw fault }
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else { throw fault }
            code = code << 4 | UInt32(digit)
            position += 1
        }
        return code
    }
}

extension JSONScanner.Fault {
    var reason: ImportRejection.Reason {
        switch self {
        case .malformed: .malformed
        case .tooDeep: .tooDeep
        case .tooLong: .tooLong
        }
    }

    var sentence: String {
        switch self {
        case .malformed(let offset):
            "This is not valid JSON (near byte \(offset) of the record). Export the file again; what follows in it was not read."
        case .tooDeep: "The JSON is nested deeper than \(ReadLimit.nesting) levels, which no record of a clinic is."
        case .tooLong: "A JSON record is longer than \(ReadLimit.recordBytes >> 20) MiB. Export the records one by one."
        }
    }
}
