internal import Tokenizers

/// The fields of one line of training data, before it is tokens.
struct TrainingLine: Decodable {
    var prompt: String?
    var response: String?
    var text: String?
    var messages: [ChatMessage]?
    var inputIDs: [Int32]?
    var labels: [Int32]?
    /// The class of a sequence, for classifiers; `labels` may give it as well.
    var label: Int32?
    /// May be text or a number in the file.
    var patient: String?

    enum CodingKeys: String, CodingKey {
        case prompt, response, text, messages, labels, label, patient
        case inputIDs = "input_ids"
    }

    init(from decoder: any Decoder) throws {
        let line = try decoder.container(keyedBy: CodingKeys.self)
        prompt = try line.decodeIfPresent(String.self, forKey: .prompt)
        response = try line.decodeIfPresent(String.self, forKey: .response)
        text = try line.decodeIfPresent(String.self, forKey: .text)
        messages = try line.decodeIfPresent([ChatMessage].self, forKey: .messages)
        inputIDs = try line.decodeIfPresent([Int32].self, forKey: .inputIDs)
        label = try line.decodeIfPresent(Int32.self, forKey: .label)
        if let one = try? line.decodeIfPresent(Int32.self, forKey: .labels) {
            labels = [one]
        } else {
            labels = try line.decodeIfPresent([Int32].self, forKey: .labels)
        }
        if let text = try? line.decodeIfPresent(String.self, forKey: .patient) {
            patient = text
        } else {
            patient = try line.decodeIfPresent(Int.self, forKey: .patient).map(String.init)
        }
    }
}
