public import Deidentification
internal import Foundation

/// Makes examples of de-identified reports by templates. Without state and the same for the same report.
public struct ExampleMaker: Sendable {
    private struct Compiled {
        let template: ExampleTemplate
        let sections: [[SectionKind]]
        let kinds: [String]
        let prompt: TemplateText?
        let response: TemplateText
    }

    public let catalog: SectionCatalog
    private let abbreviations: AbbreviationExpander
    private let templates: [Compiled]

    /// Answers that repeat more than this of their prompt word by word teach copying.
    private static let longestCopy = 20

    /// - Parameter abbreviations: what is done with abbreviations in prompts and responses.
    /// - Throws: ``ReportsError`` `.badConfiguration` for a template that can't be used, in a sentence.
    public init(
        templates: [ExampleTemplate] = [.text], catalog: SectionCatalog = .standard,
        abbreviations: AbbreviationExpander.Mode = .none
    ) throws {
        self.catalog = catalog
        self.abbreviations = AbbreviationExpander(mode: abbreviations)
        self.templates = try templates.map(Self.compiled)
        var seen: Set<String> = []
        for template in templates where !seen.insert(template.name).inserted {
            throw ExampleTemplate.refused("“\(template.name)” is there twice. Give every template a name of its own.")
        }
        guard !templates.isEmpty else {
            throw ExampleTemplate.refused("the list is empty, so there is nothing to train on. Write “[text]”.")
        }
    }

    /// Whether any template asks for the kind of a report, which takes a look into its record.
    public var needsKinds: Bool { templates.contains { !$0.kinds.isEmpty } }

    /// All examples of a report in the order of the templates; none of an empty text or one that is not clean.
    ///
    /// - Parameter kind: the kind that the record gives the report.
    public func examples(of report: DeidentifiedReport, patient: PatientPseudonym, kind: String? = nil)
        -> [TrainingExample]
    {
        guard report.receipt.status == .clean, !TextDecoding.isBlank(report.text) else { return [] }
        var parts = ReportParts(report.text, catalog: catalog)
        return templates.compactMap { compiled in
            guard Self.fits(compiled, kind: kind), compiled.sections.allSatisfy({ parts.hasAny(of: $0) }) else {
                return nil
            }
            parts.answers = Self.answers(of: compiled)
            guard let response = compiled.response.filled({ parts.value(of: $0) }), Self.says(response) else {
                return nil
            }
            guard let text = compiled.prompt else {
                return TrainingExample(
                    prompt: nil, response: abbreviations.expand(response).text, patient: patient,
                    template: compiled.template.name)
            }
            guard let prompt = text.filled({ parts.value(of: $0) }), Self.isNoCopy(response, of: prompt) else {
                return nil
            }
            return TrainingExample(
                prompt: abbreviations.expand(prompt).text, response: abbreviations.expand(response).text,
                patient: patient, template: compiled.template.name)
        }
    }

    private static func compiled(_ template: ExampleTemplate) throws -> Compiled {
        let name = template.name
        let isName =
            (1...40).contains(name.utf8.count)
            && name.utf8.allSatisfy { ASCII.isAlphanumeric($0) || "-_".utf8.contains($0) }
        guard isName else {
            throw ExampleTemplate.refused("a name must have 1 to 40 letters, digits or hyphens.")
        }
        let prompt = try template.prompt.map {
            try TemplateText($0, place: "“examples.templates”: prompt of “\(name)”")
        }
        let response = try TemplateText(template.response, place: "“examples.templates”: response of “\(name)”")
        guard !response.fields.isEmpty else {
            throw ExampleTemplate.refused(
                "the response of “\(name)” has no placeholder, so every example would be the same.")
        }
        let sections = try template.when.sections.map { names in
            try names.split(separator: "|").map { part in
                do {
                    return try SectionCatalog.kind(named: part.filter { $0 != " " })
                } catch let error as ReportsError {
                    throw ExampleTemplate.refused("“when” of “\(name)”: \(error.message)")
                }
            }
        }
        return Compiled(
            template: template, sections: sections, kinds: template.when.kinds.map { $0.lowercased() }, prompt: prompt,
            response: response)
    }

    private static func fits(_ template: Compiled, kind: String?) -> Bool {
        guard !template.kinds.isEmpty else { return true }
        guard let kind = kind?.lowercased() else { return false }
        return template.kinds.contains { kind.contains($0) }
    }

    /// The sections that must not be in a prompt's `{note}`, because the answer is made of them.
    private static func answers(of template: Compiled) -> Set<SectionKind> {
        var kinds: Set<SectionKind> = []
        for field in template.response.fields {
            switch field {
            case .section(let kind): kinds.insert(kind)
            case .keyFindings: kinds.formUnion(ReportParts.conclusions + ReportParts.consequences)
            case .text, .note, .abnormalLabs, .normalLabs: break
            }
        }
        return kinds
    }

    /// A response of tags and signs alone says nothing.
    private static func says(_ response: String) -> Bool {
        var letters = 0
        var depth = 0
        for byte in response.utf8 {
            switch byte {
            case UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "]"): depth = max(0, depth - 1)
            default:
                letters = depth == 0 && ASCII.isWord(byte) ? letters + 1 : 0
                if letters >= 3 { return true }
            }
        }
        return false
    }

    private static func isNoCopy(_ response: String, of prompt: String) -> Bool {
        response.utf8.count < longestCopy || !prompt.contains(response.trimmingCharacters(in: .whitespacesAndNewlines))
    }
}
