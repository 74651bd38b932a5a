internal import Foundation
internal import Reports

/// What a clinician can ask about a report, in the words that training examples have (``Reports/ExampleTemplate``): a
/// model answers best what it was taught to answer.
enum ClinicalTask: String, CaseIterable, Sendable {
    case summary, impression, abnormalValues = "abnormal-values", question

    var title: String {
        switch self {
        case .summary: "Key findings of the report"
        case .impression: "Impression from the findings"
        case .abnormalValues: "Values outside of their range"
        case .question: "A question about the report"
        }
    }

    /// What the model is asked.
    ///
    /// - Parameter question: only for `.question`.
    /// - Throws: ``NodeError`` `.badInput` for an empty report or question.
    func prompt(report: String, question: String) throws -> String {
        let report = report.trimmingCharacters(in: .whitespacesAndNewlines)
        let question = question.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !report.isEmpty else {
            throw NodeError(.badInput, "There is no report yet. Paste one, or choose a file.")
        }
        switch self {
        case .summary: return Self.fill(.summary, report)
        case .impression:
            // The findings alone, where the report has them under a heading: an impression that is there would be
            // copied.
            let sections = ReportSections(of: report)
            let findings = [SectionKind.findings, .microscopic, .gross].lazy.compactMap { sections.body(of: $0) }.first
            return Self.fill(.impression, findings ?? report)
        case .abnormalValues: return Self.fill(.labs, report)
        case .question:
            guard !question.isEmpty else { throw NodeError(.badInput, "There is no question yet. Write one.") }
            return
                "Answer the question by this report alone.\n\nReport:\n\(report)\n\nQuestion: \(question)\n\nAnswer:\n"
        }
    }

    private static func fill(_ template: ExampleTemplate, _ text: String) -> String {
        // The text may hold braces of its own: it goes in between, not through a replacement.
        let prompt = template.prompt ?? "{text}"
        guard let open = prompt.firstIndex(of: "{"), let close = prompt[open...].firstIndex(of: "}") else {
            return text
        }
        return prompt[..<open] + text + prompt[prompt.index(after: close)...]
    }
}
