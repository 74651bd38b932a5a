/// The tokenizer “13a” of mteval-v13a.pl, as sacrebleu 2 applies it.
enum TranslationTokenizer {
    /// Words and punctuation marks. Trailing white space doesn't count.
    static func words(_ text: String) -> [PythonText.Word] {
        var bytes = Array(PythonText.withoutTrailingSpaces(text).utf8)
        bytes = replacing(bytes, "<skipped>", "")
        bytes = replacing(bytes, "-\n", "")
        bytes = replacing(bytes, "\n", " ")
        if bytes.contains(UInt8(ascii: "&")) {
            for (entity, character) in [("&quot;", "\""), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")] {
                bytes = replacing(bytes, entity, character)
            }
        }
        let blank = UInt8(ascii: " ")
        bytes = [blank] + bytes + [blank]
        bytes = separated(bytes)
        bytes = pairs(bytes, { !isDigit($0) && isStop($1) }) { [$0, blank, $1, blank] }
        bytes = pairs(bytes, { isStop($0) && !isDigit($1) }) { [blank, $0, blank, $1] }
        bytes = pairs(bytes, { isDigit($0) && $1 == UInt8(ascii: "-") }) { [$0, blank, $1, blank] }
        return PythonText.words(String(decoding: bytes, as: UTF8.self))
    }

    /// Marks stand alone, but for apostrophe, comma, hyphen and full stop.
    private static func separated(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            switch byte {
            case 0x20...0x26, 0x28...0x2B, 0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E:
                result += [0x20, byte, 0x20]
            default: result.append(byte)
            }
        }
        return result
    }

    /// Replaces neighbors from left to right; what was replaced is not looked at again. In UTF-8 the bytes of other characters
    /// are neither digits nor stops, so bytes do as well as scalars.
    private static func pairs(
        _ bytes: [UInt8], _ matches: (UInt8, UInt8) -> Bool, _ replacement: (UInt8, UInt8) -> [UInt8]
    ) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count * 2)
        var index = 0
        while index < bytes.count {
            if index + 1 < bytes.count, matches(bytes[index], bytes[index + 1]) {
                result += replacement(bytes[index], bytes[index + 1])
                index += 2
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    private static func replacing(_ bytes: [UInt8], _ pattern: String, _ replacement: String) -> [UInt8] {
        let pattern = Array(pattern.utf8)
        guard let first = pattern.first else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == first, index + pattern.count <= bytes.count,
                bytes[index..<index + pattern.count].elementsEqual(pattern)
            {
                result += Array(replacement.utf8)
                index += pattern.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    private static func isStop(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") }
}
