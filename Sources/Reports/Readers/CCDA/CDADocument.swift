internal import Foundation

/// A clinical document (HL7 CDA R2, of which C-CDA is a set of templates), or a section of one.
struct CDADocument {
    /// A document in a document in a document is no clinical document any more.
    private static let nestingLimit = 2
    private static let documentBytes = 64 << 20

    let root: XMLTree

    /// - Throws: ``UnusableDocument`` for what is no well-formed XML, or XML of another kind.
    init(_ data: Data) throws {
        guard data.count <= Self.documentBytes else {
            throw UnusableDocument(
                reason: .tooLong, sentence: "The document is larger than \(Self.documentBytes >> 20) MiB.")
        }
        do {
            root = try XMLTree.parse(data)
        } catch let fault as XMLScanner.Fault {
            throw UnusableDocument(reason: fault.reason, sentence: fault.sentence)
        } catch let failure as TextDecoding.Failure {
            throw UnusableDocument(reason: .undecodable, sentence: failure.sentence)
        }
        if root["xmlns"]?.hasPrefix("http://hl7.org/fhir") == true {
            throw UnusableDocument(
                reason: .unsupportedContent,
                sentence: "This is FHIR in XML, which is not read here. Export the same resources as JSON.")
        }
    }

    var isWhole: Bool { root.name == "ClinicalDocument" }

    /// Where the text stands: in sections, or in an attached document.
    var place: String {
        guard isWhole else { return root.name }
        return root.at("component", "nonXMLBody") == nil ? "structuredBody" : "nonXMLBody"
    }

    /// The title, then each section's heading and narrative. Entries are not read: C-CDA demands that the narrative says
    /// all that they say.
    /// - Throws: ``UnusableDocument``.
    func text(_ extractor: DocumentExtractor, depth: Int = 0) throws -> DocumentText {
        if isWhole, let body = root.at("component", "nonXMLBody") {
            return try attached(body, extractor, depth: depth)
        }
        var parts: [String] = []
        if isWhole {
            let sections = root.all("component").flatMap { $0.all("structuredBody") }.flatMap { $0.all("component") }
            for section in sections.flatMap({ $0.all("section") }) { Self.append(section, to: &parts) }
            guard !parts.isEmpty else {
                throw UnusableDocument(
                    reason: .missingText, sentence: "No section of the document has a narrative text.")
            }
            if let title = root.first("title")?.phrase { parts.insert(title, at: 0) }
        } else {
            Self.appendSections(below: root, to: &parts)
            guard !parts.isEmpty else {
                throw UnusableDocument(
                    reason: .noReport,
                    sentence:
                        "This XML is no clinical document and has no section with a narrative text. Export whole documents (root element ClinicalDocument)."
                )
            }
        }
        return DocumentText(text: parts.joined(separator: "\n\n"))
    }

    /// The outermost sections of a fragment.
    private static func appendSections(below element: XMLTree, to parts: inout [String]) {
        if element.name == "section" { return append(element, to: &parts) }
        for child in element.elements { appendSections(below: child, to: &parts) }
    }

    private static func append(_ section: XMLTree, to parts: inout [String]) {
        let heading = (section.first("title")?.phrase ?? section.first("code")?["displayName"]).flatMap(SectionHeading.line)
        let body = section.first("text").map(CDANarrative.text) ?? ""
        var inner: [String] = []
        for nested in section.all("component").flatMap({ $0.all("section") }) { append(nested, to: &inner) }
        if !body.isEmpty {
            parts.append(heading.map { "\($0)\n\(body)" } ?? body)
        } else if !inner.isEmpty, let heading {
            parts.append(heading)
        }
        parts += inner
    }

    private func attached(_ body: XMLTree, _ extractor: DocumentExtractor, depth: Int) throws -> DocumentText {
        guard depth < Self.nestingLimit, let text = body.first("text") else {
            throw UnusableDocument(reason: .missingText, sentence: "The document has no body that can be read.")
        }
        if text["compression"] != nil {
            throw UnusableDocument(
                reason: .unsupportedContent, sentence: "The document's body is compressed. Export it without compression.")
        }
        let content = text.text
        if TextDecoding.isBlank(content) {
            let isElsewhere = text.first("reference") != nil
            throw UnusableDocument(
                reason: isElsewhere ? .externalContent : .missingText,
                sentence: isElsewhere
                    ? "The document only points to its text in another file. Export it with the text embedded."
                    : "The document's body is empty.")
        }
        let type = text["mediaType"]
        guard text["representation"]?.uppercased() == "B64" else {
            return try extractor.text(of: Data(content.utf8), mediaType: type, depth: depth + 1)
        }
        return try extractor.text(base64: content, mediaType: type, depth: depth + 1)
    }
}

/// The narrative block of a section (CDA R2 §4.3.5): tables, lists, paragraphs, content.
enum CDANarrative {
    static func text(of narrative: XMLTree) -> String {
        var renderer = NarrativeRenderer(keepsEmptyLines: true)
        render(narrative, into: &renderer)
        return renderer.finish()
    }

    private static func render(_ element: XMLTree, into renderer: inout NarrativeRenderer) {
        for child in element.children {
            switch child {
            case .text(let text): renderer.text(text)
            case .element(let element):
                renderer.open(element.name) { element[$0] }
                render(element, into: &renderer)
                renderer.close(element.name)
            }
        }
    }
}
