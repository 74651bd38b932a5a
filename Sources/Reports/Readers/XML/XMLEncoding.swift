internal import Foundation

/// The character encoding of an XML document (XML 1.0, appendix F): a mark, the pattern of the first character, or the
/// declaration.
enum XMLEncoding {
    /// - Throws: ``TextDecoding/Failure``.
    static func utf8Bytes(of data: Data) throws -> [UInt8] {
        if data.starts(with: [0xEF, 0xBB, 0xBF]) || FormatDetector.hasUTF16Mark(data) {
            return Array(try TextDecoding.decode(data, declared: nil).utf8)
        }
        if data.starts(with: [0x3C, 0x00]) { return try decoded(data, .utf16LittleEndian) }
        if data.starts(with: [0x00, 0x3C]) { return try decoded(data, .utf16BigEndian) }
        let declared = declaration(String(decoding: data.prefix(256), as: UTF8.self))
        guard let encoding = TextEncoding(name: declared ?? "utf-8") else { throw TextDecoding.Failure.unknownCharset }
        // A declaration that could be read byte by byte and says UTF-16 is wrong.
        guard encoding != .utf16LittleEndian, encoding != .utf16BigEndian else { throw TextDecoding.Failure.oddUTF16 }
        return try decoded(data, encoding)
    }

    private static func decoded(_ data: Data, _ encoding: TextEncoding) throws -> [UInt8] {
        Array(try TextDecoding.decode(data, declared: encoding).utf8)
    }

    /// The name in `<?xml version="1.0" encoding="…"?>`.
    private static func declaration(_ head: String) -> String? {
        let head = head.drop { $0.isWhitespace }
        guard head.hasPrefix("<?xml"), let end = head.range(of: "?>")?.lowerBound else { return nil }
        guard let key = head[..<end].range(of: "encoding") else { return nil }
        let rest = head[key.upperBound..<end].drop { $0.isWhitespace || $0 == "=" }
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
        return String(rest.dropFirst().prefix { $0 != quote })
    }
}

extension XMLScanner.Fault {
    var reason: ImportRejection.Reason {
        switch self {
        case .malformed, .undefinedEntity: .malformed
        case .documentType: .unsupportedContent
        case .tooDeep: .tooDeep
        case .tooLarge: .tooLong
        }
    }

    var sentence: String {
        switch self {
        case .malformed(let line): "This is not well-formed XML (line \(line)). Export the document again."
        case .documentType:
            "The document declares a document type or entities, which are refused because they can read other files and fill the memory. Export it without."
        case .undefinedEntity(let line):
            "The document uses an entity that XML does not define (line \(line)). Export it with plain characters."
        case .tooDeep: "The XML is nested deeper than \(XMLScanner.Limit.depth) levels, which no clinical document is."
        case .tooLarge: "An element of the XML is larger than any clinical document's. Check where the file comes from."
        }
    }
}
