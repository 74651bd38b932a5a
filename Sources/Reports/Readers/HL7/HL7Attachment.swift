internal import Foundation

/// A document inside a message (data type ED: source, type, subtype, encoding, data).
struct HL7Attachment {
    /// Which OBX of the message it began in, from 1.
    let position: Int
    /// OBX-3: pieces of one document share it.
    private let name: [UInt8]
    private let mediaType: String
    private let coding: String
    private var data: String
    private let isComplete: Bool

    init(_ parts: [String], position: Int, name: [UInt8]) {
        self.position = position
        self.name = name
        isComplete = parts.count >= 5
        mediaType = isComplete ? Self.mediaType(parts[1], parts[2]) : ""
        coding = isComplete ? parts[3].uppercased() : ""
        data = isComplete ? parts[4...].first ?? "" : ""
    }

    private init(base64: String) {
        position = 0
        name = []
        mediaType = "application/octet-stream"
        coding = "BASE64"
        data = base64
        isComplete = true
    }

    private init(text: String) {
        position = 0
        name = []
        mediaType = "text/plain"
        coding = "A"
        data = text
        isComplete = true
    }

    /// The beginnings of PDF, RTF, JPEG, PNG and TIFF in Base64.
    private static let beginnings = ["JVBERi", "e1xydG", "/9j/", "iVBORw", "SUkqA", "TU0AK"]

    /// A document in a text field: in Base64, or RTF and HTML as they are.
    static func hidden(in text: String) -> HL7Attachment? {
        if text.utf8.starts(with: "{\\rtf".utf8) || HTMLText.isDocument(text) { return HL7Attachment(text: text) }
        let head = text.utf8.prefix(200)
        guard beginnings.contains(where: { head.starts(with: $0.utf8) }), text.utf8.count >= 100 else { return nil }
        let isBase64 = head.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || [43, 47, 61, 10].contains(byte)
        }
        return isBase64 ? HL7Attachment(base64: text) : nil
    }

    /// Whether this is a further piece of a document: the same name and type, and no beginning of its own.
    func continues(_ other: HL7Attachment) -> Bool {
        isComplete && name == other.name && mediaType == other.mediaType && coding == "BASE64" && other.coding == coding
            && mediaType != "text/plain" && !Self.beginnings.contains { data.utf8.starts(with: $0.utf8) }
    }

    mutating func append(_ other: HL7Attachment) { data += other.data }

    /// - Throws: ``UnusableDocument``.
    func text(_ extractor: DocumentExtractor, _ encoding: TextEncoding) throws -> DocumentText {
        guard isComplete else {
            throw UnusableDocument(
                reason: .malformed, sentence: "The attachment of the message is cut short. Send the message again.")
        }
        switch coding {
        case "BASE64": return try extractor.text(base64: data, mediaType: mediaType, fallback: encoding)
        case "A", "": return try extractor.text(of: Data(data.utf8), mediaType: mediaType)
        case "HEX":
            let bytes = try Self.bytes(hexadecimal: data)
            return try extractor.text(of: bytes, mediaType: mediaType, fallback: encoding)
        default:
            throw UnusableDocument(
                reason: .unsupportedContent,
                sentence: "The attachment of the message is encoded in a way that is not read here. Send it in Base64.")
        }
    }

    private static func bytes(hexadecimal text: String) throws -> Data {
        var data = Data()
        var high: UInt8?
        for byte in text.utf8 where byte > 32 {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw UnusableDocument(
                    reason: .malformed, sentence: "The attachment is not valid hexadecimal. Send the message again.")
            }
            if let first = high {
                data.append(first << 4 | UInt8(digit))
                high = nil
            } else {
                high = UInt8(digit)
            }
        }
        return data
    }

    /// Senders write `TEXT^PLAIN`, `AP^PDF`, `application^pdf`, `^RTF`, `IM^TIFF` and more.
    private static func mediaType(_ type: String, _ subtype: String) -> String {
        let words = "\(type)/\(subtype)".uppercased()
        if words.contains("PDF") { return "application/pdf" }
        if words.contains("RTF") { return "application/rtf" }
        if words.contains("HTML") { return "text/html" }
        if words.contains("XML") || words.contains("CDA") || words.contains("X-HL7") { return "text/xml" }
        if ["IM/", "IMAGE/"].contains(where: words.hasPrefix) { return "image/\(subtype.lowercased())" }
        let plain = ["/", "TEXT/", "TX/", "FT/", "TXT/", "TEXT/PLAIN", "TEXT/TXT", "TEXT/TEXT", "/TXT", "/PLAIN", "TX/PLAIN"]
        return plain.contains(words) ? "text/plain" : "application/octet-stream"
    }
}
