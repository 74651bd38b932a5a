/// `POST /v1/completions`.
struct CompletionRequest: Decodable, Equatable {
    enum Prompt: Equatable {
        case text(String)
        case tokens([Int32])
    }

    var sampling: SamplingParameters
    /// Each gets an answer of its own.
    var prompts: [Prompt]
    /// `nil`: no probabilities.
    var alternatives: Int?

    static let mostPrompts = 32

    private enum Key: String, CodingKey {
        case prompt, logprobs
    }

    init(from decoder: any Decoder) throws {
        sampling = try SamplingParameters(from: decoder)
        let values = try decoder.container(keyedBy: Key.self)
        if let text = try? values.decode(String.self, forKey: .prompt) {
            prompts = [.text(text)]
        } else if let tokens = try? values.decode([Int32].self, forKey: .prompt) {
            prompts = [.tokens(tokens)]
        } else if let texts = try? values.decode([String].self, forKey: .prompt) {
            prompts = texts.map { .text($0) }
        } else {
            prompts = try values.decode([[Int32]].self, forKey: .prompt).map { .tokens($0) }
        }
        guard (1...Self.mostPrompts).contains(prompts.count) else {
            throw OpenAIFault.parameter(
                "prompt", "“prompt” must be 1 to \(Self.mostPrompts) texts.", code: "invalid_value")
        }
        alternatives = try values.decodeIfPresent(Int.self, forKey: .logprobs)
        guard (0...20).contains(alternatives ?? 0) else {
            throw OpenAIFault.parameter("logprobs", "“logprobs” must be 0 to 20.", code: "invalid_value")
        }
    }
}
