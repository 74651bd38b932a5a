internal import Foundation
internal import Tokenizers

/// A line of `evaluate --task generation`: what the model is given and what should stand there.
struct GenerationItem: Decodable {
    enum CodingKeys: String, CodingKey {
        case id, patient, prompt, messages, response, reference, references, source, prediction
    }

    var id: String?
    var patient: String?
    var messages: [ChatMessage]
    /// Whether the line was a conversation.
    var isChat: Bool
    var references: [String]
    var source: String?
    var prediction: String?

    /// A question whose answer is known, about the text in it.
    init(patient: String, prompt: String, response: String) {
        self.patient = patient
        messages = [ChatMessage(role: .user, content: prompt)]
        isChat = false
        references = [response]
        source = prompt
    }

    init(from decoder: any Decoder) throws {
        let line = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ key: CodingKeys) throws -> String? { try line.decodeIfPresent(String.self, forKey: key) }
        id = try EvaluationLines.name(.id, in: line)
        patient = try EvaluationLines.name(.patient, in: line)
        prediction = try text(.prediction)
        references = try line.decodeIfPresent([String].self, forKey: .references) ?? []
        references += [try text(.reference), try text(.response)].compactMap { $0 }
        var turns = try line.decodeIfPresent([ChatMessage].self, forKey: .messages) ?? []
        isChat = !turns.isEmpty
        if references.isEmpty, let last = turns.last, last.role == .assistant {
            references = [last.content]
            turns.removeLast()
        }
        if let prompt = try text(.prompt) { turns.append(ChatMessage(role: .user, content: prompt)) }
        messages = turns
        source = try text(.source) ?? turns.last { $0.role == .user }?.content
        guard prediction != nil || !turns.isEmpty else {
            throw EvaluationLines.Refusal(reason: "it has neither \"prompt\", nor \"messages\", nor \"prediction\"")
        }
        guard !references.isEmpty else {
            throw EvaluationLines.Refusal(
                reason: "it has no \"response\", \"reference\" or \"references\" to compare with")
        }
    }
}
