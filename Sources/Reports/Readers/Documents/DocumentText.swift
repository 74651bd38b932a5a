internal import Foundation

/// What a document inside a record, or a file of its own, says.
struct DocumentText {
    var text: String
    /// Only of texts that were recognized in a scan.
    var quality: ReadQuality?
}

/// Why a document gives no text.
struct UnusableDocument: Error {
    var reason: ImportRejection.Reason
    /// For the person who imports. It holds nothing of the document.
    var sentence: String
}

/// Finds the text of documents that records carry: plain text, HTML, RTF, CDA, PDF and pictures.
struct DocumentExtractor: Sendable {
    private let pdf: PDFExtractor
    private let pictures: PictureExtractor

    init(_ configuration: ImportConfiguration) {
        pictures = PictureExtractor(configuration.recognition)
        pdf = PDFExtractor(configuration.recognition)
    }

    /// - Parameters:
    ///   - base64: may hold white space.
    ///   - mediaType: such as `text/plain; charset=utf-8`; what the bytes themselves show goes before it.
    ///   - fallback: the encoding of a text that declares none.
    ///   - depth: in how many documents this one is.
    /// - Throws: ``UnusableDocument``.
    func text(base64: String, mediaType: String?, fallback: TextEncoding? = nil, depth: Int = 0) throws -> DocumentText {
        // Line breaks of MIME, and the breaks that HL7 v2 senders put between chunks.
        let isWrapped = base64.utf8.contains { $0 <= 32 }
        let compact = isWrapped ? String(decoding: base64.utf8.filter { $0 > 32 }, as: UTF8.self) : base64
        guard let data = Data(base64Encoded: compact) else {
            throw UnusableDocument(
                reason: .malformed, sentence: "The attachment is not valid Base64. Export the document again.")
        }
        return try text(of: data, mediaType: mediaType, fallback: fallback, depth: depth)
    }

    /// - Throws: ``UnusableDocument``.
    func text(of data: Data, mediaType: String?, fallback: TextEncoding? = nil, depth: Int = 0) throws -> DocumentText {
        let type = MediaType(mediaType)
        guard !data.isEmpty else { throw Self.empty }
        if data.prefix(1024).range(of: Data("%PDF-".utf8)) != nil { return try pdf.text(of: data) }
        if RTFText.isDocument(data) { return try rtf(data) }
        if let kind = PictureKind(data) { return try pictures.text(of: data, kind: kind) }
        switch type.kind {
        case .plain: return try plain(data, type, fallback)
        case .html: return try checked(HTMLText.text(of: decoded(data, type, fallback)))
        case .xml: return try CDADocument(data).text(self, depth: depth)
        case .rtf: throw damaged("RTF")
        case .pdf: throw damaged("PDF")
        case .picture: throw damaged("picture")
        case .other:
            throw UnusableDocument(
                reason: .unsupportedContent,
                sentence:
                    "The attachment is of a kind that is not read here. Plain text, HTML, RTF, CDA, PDF and pictures are.")
        }
    }

    private func plain(_ data: Data, _ type: MediaType, _ fallback: TextEncoding?) throws -> DocumentText {
        let text = try decoded(data, type, fallback)
        guard !text.utf8.contains(0) else {
            throw UnusableDocument(reason: .unsupportedContent, sentence: "The attachment is binary data, not text.")
        }
        // Senders often say text/plain and mean any text.
        if HTMLText.isDocument(text) { return try checked(HTMLText.text(of: text)) }
        return try checked(TextDecoding.normalizedLines(text))
    }

    private func decoded(_ data: Data, _ type: MediaType, _ fallback: TextEncoding?) throws -> String {
        guard type.hasKnownCharset else {
            throw UnusableDocument(
                reason: .undecodable,
                sentence: "The attachment declares a character set that is not known here. Export it as UTF-8.")
        }
        do {
            return try TextDecoding.decode(data, declared: type.encoding ?? fallback)
        } catch {
            throw UnusableDocument(
                reason: .undecodable, sentence: "The attachment's bytes are not text in the character set it declares.")
        }
    }

    private func rtf(_ data: Data) throws -> DocumentText {
        do { return try checked(RTFText.text(of: data)) } catch is RTFText.Malformed { throw damaged("RTF") }
    }

    private func checked(_ text: String) throws -> DocumentText {
        guard !TextDecoding.isBlank(text) else { throw Self.empty }
        return DocumentText(text: text)
    }

    private func damaged(_ kind: String) -> UnusableDocument {
        UnusableDocument(
            reason: .malformed, sentence: "The attachment is said to be a \(kind) but is none, or is damaged.")
    }

    private static let empty = UnusableDocument(reason: .missingText, sentence: "The attachment is empty.")
}

/// A media type with its character set.
struct MediaType {
    enum Kind { case plain, html, xml, rtf, pdf, picture, other }

    let kind: Kind
    let encoding: TextEncoding?
    let hasKnownCharset: Bool

    init(_ text: String?) {
        let parts = (text ?? "text/plain").lowercased().split(separator: ";").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        kind =
            switch parts.first ?? "" {
            case "text/plain", "text/markdown", "text/x-markdown", "text", "": .plain
            case "text/html", "application/xhtml", "application/xhtml+xml", "text/xhtml": .html
            case "application/hl7-v3+xml", "text/xml", "application/xml", "application/hl7-cda+xml": .xml
            case "text/rtf", "application/rtf", "application/x-rtf", "text/richtext": .rtf
            case "application/pdf", "application/x-pdf": .pdf
            case let type where type.hasPrefix("image/"): .picture
            default: .other
            }
        let charset = parts.dropFirst().first { $0.hasPrefix("charset=") }.map { String($0.dropFirst(8)) }
        encoding = charset.flatMap(TextEncoding.init(name:))
        hasKnownCharset = charset == nil || encoding != nil
    }
}
