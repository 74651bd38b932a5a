internal import Foundation

/// Finds encodings that can be told from the bytes beyond doubt. Whatever it finds is told to the person who imports.
enum EncodingDetector {
    /// - Returns: the encoding of bytes that are not UTF-8 and have no mark, `nil` if several would do.
    static func unmarked(_ data: Data) -> TextEncoding? {
        if let wide = utf16(data) { return wide }
        return isWindows1252(data) ? .windows1252 : nil
    }

    /// The encoding of a table that declares none and is not UTF-8; `nil` leaves the verdict to each row.
    static func ofTable(_ data: Data, declared: TextEncoding?) -> TextEncoding? {
        guard declared == nil || declared == .utf8, !FormatDetector.hasUTF16Mark(data) else { return nil }
        if let wide = utf16(data) { return wide }
        let isUTF8 = data.withUnsafeBytes { String(validating: $0, as: UTF8.self) != nil }
        return isUTF8 ? nil : unmarked(data)
    }

    /// What the import says about an encoding that nobody declared.
    static func shown(_ encoding: TextEncoding) -> [String: String] {
        let name =
            switch encoding {
            case .utf8: "UTF-8"
            case .latin1: "ISO-8859-1"
            case .windows1252: "Windows-1252"
            case .utf16LittleEndian: "UTF-16LE"
            case .utf16BigEndian: "UTF-16BE"
            }
        return ["encoding": "\(name) (read as this because of its bytes: it declares none and is not UTF-8)"]
    }

    /// Every other byte of Western text in UTF-16 is 0.
    static func utf16(_ data: Data) -> TextEncoding? {
        guard data.count >= 8, data.count.isMultiple(of: 2) else { return nil }
        var zeros = (even: 0, odd: 0)
        let head = data.prefix(4096)
        for (index, byte) in head.enumerated() where byte == 0 {
            if index.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
        }
        let units = head.count / 2
        if zeros.odd * 10 > units * 7, zeros.even == 0 { return .utf16LittleEndian }
        if zeros.even * 10 > units * 7, zeros.odd == 0 { return .utf16BigEndian }
        return nil
    }

    /// Whether every byte above 127 makes sense as Windows-1252 where it stands, and at least one is a letter inside a
    /// word. The same bytes in the code pages of DOS, of the old Mac, of Central Europe or Russia fail one rule or another.
    private static func isWindows1252(_ data: Data) -> Bool {
        var letters = (plain: 0, high: 0)
        var isProven = false
        let allPlausible = data.withUnsafeBytes { bytes -> Bool in
            for index in bytes.indices {
                let byte = bytes[index]
                if byte < 128 {
                    guard byte >= 32 || (9...13).contains(byte) else { return false }
                    if isASCIILetter(byte) { letters.plain += 1 }
                    continue
                }
                let before = index > 0 ? bytes[index - 1] : 32
                let after = index + 1 < bytes.count ? bytes[index + 1] : 32
                if isLetter(byte) {
                    guard isPlausible(letter: byte, before: before, after: after) else { return false }
                    letters.high += 1
                    if isASCIILetter(before) || isASCIILetter(after) { isProven = true }
                } else if !isPlausible(mark: byte, before: before, after: after) {
                    return false
                }
            }
            return true
        }
        return allPlausible && isProven && letters.high * 4 <= letters.plain
    }

    /// Inside a word, beside a plain letter, and not a capital after a small one.
    private static func isPlausible(letter: UInt8, before: UInt8, after: UInt8) -> Bool {
        guard isASCIILetter(before) || isASCIILetter(after) else { return false }
        let isSmall = letter >= 0xDF || letter == 0x9A || letter == 0x9C || letter == 0x9E
        if !isSmall { return !isSmallASCII(before) }
        // A small letter at the end of a word in capitals is the mark of another code page.
        return !(isCapitalASCII(before) && isCapitalASCII(after))
    }

    private static func isPlausible(mark: UInt8, before: UInt8, after: UInt8) -> Bool {
        let isInWord = isASCIILetter(before) && isASCIILetter(after)
        switch mark {
        // ’ stands in words too.
        case 0x92: return true
        case 0x85, 0x91, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99, 0xA0, 0xA7, 0xA9, 0xAB, 0xAE, 0xB7, 0xBB: return !isInWord
        // ° ± ¼ ½ ¾ × ÷ € £ belong to numbers.
        case 0xB0, 0xB1, 0xBC, 0xBD, 0xBE, 0xD7, 0xF7, 0x80, 0xA3:
            return !isASCIILetter(before) && (isDigit(before) || before == 32 || isDigit(after) || after == 32)
        case 0xB2, 0xB3, 0xB9: return isDigit(before) || before == UInt8(ascii: "m")
        case 0xB5: return !isASCIILetter(before) && isASCIILetter(after)
        case 0xAA, 0xBA: return isDigit(before) || before == UInt8(ascii: ".")
        case 0xA1, 0xBF: return !isASCIILetter(before) && isASCIILetter(after)
        default: return false
        }
    }

    /// The accented letters of Western languages.
    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x8A, 0x8C, 0x8E, 0x9A, 0x9C, 0x9E, 0x9F: true
        case 0xC0...0xFF: ![0xD0, 0xD7, 0xDE, 0xF0, 0xF7, 0xFE].contains(byte)
        default: false
        }
    }

    private static func isASCIILetter(_ byte: UInt8) -> Bool { isSmallASCII(byte) || isCapitalASCII(byte) }
    private static func isSmallASCII(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
    private static func isCapitalASCII(_ byte: UInt8) -> Bool { (65...90).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
