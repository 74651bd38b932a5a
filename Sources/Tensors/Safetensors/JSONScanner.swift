/// Reads JSON from bytes that somebody else made, without trusting them.
///
/// Foundation's parser silently keeps one of two equal keys, which lets a file show different content to different
/// readers; whoever reads objects here sees every key.
struct JSONScanner {
    struct Fault: Error { let reason: String }

    let bytes: UnsafeRawBufferPointer
    private(set) var index = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// - Throws: ``Fault`` unless only white space is left.
    mutating func finish() throws {
        skipSpace()
        guard index == bytes.count else { throw Fault(reason: "there is text after the closing brace") }
    }

    /// Calls `member` after each key, to read its value.
    mutating func object(_ member: (inout JSONScanner, String) throws -> Void) throws {
        try expect(UInt8(ascii: "{"))
        if take(UInt8(ascii: "}")) { return }
        repeat {
            let key = try string()
            try expect(UInt8(ascii: ":"))
            try member(&self, key)
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
    }

    /// An array of whole numbers of 0 or more.
    mutating func integers(limit: Int) throws -> [Int] {
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

    mutating func integer() throws -> Int {
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

    mutating func string() throws -> String {
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

    func peek() -> UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func skipSpace() {
        while let byte = peek(), byte == 32 || byte == 10 || byte == 13 || byte == 9 { index += 1 }
    }

    mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard peek() == byte else { return false }
        index += 1
        return true
    }

    mutating func expect(_ byte: UInt8) throws {
        guard take(byte) else {
            throw Fault(reason: "“\(Character(Unicode.Scalar(byte)))” is missing at byte \(index)")
        }
    }

    /// Moves on by `count` bytes, which the caller has looked at.
    mutating func advance(_ count: Int) { index = min(index + count, bytes.count) }
}
