/// One piece of text to learn from. Only ``ExampleMaker`` makes one, of a `DeidentifiedReport`: a raw text does not fit.
///
/// It is `Encodable` for packing and inspection, but not decodable: a file could claim anything.
public struct TrainingExample: Sendable, Hashable, Encodable {
    /// What the model is given and not trained on; `nil` for continued text.
    public let prompt: String?
    /// What it learns to write.
    public let response: String
    /// Whose share of the privacy budget it uses.
    public let patient: PatientPseudonym
    /// The name of the template it was made by.
    public let template: String

    init(prompt: String?, response: String, patient: PatientPseudonym, template: String) {
        self.prompt = prompt
        self.response = response
        self.patient = patient
        self.template = template
    }
}
