internal import ConsiliumCore
public import Foundation
public import LanguageModels
internal import Tensors
internal import Tokenizers

/// What `consilium-node generate` was asked for.
public struct GenerateRequest: Sendable {
    public var model: URL
    public var adapter: URL?
    public var prompt: String
    /// Give the prompt as a user's message in the model's chat template.
    public var isChat = false
    public var sampling = SamplingSettings()
    public var storage = BaseStorage.automatic
    public var device = ComputeDevice.cpu
    public var threads = 1

    public init(model: URL, adapter: URL?, prompt: String) {
        self.model = model
        self.adapter = adapter
        self.prompt = prompt
    }
}

/// `consilium-node generate`.
public enum GenerateService {
    public struct Outcome: Codable, Sendable {
        public enum FinishReason: String, Codable, Sendable {
            /// A stop token or a stop string.
            case stop
            /// As many tokens as were asked for, or as the model has positions.
            case length
        }

        /// Without the prompt and without a stop string.
        public var text: String
        /// New tokens, among them those of a stop string.
        public var tokens: Int
        public var promptTokens: Int
        /// New tokens in a second of wall time, from the first one on; 0 for fewer than two.
        public var tokensPerSecond: Double
        public var finishReason: FinishReason

        enum CodingKeys: String, CodingKey {
            case text, tokens
            case promptTokens = "prompt_tokens"
            case tokensPerSecond = "tokens_per_second"
            case finishReason = "finish_reason"
        }

        /// A line for people, without the text.
        public var summary: String {
            let rate = String(format: "%.1f", tokensPerSecond)
            let reason = finishReason == .stop ? "the text was complete" : "no more tokens were allowed"
            return "\(tokens) tokens after \(promptTokens), \(rate) tokens/s; \(reason)."
        }
    }

    /// - Parameter onText: gets the text piece by piece, whole characters only.
    /// - Throws: ``NodeError`` `.badInput` for an empty or too long prompt; what loading the model, its tokenizer and the
    ///   adapter throws; what `onText` throws.
    public static func run(_ request: GenerateRequest, onText: (String) throws -> Void) throws -> Outcome {
        guard !request.prompt.isEmpty else {
            throw NodeError(.badInput, "The prompt is empty. Give the text to continue with --prompt.")
        }
        try request.sampling.validate()
        guard request.sampling.maximumTokens >= 1 else {
            throw NodeError(.badInput, "--max-tokens must be at least 1.")
        }
        try ThreadCount.check(request.threads)
        ComputeThreads.set(request.threads)
        let tokenizer = try Tokenizer.load(from: request.model)
        let prompt = try tokens(of: request, tokenizer)
        let model = try LanguageModel.load(
            from: request.model, storage: request.storage, backend: request.device.backend())
        guard prompt.count < model.maximumLength else {
            throw NodeError(
                .badInput,
                "The prompt has \(prompt.count) tokens; the model takes at most \(model.maximumLength) with the answer. Shorten it."
            )
        }
        let adapter = try request.adapter.map { try LoRAAdapter.load(from: $0, for: model.configuration) }
        var sampling = request.sampling
        if sampling.stopTokens == nil {
            sampling.stopTokens = tokenizer.stopTokens(of: model.configuration)
        }
        var text = GeneratedText(tokenizer: tokenizer, stops: request.sampling.stopStrings)
        var times: (first: Double, last: Double)?
        let new = try model.generate(prompt: prompt, adapter: adapter, settings: sampling) { token in
            let piece = text.append(token)
            let now = BenchClock.wall.now()
            times = (times?.first ?? now, now)
            if !piece.isEmpty { try onText(piece) }
            return !text.isStopped
        }
        let rest = text.finish()
        if !rest.isEmpty { try onText(rest) }
        let room = min(request.sampling.maximumTokens, model.maximumLength - prompt.count)
        let seconds = times.map { $0.last - $0.first } ?? 0
        return Outcome(
            text: text.shown, tokens: new.count, promptTokens: prompt.count,
            tokensPerSecond: seconds > 0 ? Double(new.count - 1) / seconds : 0,
            finishReason: text.isStopped || new.count < room ? .stop : .length)
    }

    private static func tokens(of request: GenerateRequest, _ tokenizer: Tokenizer) throws -> [Int32] {
        let tokens: [Int32]
        if request.isChat {
            let template = try ChatTemplate.load(from: request.model, tokenizer: tokenizer)
            tokens = try tokenizer.encodePrompt(
                [ChatMessage(role: .user, content: request.prompt)], template: template, date: Date())
        } else {
            // As training lines begin.
            tokens = tokenizer.beginning + (try tokenizer.encode(request.prompt))
        }
        guard !tokens.isEmpty else {
            throw NodeError(.badInput, "The model's tokenizer leaves nothing of the prompt. Give another text.")
        }
        return tokens
    }
}
