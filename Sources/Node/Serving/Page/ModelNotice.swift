internal import Evaluation
internal import LanguageModels

/// What the page says about the model: what it is made of, and how it did when it was last measured.
struct ModelNotice: Sendable {
    var base: String
    var adapter: String?
    var parameters: Int
    var maximumLength: Int
    /// What ``EvaluationRecord`` says of the adapter, or of the model without one; `nil` where there is none.
    var evaluation: [EvaluationRecord.Figure]?

    /// Whether the clinic's own reports can be looked for.
    var offersReports: Bool

    init(_ assistant: AssistantModel, offersReports: Bool = false) {
        self.offersReports = offersReports
        base = assistant.baseName
        adapter = assistant.adapterName
        parameters = assistant.model.configuration.parameterCount
        maximumLength = assistant.maximumLength
        evaluation = EvaluationRecord(folder: assistant.folder)?.figures
    }
}
