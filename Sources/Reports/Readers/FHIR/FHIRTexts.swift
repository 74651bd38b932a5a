internal import Foundation

/// Finds the text of one FHIR document: in its attachments, its sections, its conclusion or its narrative.
struct FHIRTexts: Sendable {
    struct Found {
        var text: DocumentText
        /// Where it stood.
        var place: String
    }

    private let extractor: DocumentExtractor

    init(_ extractor: DocumentExtractor) { self.extractor = extractor }

    func text(of document: JSONTree, path: String, _ context: FHIRContext) -> Result<Found, UnusableDocument> {
        switch document["resourceType"]?.text {
        case "Composition": return composition(document, path)
        case "Binary":
            return Result { () throws(UnusableDocument) in
                try attachment(document, "\(path)", in: document, path, context)
            }
        default: return attachments(of: document, path, context)
        }
    }

    // MARK: Attachments

    /// FHIR says that the attachments of one document are the same text in several forms, so that one of them is read:
    /// plain text before marked-up text, before PDF, before pictures.
    private func attachments(of document: JSONTree, _ path: String, _ context: FHIRContext)
        -> Result<Found, UnusableDocument>
    {
        let isReport = document["resourceType"]?.text == "DiagnosticReport"
        let list = (document[isReport ? "presentedForm" : "content"]?.elements ?? []).enumerated().map { index, element in
            isReport
                ? (element, "\(path).presentedForm[\(index)]")
                : (element["attachment"] ?? .null, "\(path).content[\(index)].attachment")
        }
        let ranked = list.enumerated().sorted { left, right in
            let ranks = (Self.rank(left.element.0), Self.rank(right.element.0))
            return ranks.0 == ranks.1 ? left.offset < right.offset : ranks.0 < ranks.1
        }
        var first: UnusableDocument?
        for (_, (element, place)) in ranked {
            do {
                return .success(try attachment(element, place, in: document, path, context))
            } catch {
                first = first ?? error
            }
        }
        for key in isReport ? ["conclusion"] : [] {
            guard let conclusion = document[key]?.text, !TextDecoding.isBlank(conclusion) else { continue }
            return .success(
                Found(text: DocumentText(text: TextDecoding.normalizedLines(conclusion)), place: "\(path).\(key)"))
        }
        if isReport, let narrative = narrative(of: document) {
            return .success(Found(text: DocumentText(text: narrative), place: "\(path).text.div"))
        }
        return .failure(
            first
                ?? UnusableDocument(
                    reason: .missingText, sentence: "The document has no attachment, no conclusion and no narrative."))
    }

    private static func rank(_ attachment: JSONTree) -> Int {
        switch MediaType(attachment["contentType"]?.text).kind {
        case .plain: 0
        case .html, .rtf, .xml: 1
        case .pdf: 2
        case .picture: 3
        case .other: 4
        }
    }

    private func attachment(
        _ attachment: JSONTree, _ place: String, in document: JSONTree, _ path: String, _ context: FHIRContext
    ) throws(UnusableDocument) -> Found {
        let type = attachment["contentType"]?.text
        if let data = attachment["data"]?.text {
            return Found(text: try decoded(data, type), place: "\(place).data (base64)")
        }
        guard let url = attachment["url"]?.text else {
            throw UnusableDocument(
                reason: .missingText, sentence: "The attachment has neither data nor a link to it.")
        }
        if let (inlineType, data) = Self.inline(url) {
            return Found(text: try decoded(data, inlineType), place: "\(place).url (base64)")
        }
        // A `Binary` in the same file. Nothing is ever fetched: a node opens no address that stands in a record.
        guard let entry = context.resolve(url, in: document, at: path), let data = entry.resource["data"]?.text else {
            throw UnusableDocument(
                reason: .externalContent,
                sentence: "The text is kept elsewhere. Export the document together with its Binary.")
        }
        return Found(
            text: try decoded(data, entry.resource["contentType"]?.text ?? type),
            place: "\(place).url → \(entry.path).data (base64)")
    }

    private func decoded(_ base64: String, _ type: String?) throws(UnusableDocument) -> DocumentText {
        do {
            return try extractor.text(base64: base64, mediaType: type)
        } catch let unusable as UnusableDocument {
            throw unusable
        } catch {
            throw UnusableDocument(reason: .malformed, sentence: "The attachment can't be read. Export it again.")
        }
    }

    /// `data:text/plain;base64,…`
    private static func inline(_ url: String) -> (String, String)? {
        guard url.hasPrefix("data:"), let comma = url.firstIndex(of: ",") else { return nil }
        let head = url[url.index(url.startIndex, offsetBy: 5)..<comma]
        guard head.hasSuffix(";base64") else { return nil }
        return (String(head.dropLast(7)), String(url[url.index(after: comma)...]))
    }

    // MARK: Narrative

    /// The title, then each section's heading and narrative.
    private func composition(_ document: JSONTree, _ path: String) -> Result<Found, UnusableDocument> {
        var parts: [String] = []
        for section in document["section"]?.elements ?? [] { append(section, to: &parts) }
        if !parts.isEmpty {
            if let title = document["title"]?.text, !TextDecoding.isBlank(title) { parts.insert(title, at: 0) }
            return .success(
                Found(text: DocumentText(text: parts.joined(separator: "\n\n")), place: "\(path).section.text.div"))
        }
        if let narrative = narrative(of: document) {
            return .success(Found(text: DocumentText(text: narrative), place: "\(path).text.div"))
        }
        return .failure(
            UnusableDocument(reason: .missingText, sentence: "No section of the composition has a narrative text."))
    }

    private func append(_ section: JSONTree, to parts: inout [String]) {
        let title = section["title"]?.text ?? section["code"]?["text"]?.text
        let heading = (title ?? section["code"]?["coding"]?[0]?["display"]?.text).flatMap(SectionHeading.line)
        var inner: [String] = []
        for nested in section["section"]?.elements ?? [] { append(nested, to: &inner) }
        if let body = narrative(of: section) {
            parts.append(heading.map { "\($0)\n\(body)" } ?? body)
        } else if !inner.isEmpty, let heading {
            parts.append(heading)
        }
        parts += inner
    }

    private func narrative(of resource: JSONTree) -> String? {
        guard let narrative = resource["text"], narrative["status"]?.text != "empty", let div = narrative["div"]?.text
        else { return nil }
        let text = HTMLText.text(of: div)
        return TextDecoding.isBlank(text) ? nil : text
    }
}
