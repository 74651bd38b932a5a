/// The values of placeholders for one report, each computed when it is first asked for.
struct ReportParts {
    private let text: String
    private let sections: ReportSections
    private let labs: LabSummary
    /// Sections that must not be in ``TemplateText/Field/note``.
    var answers: Set<SectionKind> = []

    /// What a report concludes, the best first.
    static let conclusions: [SectionKind] = [
        .impression, .assessment, .assessmentAndPlan, .dischargeDiagnosis, .diagnosis, .postoperativeDiagnosis,
    ]
    /// What follows from it, and would give it away.
    static let consequences: [SectionKind] = [.plan, .recommendations, .followUp, .dischargeInstructions, .addendum]

    init(_ text: String, catalog: SectionCatalog) {
        self.text = text
        sections = ReportSections(of: text, catalog: catalog)
        labs = LabSummary(of: sections)
    }

    func hasAny(of kinds: [SectionKind]) -> Bool { kinds.contains { sections.body(of: $0) != nil } }

    func value(of field: TemplateText.Field) -> String? {
        switch field {
        case .section(let kind): sections.body(of: kind)
        case .text: text
        case .note: note
        case .abnormalLabs: labs.abnormal
        case .normalLabs: labs.normal
        case .keyFindings: keyFindings
        }
    }

    private var note: String? {
        guard !answers.isEmpty else { return text }
        let kept = sections.sections.filter { section in
            !section.body.isEmpty && !(section.kind.map(answers.contains) ?? false) && section.kind != .signature
        }
        // Without the answers there must be something left to read.
        guard kept.reduce(0, { $0 + $1.body.utf8.count }) >= 40 else { return nil }
        return kept.map { $0.heading.isEmpty ? $0.body : "\($0.heading):\n\($0.body)" }.joined(separator: "\n\n")
    }

    private var keyFindings: String? {
        guard let conclusion = Self.conclusions.lazy.compactMap({ sections.body(of: $0) }).first else { return nil }
        guard let abnormal = labs.abnormal, labs.hasAbnormal else { return conclusion }
        return "\(conclusion)\n\(abnormal)"
    }
}
