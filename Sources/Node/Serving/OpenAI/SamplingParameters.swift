internal import LanguageModels

/// What chat and text completions have in common.
struct SamplingParameters: Decodable, Equatable {
    var model: String
    var maximumTokens: Int?
    var temperature: Double?
    var topP: Double?
    /// An addition of other servers that many clients know.
    var topK: Int?
    var seed: UInt64?
    var stop: [String] = []
    var isStreamed = false
    var includesUsage = false

    private enum Key: String, CodingKey {
        case model, temperature, seed, stop, stream, n, suffix, echo, tools, functions
        case maximumTokens = "max_tokens"
        case maximumCompletionTokens = "max_completion_tokens"
        case topP = "top_p"
        case topK = "top_k"
        case streamOptions = "stream_options"
        case bestOf = "best_of"
        case frequencyPenalty = "frequency_penalty"
        case presencePenalty = "presence_penalty"
        case logitBias = "logit_bias"
        case responseFormat = "response_format"
    }

    private struct StreamOptions: Decodable {
        var includeUsage: Bool?

        enum CodingKeys: String, CodingKey {
            case includeUsage = "include_usage"
        }
    }

    private struct ResponseFormat: Decodable {
        var type: String
    }

    private struct Anything: Decodable {}

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        model = try values.decode(String.self, forKey: .model)
        maximumTokens =
            try values.decodeIfPresent(Int.self, forKey: .maximumCompletionTokens)
            ?? values.decodeIfPresent(Int.self, forKey: .maximumTokens)
        if let maximumTokens, maximumTokens < 1 {
            throw OpenAIFault.parameter("max_tokens", "“max_tokens” must be at least 1.", code: "invalid_value")
        }
        temperature = try values.decodeIfPresent(Double.self, forKey: .temperature)
        if let temperature, !(0...2).contains(temperature) {
            throw OpenAIFault.parameter("temperature", "“temperature” must be 0 to 2.", code: "invalid_value")
        }
        topP = try values.decodeIfPresent(Double.self, forKey: .topP)
        if let topP, !(topP > 0 && topP <= 1) {
            throw OpenAIFault.parameter("top_p", "“top_p” must be above 0 and at most 1.", code: "invalid_value")
        }
        topK = try values.decodeIfPresent(Int.self, forKey: .topK).flatMap { $0 > 0 ? $0 : nil }
        seed = try values.decodeIfPresent(Int64.self, forKey: .seed).map { UInt64(bitPattern: $0) }
        stop = try Self.stop(values)
        isStreamed = try values.decodeIfPresent(Bool.self, forKey: .stream) ?? false
        includesUsage = try values.decodeIfPresent(StreamOptions.self, forKey: .streamOptions)?.includeUsage ?? false
        try Self.refuseOthers(values)
    }

    private static func stop(_ values: KeyedDecodingContainer<Key>) throws -> [String] {
        guard values.contains(.stop), try !values.decodeNil(forKey: .stop) else { return [] }
        let stop =
            try (try? values.decode(String.self, forKey: .stop)).map { [$0] }
            ?? values.decode([String].self, forKey: .stop)
        guard stop.count <= 16, stop.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 1024 }) else {
            throw OpenAIFault.parameter(
                "stop", "“stop” must be at most 16 texts of 1 to 1024 bytes.", code: "invalid_value")
        }
        return stop
    }

    /// What would change the answer must not be passed over in silence.
    private static func refuseOthers(_ values: KeyedDecodingContainer<Key>) throws {
        func refuse(_ key: Key, _ message: String) -> OpenAIFault {
            .parameter(key.rawValue, message, code: "unsupported_parameter")
        }
        for key in [Key.n, .bestOf] where try values.decodeIfPresent(Int.self, forKey: key) ?? 1 != 1 {
            throw refuse(key, "This server gives one answer to a request: “\(key.rawValue)” must be 1.")
        }
        for key in [Key.frequencyPenalty, .presencePenalty]
        where try values.decodeIfPresent(Double.self, forKey: key) ?? 0 != 0 {
            throw refuse(key, "This server has no penalties: “\(key.rawValue)” must be 0.")
        }
        for key in [Key.tools, .functions]
        where try !(values.decodeIfPresent([Anything].self, forKey: key) ?? []).isEmpty {
            throw refuse(key, "This server calls no tools. Leave “\(key.rawValue)” out.")
        }
        if try !(values.decodeIfPresent([String: Double].self, forKey: .logitBias) ?? [:]).isEmpty {
            throw refuse(.logitBias, "This server takes no “logit_bias”. Leave it out.")
        }
        if try values.decodeIfPresent(ResponseFormat.self, forKey: .responseFormat)?.type ?? "text" != "text" {
            throw refuse(.responseFormat, "This server answers with text only. Leave “response_format” out.")
        }
        if try values.decodeIfPresent(String.self, forKey: .suffix)?.isEmpty == false {
            throw refuse(.suffix, "This server continues texts only. Leave “suffix” out.")
        }
        if try values.decodeIfPresent(Bool.self, forKey: .echo) ?? false {
            throw refuse(.echo, "This server does not repeat prompts. Leave “echo” out.")
        }
    }

    /// - Parameter fallback: how many tokens where the request doesn't say.
    func settings(fallback: Int) -> SamplingSettings {
        SamplingSettings(
            maximumTokens: maximumTokens ?? fallback, temperature: temperature ?? 0, topK: topK, topP: topP ?? 1,
            seed: seed ?? 0, stopStrings: stop)
    }
}
