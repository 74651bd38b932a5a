/// A chat completion as a whole.
struct ChatCompletionReply: Encodable {
    struct Message: Encodable {
        var role = "assistant"
        var content: String
        @Nullable var refusal: String? = nil
    }

    struct Choice: Encodable {
        var index = 0
        var message: Message
        @Nullable var logprobs: ChatProbabilities?
        var finishReason: String

        enum CodingKeys: String, CodingKey {
            case index, message, logprobs
            case finishReason = "finish_reason"
        }
    }

    var id: String
    var object = "chat.completion"
    var created: Int
    var model: String
    var choices: [Choice]
    var usage: Usage
}

/// A piece of a streamed chat completion.
struct ChatCompletionChunk: Encodable {
    struct Delta: Encodable {
        var role: String?
        var content: String?
    }

    struct Choice: Encodable {
        var index = 0
        var delta: Delta
        @Nullable var logprobs: ChatProbabilities?
        @Nullable var finishReason: String? = nil

        enum CodingKeys: String, CodingKey {
            case index, delta, logprobs
            case finishReason = "finish_reason"
        }
    }

    var id: String
    var object = "chat.completion.chunk"
    var created: Int
    var model: String
    var choices: [Choice]
    var usage: Usage?
}
