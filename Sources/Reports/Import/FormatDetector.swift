internal import Foundation

/// Tells formats by what the file begins with; the extension decides only where content can't.
enum FormatDetector {
    /// - Returns: `nil` if the content is binary and of no known kind.
    static func detect(_ data: Data, fileName: String) -> ReportFormat? {
        let head = data.prefix(4096)
        let parts = fileName.lowercased().split(separator: ".")
        let ending = parts.count > 1 ? String(parts[parts.count - 1]) : ""
        if let binary = binaryKind(head) { return binary }
        if RTFText.isDocument(head) { return .txt }
        let text = headText(head)
        let trimmed = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" || $0 == "\u{0B}" }
        if ["MSH|", "FHS|", "BHS|"].contains(where: trimmed.hasPrefix) || isHL7WithOwnSeparator(trimmed) {
            return .hl7
        }
        if trimmed.hasPrefix("<"), !HTMLText.isDocument(text) {
            let isXML = trimmed.hasPrefix("<?xml") || ["ccda", "cda", "ccd", "xml"].contains(ending)
            if isXML || text.contains("ClinicalDocument") { return .ccda }
        }
        switch ending {
        case "hl7", "oru", "mdm": return .hl7
        case "csv", "tsv", "tab": return .csv
        case "ndjson", "json", "jsonl", "fhir": return looksLikeFHIR(data) || ending == "fhir" ? .fhir : .json
        case "txt", "text", "rpt", "md", "htm", "html", "xhtml": return .txt
        case "pdf": return .pdf
        case "png", "jpg", "jpeg", "tif", "tiff", "dcm", "bmp", "gif", "webp", "pbm", "pgm", "ppm", "pnm": return .image
        default: break
        }
        if trimmed.hasPrefix("{") || trimmed.hasPrefix("[") { return looksLikeFHIR(data) ? .fhir : .json }
        if head.contains(0), !hasUTF16Mark(head), EncodingDetector.utf16(data) == nil { return nil }
        return .txt
    }

    private static func binaryKind(_ head: Data) -> ReportFormat? {
        if head.starts(with: Data("%PDF-".utf8)) { return .pdf }
        return PictureKind(head) == nil ? nil : .image
    }

    /// `resourceType` is usually the first member, but JSON promises no order: look through the first 64 KiB.
    private static func looksLikeFHIR(_ data: Data) -> Bool {
        let head = data.prefix(65_536)
        return head.range(of: Data("\"resourceType\"".utf8)) != nil
            || headText(data.prefix(512)).contains("\"resourceType\"")
    }

    private static func headText(_ head: Data) -> String {
        if hasUTF16Mark(head) { return (try? TextDecoding.decode(head.prefix(head.count & ~1), declared: nil)) ?? "" }
        return decodedHead(head)
    }

    private static func decodedHead(_ head: Data) -> String {
        guard let wide = EncodingDetector.utf16(head.prefix(head.count & ~1)) else {
            return String(decoding: head, as: UTF8.self)
        }
        return (try? TextDecoding.decode(head.prefix(head.count & ~1), declared: wide)) ?? ""
    }

    static func hasUTF16Mark(_ data: Data) -> Bool {
        data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF])
    }

    private static func isHL7WithOwnSeparator(_ text: Substring) -> Bool {
        guard text.hasPrefix("MSH"), let separator = text.dropFirst(3).first else { return false }
        return !separator.isLetter && !separator.isNumber && !separator.isWhitespace && text.dropFirst(4).first == "^"
    }
}
