internal import Foundation

/// Bytes to text without guessing: UTF-8, a byte order mark, or what the configuration or the record declares.
enum TextDecoding {
    enum Failure: Error {
        case notUTF8
        case notWindows1252
        case oddUTF16
        case unknownCharset

        var sentence: String {
            switch self {
            case .notUTF8:
                "The text is not valid UTF-8. Export it as UTF-8, or declare its encoding (textEncoding: latin-1) in the site configuration."
            case .notWindows1252:
                "The text has bytes that mean nothing in Windows-1252. Export it as UTF-8, or correct its declared encoding."
            case .oddUTF16: "The text is marked as UTF-16 but is not valid UTF-16. Export it again, best as UTF-8."
            case .unknownCharset: "The record declares a character set that is not known here. Export it as UTF-8."
            }
        }
    }

    /// - Parameter declared: `nil` means UTF-8 unless a byte order mark says otherwise.
    static func decode(_ data: Data, declared: TextEncoding?) throws -> String {
        if data.starts(with: [0xEF, 0xBB, 0xBF]) { return try utf8(data.dropFirst(3)) }
        if data.starts(with: [0xFF, 0xFE]) { return try utf16(data.dropFirst(2), littleEndian: true) }
        if data.starts(with: [0xFE, 0xFF]) { return try utf16(data.dropFirst(2), littleEndian: false) }
        switch declared ?? .utf8 {
        case .utf8: return try utf8(data)
        case .latin1: return latin1(data)
        case .windows1252: return try windows1252(data)
        case .utf16LittleEndian: return try utf16(data, littleEndian: true)
        case .utf16BigEndian: return try utf16(data, littleEndian: false)
        }
    }

    /// Also finds an encoding that nobody declared, where the bytes leave no doubt; the caller tells the person of it.
    static func decodeOrDetect(_ data: Data, declared: TextEncoding?) throws -> (text: String, detected: TextEncoding?) {
        let isOpen = declared == nil || declared == .utf8
        if isOpen, !FormatDetector.hasUTF16Mark(data), let wide = EncodingDetector.utf16(data) {
            return (try decode(data, declared: wide), wide)
        }
        do {
            return (try decode(data, declared: declared), nil)
        } catch Failure.notUTF8 where isOpen {
            guard let found = EncodingDetector.unmarked(data) else { throw Failure.notUTF8 }
            return (try decode(data, declared: found), found)
        }
    }

    /// Bytes with a UTF-16 mark or a declared encoding, as UTF-8 without a mark; other bytes unchanged and unchecked.
    static func asUTF8(_ data: Data, declared: TextEncoding?) throws -> Data {
        if data.starts(with: [0xEF, 0xBB, 0xBF]) { return data.dropFirst(3) }
        if FormatDetector.hasUTF16Mark(data) || (declared ?? .utf8) != .utf8 {
            return Data(try decode(data, declared: declared).utf8)
        }
        return data
    }

    static func utf8(_ data: Data) throws -> String {
        let text = data.withUnsafeBytes { String(validating: $0, as: UTF8.self) }
        guard let text else { throw Failure.notUTF8 }
        return text
    }

    private static func latin1(_ data: Data) -> String {
        var text = String.UnicodeScalarView()
        for byte in data { text.append(Unicode.Scalar(byte)) }
        return String(text)
    }

    /// Code page 1252: Latin-1 with typographic marks where Latin-1 has control characters; five bytes mean nothing.
    private static func windows1252(_ data: Data) throws -> String {
        var text = String.UnicodeScalarView()
        for byte in data {
            guard let scalar = windows1252Scalar(byte) else { throw Failure.notWindows1252 }
            text.append(scalar)
        }
        return String(text)
    }

    static func windows1252Scalar(_ byte: UInt8) -> Unicode.Scalar? {
        guard (0x80..<0xA0).contains(byte) else { return Unicode.Scalar(byte) }
        let scalar = windows1252Marks[Int(byte) - 0x80]
        return scalar == "\u{FFFD}" ? nil : scalar
    }

    private static let windows1252Marks = Array(
        "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ".unicodeScalars)

    private static func utf16(_ data: Data, littleEndian: Bool) throws -> String {
        guard data.count.isMultiple(of: 2) else { throw Failure.oddUTF16 }
        var units: [UInt16] = []
        units.reserveCapacity(data.count / 2)
        var low: UInt8?
        for byte in data {
            if let first = low {
                units.append(littleEndian ? UInt16(byte) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(byte))
                low = nil
            } else {
                low = byte
            }
        }
        guard let text = String(validating: units, as: UTF16.self) else { throw Failure.oddUTF16 }
        return text
    }

    /// Line breaks of all systems as `\n`. Works on scalars, because Swift takes CR LF for one character.
    static func normalizedLines(_ text: String) -> String {
        guard text.utf8.contains(13) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var afterReturn = false
        for byte in text.utf8 {
            if byte == 13 {
                bytes.append(10)
            } else if byte != 10 || !afterReturn {
                bytes.append(byte)
            }
            afterReturn = byte == 13
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func isBlank(_ text: String) -> Bool { text.unicodeScalars.allSatisfy { $0.properties.isWhitespace } }
}
