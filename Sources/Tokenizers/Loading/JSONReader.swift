internal import Foundation

/// Reads JSON (RFC 8259) into ``JSONValue``. Strict: no comments, no trailing commas, no lone surrogates.
struct JSONReader {
    /// No tokenizer file nests deeper; recursion must not follow a hostile one.
    private static let deepest = 64

    private let bytes: UnsafeBufferPointer<UInt8>
    private let file: String
    private var index = 0

    /// - Parameter file: the name for messages.
    static func read(_ data: Data, file: String) throws -> JSONValue {
        try data.withUnsafeBytes { raw in
            var reader = JSONReader(bytes: raw.bindMemory(to: UInt8.self), file: file)
            let value = try reader.value(depth: 0)
            reader.skipSpace()
            guard reader.index == reader.bytes.count else { throw reader.malformed("has something after its end") }
            return value
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, file: String) {
        self.bytes = bytes
        self.file = file
    }

    private func malformed(_ what: String) -> TokenizersError {
        TokenizersError(.malformedFile, "\(file) is not valid JSON: it \(what) (byte \(index)). Fetch the file again.")
    }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 10 || bytes[index] == 13 || bytes[index] == 9
        {
            index += 1
        }
    }

    private mutating func value(depth: Int) throws -> JSONValue {
        guard depth < Self.deepest else { throw malformed("nests deeper than \(Self.deepest) levels") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try array(depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case nil: throw malformed("ends too early")
        default: return try number()
        }
    }

    private mutating func literal(_ word: StaticString, _ value: JSONValue) throws -> JSONValue {
        let length = word.utf8CodeUnitCount
        let expected = UnsafeBufferPointer(start: word.utf8Start, count: length)
        guard index + length <= bytes.count, bytes[index..<index + length].elementsEqual(expected) else {
            throw malformed("has an unknown word")
        }
        index += length
        return value
    }

    private mutating func number() throws -> JSONValue {
        let start = index
        while let byte = next, (48...57).contains(byte) || [43, 45, 46, 69, 101].contains(byte) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard index > start, let value = Double(text), value.isFinite else { throw malformed("has an unknown value") }
        return .number(value)
    }

    private mutating func array(_ depth: Int) throws -> JSONValue {
        index += 1
        var items: [JSONValue] = []
        skipSpace()
        if next == UInt8(ascii: "]") {
            index += 1
            return .array(items)
        }
        while true {
            items.append(try value(depth: depth + 1))
            if try separator(or: UInt8(ascii: "]")) { return .array(items) }
        }
    }

    private mutating func object(_ depth: Int) throws -> JSONValue {
        index += 1
        var members: [(key: String, value: JSONValue)] = []
        skipSpace()
        if next == UInt8(ascii: "}") {
            index += 1
            return .object(members)
        }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw malformed("has a member without a name") }
            let key = try string()
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw malformed("lacks a colon") }
            index += 1
            members.append((key, try value(depth: depth + 1)))
            if try separator(or: UInt8(ascii: "}")) { return .object(members) }
        }
    }

    /// - Returns: whether the list ended.
    private mutating func separator(or end: UInt8) throws -> Bool {
        skipSpace()
        guard let byte = next else { throw malformed("ends too early") }
        guard byte == end || byte == UInt8(ascii: ",") else { throw malformed("lacks a comma") }
        index += 1
        return byte == end
    }

    private mutating func string() throws -> String {
        index += 1
        let start = index
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { index += 1 }
        if next == UInt8(ascii: "\"") {
            index += 1
            return try text(bytes[start..<index - 1])
        }
        var content = Array(bytes[start..<index])
        while let byte = next {
            index += 1
            if byte == UInt8(ascii: "\"") { return try text(content[...]) }
            guard byte >= 0x20 else { throw malformed("has a control character in a string") }
            if byte == UInt8(ascii: "\\") { try escape(into: &content) } else { content.append(byte) }
        }
        throw malformed("ends inside a string")
    }

    private func text(_ content: some Collection<UInt8>) throws -> String {
        guard let text = String(validating: content, as: UTF8.self) else {
            throw malformed("has a string that is not UTF-8")
        }
        return text
    }

    private mutating func escape(into content: inout [UInt8]) throws {
        guard let byte = next else { throw malformed("ends inside a string") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
        case UInt8(ascii: "b"): content.append(8)
        case UInt8(ascii: "f"): content.append(12)
        case UInt8(ascii: "n"): content.append(10)
        case UInt8(ascii: "r"): content.append(13)
        case UInt8(ascii: "t"): content.append(9)
        case UInt8(ascii: "u"):
            var value = try codeUnit()
            if (0xd800..<0xdc00).contains(value) {
                guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
                else {
                    throw malformed("has half of a surrogate pair")
                }
                index += 2
                let low = try codeUnit()
                guard (0xdc00..<0xe000).contains(low) else { throw malformed("has half of a surrogate pair") }
                value = 0x10000 + (value - 0xd800) << 10 + (low - 0xdc00)
            }
            guard let scalar = Unicode.Scalar(value) else { throw malformed("has half of a surrogate pair") }
            content.append(contentsOf: UTF8Form.encode(scalar))
        default: throw malformed("has an unknown escape")
        }
    }

    private mutating func codeUnit() throws -> UInt32 {
        guard index + 4 <= bytes.count else { throw malformed("ends inside a string") }
        var value: UInt32 = 0
        for byte in bytes[index..<index + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw malformed("has an unknown escape")
            }
            value = value << 4 | UInt32(digit)
        }
        index += 4
        return value
    }
}
