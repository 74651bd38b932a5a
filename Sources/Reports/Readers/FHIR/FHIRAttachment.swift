internal import Foundation

/// The text inside an attachment or a `Binary`.
enum FHIRAttachment {
    struct Unusable: Error {
        var reason: ImportRejection.Reason
        var sentence: String
    }

    /// - Parameter contentType: such as `text/plain; charset=utf-8`; without one the bytes must be UTF-8 text.
    static func text(base64: String, contentType: String?) throws -> String {
        let encoding = try encoding(of: contentType)
        guard base64.utf8.count <= ReadLimit.recordBytes else {
            throw Unusable(
                reason: .tooLong, sentence: "The attachment is longer than \(ReadLimit.recordBytes >> 20) MiB.")
        }
        let compact = base64.utf8.contains { $0 <= 32 } ? String(base64.filter { !$0.isWhitespace }) : base64
        guard let data = Data(base64Encoded: compact) else {
            throw Unusable(
                reason: .malformed, sentence: "The attachment is not valid Base64. Export the document again.")
        }
        guard !data.starts(with: Data("%PDF-".utf8)) else { throw notText("a PDF") }
        let text: String
        do {
            text = try TextDecoding.decode(data, declared: encoding)
        } catch {
            throw Unusable(
                reason: .undecodable, sentence: "The attachment's bytes are not text in the character set it declares.")
        }
        guard !text.utf8.contains(0) else { throw notText("binary data") }
        guard !TextDecoding.isBlank(text) else {
            throw Unusable(reason: .missingText, sentence: "The attachment is empty.")
        }
        return TextDecoding.normalizedLines(text)
    }

    private static func encoding(of contentType: String?) throws -> TextEncoding? {
        let parts = (contentType ?? "text/plain").lowercased().split(separator: ";").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        switch parts.first ?? "" {
        case "text/plain", "text/markdown", "text/x-markdown", "text", "": break
        case "application/pdf": throw notText("a PDF")
        case "text/html", "application/xhtml", "application/xhtml+xml": throw notText("HTML")
        case "application/hl7-v3+xml", "text/xml", "application/xml": throw notText("XML (C-CDA)")
        default: throw notText("another kind of document")
        }
        guard let charset = parts.dropFirst().first(where: { $0.hasPrefix("charset=") })?.dropFirst(8) else {
            return nil
        }
        switch charset.trimmingCharacters(in: CharacterSet(charactersIn: "\"' ")) {
        case "utf-8", "utf8", "us-ascii", "ascii": return .utf8
        case "iso-8859-1", "latin1", "iso8859-1": return .latin1
        case "utf-16le": return .utf16LittleEndian
        case "utf-16be", "utf-16": return .utf16BigEndian
        default:
            throw Unusable(
                reason: .undecodable,
                sentence: "The attachment declares a character set that is not known here. Export it as UTF-8.")
        }
    }

    private static func notText(_ kind: String) -> Unusable {
        Unusable(
            reason: .unsupportedContent, sentence: "The attachment is \(kind), which is not read yet; plain text is.")
    }
}
