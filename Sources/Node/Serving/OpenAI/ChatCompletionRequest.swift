internal import Tokenizers

/// `POST /v1/chat/completions`.
struct ChatCompletionRequest: Decodable, Equatable {
    var sampling: SamplingParameters
    var messages: [ChatMessage]
    /// `nil`: no probabilities.
    var alternatives: Int?

    private enum Key: String, CodingKey {
        case messages, logprobs
        case topLogprobs = "top_logprobs"
    }

    /// A message's text: one string, or parts of which only text is understood.
    private struct Message: Decodable {
        struct Part: Decodable {
            var type: String
            var text: String?
        }

        var role: String
        var content: String

        enum Key: String, CodingKey {
            case role, content
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            role = try values.decode(String.self, forKey: .role)
            if let text = try? values.decode(String.self, forKey: .content) {
                content = text
                return
            }
            guard values.contains(.content), try !values.decodeNil(forKey: .content) else {
                content = ""
                return
            }
            let parts = try values.decode([Part].self, forKey: .content)
            guard parts.allSatisfy({ ["text", "input_text"].contains($0.type) && $0.text != nil }) else {
                throw OpenAIFault.parameter(
                    "messages", "This server reads text only: every part of a message must have the type “text”.",
                    code: "unsupported_content")
            }
            content = parts.compactMap(\.text).joined()
        }
    }

    init(from decoder: any Decoder) throws {
        sampling = try SamplingParameters(from: decoder)
        let values = try decoder.container(keyedBy: Key.self)
        messages = try values.decode([Message].self, forKey: .messages).map { message in
            // The newer name of the system's role.
            let name = message.role == "developer" ? "system" : message.role
            guard let role = ChatMessage.Role(rawValue: name) else {
                throw OpenAIFault.parameter(
                    "messages", "A message's role must be system, user or assistant.", code: "invalid_value")
            }
            return ChatMessage(role: role, content: message.content)
        }
        guard !messages.isEmpty else {
            throw OpenAIFault.parameter("messages", "“messages” is empty. Send at least one.", code: "invalid_value")
        }
        let wanted = try values.decodeIfPresent(Bool.self, forKey: .logprobs) ?? false
        let count = try values.decodeIfPresent(Int.self, forKey: .topLogprobs)
        guard wanted || count ?? 0 == 0 else {
            throw OpenAIFault.parameter(
                "top_logprobs", "“top_logprobs” needs “logprobs”: true.", code: "invalid_value")
        }
        guard (0...20).contains(count ?? 0) else {
            throw OpenAIFault.parameter("top_logprobs", "“top_logprobs” must be 0 to 20.", code: "invalid_value")
        }
        alternatives = wanted ? count ?? 0 : nil
    }
}
