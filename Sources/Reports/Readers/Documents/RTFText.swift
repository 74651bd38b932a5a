internal import Foundation

/// The text of Rich Text Format (Microsoft's specification 1.9): control words are followed as far as they mean characters.
///
/// Pictures, embedded objects, fonts, styles, notes about the document and hidden text are left out.
struct RTFText {
    struct Malformed: Error {}

    private struct Group {
        var isSkipped = false
        var skipsFallback = 1
    }

    private static let depthLimit = 256
    private static let skippedDestinations: Set<String> = [
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "objdata", "themedata", "datastore", "listtable",
        "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "latentstyles", "fldinst", "filetbl", "revtbl",
        "footnotesep", "private", "bkmkstart", "bkmkend", "nonshppict", "sp", "shpinst", "mmathPr", "listtext",
    ]

    private let bytes: [UInt8]
    private var position = 0
    private var groups: [Group] = []
    private var output = String.UnicodeScalarView()
    private var pendingFallback = 0
    private var highSurrogate: UInt32?
    private var codePage = 1252

    static func isDocument(_ data: Data) -> Bool { data.starts(with: Data("{\\rtf".utf8)) }

    /// - Throws: ``Malformed`` for what is no RTF, is nested too deep, or uses a code page other than Windows-1252 and Latin-1.
    static func text(of data: Data) throws -> String {
        var reader = RTFText(bytes: Array(data))
        return try reader.read()
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func read() throws -> String {
        guard bytes.starts(with: Array("{\\rtf".utf8)) else { throw Malformed() }
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "{"):
                guard groups.count < Self.depthLimit else { throw Malformed() }
                groups.append(groups.last ?? Group())
                pendingFallback = 0
            case UInt8(ascii: "}"):
                guard groups.popLast() != nil else { throw Malformed() }
                pendingFallback = 0
                if groups.isEmpty { return cleaned() }
            case UInt8(ascii: "\\"): try control()
            case 10, 13, 0: break
            default: try append(byte: byte)
            }
        }
        // The last brace is missing: the end of the document is too.
        throw Malformed()
    }

    private func cleaned() -> String {
        String(output).split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line.reversed().drop { $0 == " " || $0 == "\t" || $0 == "|" }.reversed())
        }.joined(separator: "\n").trimmingLineBreaks
    }

    private mutating func control() throws {
        guard position < bytes.count else { throw Malformed() }
        let byte = bytes[position]
        guard (65...90).contains(byte) || (97...122).contains(byte) else {
            position += 1
            return try symbol(byte)
        }
        let start = position
        while position < bytes.count, (65...90).contains(bytes[position]) || (97...122).contains(bytes[position]) {
            position += 1
            guard position - start <= 32 else { throw Malformed() }
        }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        let digits = position
        if position < bytes.count, bytes[position] == UInt8(ascii: "-") { position += 1 }
        while position < bytes.count, (48...57).contains(bytes[position]), position - digits < 11 { position += 1 }
        let value = Int(String(decoding: bytes[digits..<position], as: UTF8.self))
        if position < bytes.count, bytes[position] == 32 { position += 1 }
        try act(on: word, value)
    }

    private mutating func symbol(_ byte: UInt8) throws {
        switch byte {
        case UInt8(ascii: "'"):
            let digits = bytes[position..<min(position + 2, bytes.count)]
            guard digits.count == 2, let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else {
                throw Malformed()
            }
            position += 2
            try append(byte: code)
        case UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): try append(byte: byte)
        case UInt8(ascii: "~"): append(" ")
        case UInt8(ascii: "_"): append("-")
        case UInt8(ascii: "*"): if !groups.isEmpty { groups[groups.count - 1].isSkipped = true }
        case 10, 13: append("\n")
        default: break
        }
    }

    private mutating func act(on word: String, _ value: Int?) throws {
        switch word {
        case "par", "line", "sect", "page", "row": append("\n")
        case "tab": append("\t")
        case "cell", "nestcell": append(" | ")
        case "emdash": append("—")
        case "endash": append("–")
        case "bullet": append("•")
        case "lquote": append("‘")
        case "rquote": append("’")
        case "ldblquote": append("“")
        case "rdblquote": append("”")
        case "ansicpg": codePage = value ?? 1252
        case "mac", "pc", "pca": codePage = 0
        case "uc": if !groups.isEmpty { groups[groups.count - 1].skipsFallback = min(max(value ?? 1, 0), 16) }
        case "u": unicode(value ?? 0)
        case "v": if !groups.isEmpty { groups[groups.count - 1].isSkipped = value != 0 }
        case "bin":
            guard let count = value, count >= 0, count <= bytes.count - position else { throw Malformed() }
            position += count
        default:
            if Self.skippedDestinations.contains(word), !groups.isEmpty { groups[groups.count - 1].isSkipped = true }
        }
    }

    /// A UTF-16 unit as a signed number, followed by characters for programs that don't know it.
    private mutating func unicode(_ value: Int) {
        let unit = UInt32(truncatingIfNeeded: value) & 0xFFFF
        if let high = highSurrogate, (0xDC00..<0xE000).contains(unit) {
            highSurrogate = nil
            append(Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00)) ?? "\u{FFFD}")
        } else if (0xD800..<0xDC00).contains(unit) {
            highSurrogate = unit
        } else {
            append(Unicode.Scalar(unit) ?? "\u{FFFD}")
        }
        pendingFallback = groups.last?.skipsFallback ?? 1
    }

    private mutating func append(byte: UInt8) throws {
        if pendingFallback > 0 {
            pendingFallback -= 1
            return
        }
        guard groups.last?.isSkipped != true else { return }
        if byte < 128 { return append(Unicode.Scalar(byte)) }
        // Another code page would give wrong letters, in names too: the known identifiers would no longer be found.
        guard codePage == 1252 || codePage == 28591, let scalar = TextDecoding.windows1252Scalar(byte) else {
            throw Malformed()
        }
        append(scalar)
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        guard groups.last?.isSkipped != true else { return }
        output.append(scalar)
    }

    private mutating func append(_ text: String) {
        guard groups.last?.isSkipped != true else { return }
        output.append(contentsOf: text.unicodeScalars)
    }
}
