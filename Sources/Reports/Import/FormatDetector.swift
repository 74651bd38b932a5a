internal import Foundation

/// Tells formats by what the file begins with; the extension decides only where content can't.
enum FormatDetector {
    /// - Returns: `nil` if the content is binary and of no known kind.
    static func detect(_ data: Data, fileName: String) -> ReportFormat? {
        let head = data.prefix(4096)
        let parts = fileName.lowercased().split(separator: ".")
        let ending = parts.count > 1 ? String(parts[parts.count - 1]) : ""
        if let binary = binaryKind(head) { return binary }
        let text = headText(head)
        let trimmed = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" || $0 == "\u{0B}" }
        if ["MSH|", "FHS|", "BHS|"].contains(where: trimmed.hasPrefix) || isHL7WithOwnSeparator(trimmed) {
            return .hl7
        }
        if trimmed.hasPrefix("<") && (text.contains("ClinicalDocument") || ending == "ccda" || ending == "xml") {
            return .ccda
        }
        switch ending {
        case "hl7", "oru", "mdm": return .hl7
        case "csv", "tsv", "tab": return .csv
        case "ndjson", "json", "jsonl", "fhir": return looksLikeFHIR(data) || ending == "fhir" ? .fhir : .json
        case "txt", "text", "rpt", "md": return .txt
        case "pdf": return .pdf
        case "png", "jpg", "jpeg", "tif", "tiff", "dcm", "bmp": return .image
        default: break
        }
        if trimmed.hasPrefix("{") || trimmed.hasPrefix("[") { return looksLikeFHIR(data) ? .fhir : .json }
        if head.contains(0), !hasUTF16Mark(head) { return nil }
        return .txt
    }

    private static func binaryKind(_ head: Data) -> ReportFormat? {
        if head.starts(with: Data("%PDF-".utf8)) { return .pdf }
        let images: [[UInt8]] = [
            [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], [0x49, 0x49, 0x2A, 0x00], [0x4D, 0x4D, 0x00, 0x2A],
        ]
        if images.contains(where: { head.starts(with: $0) }) { return .image }
        if head.count >= 132, head.dropFirst(128).starts(with: Data("DICM".utf8)) { return .image }
        return nil
    }

    /// `resourceType` is usually the first member, but JSON promises no order: look through the first 64 KiB.
    private static func looksLikeFHIR(_ data: Data) -> Bool {
        let head = data.prefix(65_536)
        return head.range(of: Data("\"resourceType\"".utf8)) != nil
            || headText(data.prefix(512)).contains("\"resourceType\"")
    }

    private static func headText(_ head: Data) -> String {
        if hasUTF16Mark(head) { return (try? TextDecoding.decode(head.prefix(head.count & ~1), declared: nil)) ?? "" }
        return String(decoding: head, as: UTF8.self)
    }

    static func hasUTF16Mark(_ data: Data) -> Bool {
        data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF])
    }

    private static func isHL7WithOwnSeparator(_ text: Substring) -> Bool {
        guard text.hasPrefix("MSH"), let separator = text.dropFirst(3).first else { return false }
        return !separator.isLetter && !separator.isNumber && !separator.isWhitespace && text.dropFirst(4).first == "^"
    }
}
