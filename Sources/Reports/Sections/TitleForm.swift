/// Headings in one spelling: small letters without accents, `&` as “and”, no punctuation, no parentheses, single spaces.
enum TitleForm {
    /// Longer titles are no headings. Bytes.
    static let maximum = 64

    static func normalized(_ title: some Sequence<UInt8>) -> String {
        var result: [UInt8] = []
        var depth = 0
        var lead: UInt8 = 0
        func space() { if let last = result.last, last != 32 { result.append(32) } }
        for byte in title {
            if lead == 0xC3 {
                lead = 0
                result.append(plain[byte | 0x20] ?? 63)
                continue
            }
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"): depth = max(0, depth - 1)
            case _ where depth > 0: break
            case UInt8(ascii: "&"), UInt8(ascii: "+"):
                space()
                result += "and ".utf8
            case UInt8(ascii: "'"), UInt8(ascii: "`"): break
            case 0xC3: lead = byte
            case _ where ASCII.isAlphanumeric(byte): result.append(ASCII.lowercased(byte))
            case 0x80...: result.append(byte)
            default: space()
            }
        }
        while result.last == 32 { result.removeLast() }
        return String(decoding: result, as: UTF8.self)
    }

    static func normalized(_ title: String) -> String { normalized(title.utf8) }

    /// Second bytes of the Latin-1 letters in UTF-8, small, and their letter.
    private static let plain: [UInt8: UInt8] = {
        var letters: [UInt8: UInt8] = [:]
        let rows: [(ClosedRange<UInt8>, Character)] = [
            (0xA0...0xA5, "a"), (0xA7...0xA7, "c"), (0xA8...0xAB, "e"), (0xAC...0xAF, "i"), (0xB1...0xB1, "n"),
            (0xB2...0xB6, "o"), (0xB8...0xB8, "o"), (0xB9...0xBC, "u"), (0xBD...0xBD, "y"), (0xBF...0xBF, "y"),
        ]
        for (range, letter) in rows { for byte in range { letters[byte] = letter.asciiValue } }
        return letters
    }()
}
