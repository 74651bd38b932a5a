public import Deidentification

/// One piece of text to learn from. It can only be made from a ``DeidentifiedReport``: a raw text does not fit.
///
/// It is `Encodable` for packing and inspection, but not decodable: a file could claim anything.
public struct TrainingExample: Sendable, Hashable, Encodable {
    /// What the model is given and not trained on; `nil` for continued text.
    public let prompt: String?
    /// What it learns to write.
    public let response: String
    /// Whose share of the privacy budget it uses.
    public let patient: PatientPseudonym

    /// Which examples to make of a report.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The whole text, to be continued.
        case text
        /// From findings to impression, where the report has both.
        case impression
    }

    /// All examples of the asked kinds, in a fixed order; none of an empty text.
    public static func examples(
        of report: DeidentifiedReport, patient: PatientPseudonym, kinds: Set<Kind> = [.text, .impression]
    ) -> [TrainingExample] {
        var examples: [TrainingExample] = []
        guard report.receipt.status == .clean, !TextDecoding.isBlank(report.text) else { return [] }
        if kinds.contains(.text) {
            examples.append(TrainingExample(prompt: nil, response: report.text, patient: patient))
        }
        if kinds.contains(.impression), let pair = impression(of: report.text) {
            examples.append(TrainingExample(prompt: pair.prompt, response: pair.response, patient: patient))
        }
        return examples
    }

    private static func impression(of text: String) -> (prompt: String, response: String)? {
        let sections = ReportSections(of: text)
        guard
            let findings = sections.body(named: ["findings", "microscopic", "description", "objective", "examination"]),
            let impression = sections.body(named: [
                "impression", "conclusion", "final diagnosis", "diagnosis", "assessment",
            ]),
            findings != impression
        else { return nil }
        return ("Write the impression for these findings.\n\nFindings:\n\(findings)\n\nImpression:\n", impression)
    }
}
