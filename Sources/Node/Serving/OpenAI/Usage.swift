/// What an answer cost, in tokens.
struct Usage: Encodable, Equatable, Sendable {
    struct PromptDetails: Encodable, Equatable, Sendable {
        var cachedTokens: Int

        enum CodingKeys: String, CodingKey {
            case cachedTokens = "cached_tokens"
        }
    }

    var promptTokens = 0
    var completionTokens = 0
    var totalTokens: Int
    var promptDetails: PromptDetails

    enum CodingKeys: String, CodingKey {
        case promptTokens = "prompt_tokens"
        case completionTokens = "completion_tokens"
        case totalTokens = "total_tokens"
        case promptDetails = "prompt_tokens_details"
    }

    init(_ summaries: [GenerationSummary]) {
        promptTokens = summaries.reduce(0) { $0 + $1.promptTokens }
        completionTokens = summaries.reduce(0) { $0 + $1.tokens }
        totalTokens = promptTokens + completionTokens
        promptDetails = PromptDetails(cachedTokens: summaries.reduce(0) { $0 + $1.reusedTokens })
    }
}
