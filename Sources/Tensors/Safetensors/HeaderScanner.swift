/// Reads the JSON header of a safetensors file.
///
/// Foundation's parser silently keeps one of two equal keys, which lets a file show different tensors to different
/// readers; here a duplicate key is an error. Only what the format allows is understood: objects of strings and of
/// entries with `dtype`, `shape` and `data_offsets`.
struct HeaderScanner {
    struct Entry: Equatable {
        var type = ""
        var shape: [Int] = []
        var begin = 0
        var end = 0
    }

    struct Fault: Error { let reason: String }

    private let bytes: UnsafeRawBufferPointer
    private var index = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// - Throws: ``Fault``.
    mutating func scan() throws -> (entries: [String: Entry], metadata: [String: String]) {
        var entries: [String: Entry] = [:]
        var metadata: [String: String]?
        try object { scanner, name in
            if name == "__metadata__" {
                guard metadata == nil else { throw Fault(reason: "the metadata appears twice") }
                metadata = try scanner.strings()
            } else {
                guard entries[name] == nil else { throw Fault(reason: "a tensor is listed twice") }
                entries[name] = try scanner.entry()
            }
        }
        skipSpace()
        guard index == bytes.count else { throw Fault(reason: "there is text after the closing brace") }
        return (entries, metadata ?? [:])
    }

    private mutating func strings() throws -> [String: String] {
        var values: [String: String] = [:]
        try object { scanner, key in
            guard values[key] == nil else { throw Fault(reason: "a metadata key appears twice") }
            values[key] = try scanner.string()
        }
        return values
    }

    private mutating func entry() throws -> Entry {
        var entry = Entry()
        var seen: Set<String> = []
        try object { scanner, key in
            guard seen.insert(key).inserted else { throw Fault(reason: "a field of a tensor appears twice") }
            switch key {
            case "dtype": entry.type = try scanner.string()
            case "shape": entry.shape = try scanner.integers(limit: 64)
            case "data_offsets":
                let offsets = try scanner.integers(limit: 2)
                guard offsets.count == 2 else { throw Fault(reason: "data_offsets are not two numbers") }
                (entry.begin, entry.end) = (offsets[0], offsets[1])
            default: throw Fault(reason: "a tensor has a field that is none of dtype, shape and data_offsets")
            }
        }
        guard seen.count == 3 else { throw Fault(reason: "a tensor lacks dtype, shape or data_offsets") }
        return entry
    }

    private mutating func object(_ member: (inout HeaderScanner, String) throws -> Void) throws {
        try expect(UInt8(ascii: "{"))
        if take(UInt8(ascii: "}")) { return }
        repeat {
            let key = try string()
            try expect(UInt8(ascii: ":"))
            try member(&self, key)
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
    }

    private mutating func integers(limit: Int) throws -> [Int] {
        var numbers: [Int] = []
        try expect(UInt8(ascii: "["))
        if take(UInt8(ascii: "]")) { return numbers }
        repeat {
            guard numbers.count < limit else { throw Fault(reason: "a list has too many numbers") }
            numbers.append(try integer())
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
        return numbers
    }

    private mutating func integer() throws -> Int {
        skipSpace()
        let start = index
        var value = 0
        while let digit = peek(), digit >= 48, digit <= 57 {
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(Int(digit - 48))
            guard !overflow, !carry else { throw Fault(reason: "a number is too large") }
            value = sum
            index += 1
        }
        guard index > start else { throw Fault(reason: "a size or an offset is not a whole number of 0 or more") }
        guard index == start + 1 || bytes[start] != 48 else { throw Fault(reason: "a number starts with a zero") }
        return value
    }

    private mutating func string() throws -> String {
        try expect(UInt8(ascii: "\""))
        var text: [UInt8] = []
        while let byte = peek() {
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw Fault(reason: "a string is not UTF-8")
                }
                return string
            case UInt8(ascii: "\\"): text += Array(String(try escape()).utf8)
            case 0..<32: throw Fault(reason: "a string contains a control character")
            default: text.append(byte)
            }
        }
        throw Fault(reason: "a string does not end")
    }

    private mutating func escape() throws -> Character {
        guard let byte = peek() else { throw Fault(reason: "a string does not end") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            var unit = try codeUnit()
            if unit >= 0xd800, unit < 0xdc00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
                let low = try codeUnit()
                guard low >= 0xdc00, low < 0xe000 else { throw Fault(reason: "a string has half a surrogate pair") }
                unit = 0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00)
            }
            guard let scalar = Unicode.Scalar(unit) else { throw Fault(reason: "a string has half a surrogate pair") }
            return Character(scalar)
        default: throw Fault(reason: "a string has an unknown escape")
        }
    }

    private mutating func codeUnit() throws -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw Fault(reason: "a string has an unknown escape")
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    private func peek() -> UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 32 || byte == 10 || byte == 13 || byte == 9 { index += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard peek() == byte else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws {
        guard take(byte) else {
            throw Fault(reason: "“\(Character(Unicode.Scalar(byte)))” is missing at byte \(index)")
        }
    }
}
