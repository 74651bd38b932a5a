internal import ConsiliumCore
internal import Foundation
internal import LanguageModels
internal import Tokenizers

/// Requests of the OpenAI interface in, replies out; knows nothing of HTTP.
struct OpenAIService: Sendable {
    let assistant: AssistantModel
    let scheduler: GenerationScheduler
    /// Tokens of an answer where the request doesn't say.
    var fallbackTokens = 1024
    let started: Int
    let now: @Sendable () -> Date
    let random: any SecureRandom

    init(
        _ assistant: AssistantModel, _ scheduler: GenerationScheduler, random: any SecureRandom = SystemRandom(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.assistant = assistant
        self.scheduler = scheduler
        self.random = random
        self.now = now
        started = Int(now().timeIntervalSince1970)
    }

    /// One JSON object, or events to send as they come.
    enum Reply: Sendable {
        case whole(Data)
        case streamed(@Sendable (_ send: (Frame) async throws -> Void) async throws -> Void)
    }

    /// What goes down a stream of server-sent events.
    enum Frame: Sendable, Equatable {
        case data(Data)
        /// Clients pass over it. It shows whether they are still there.
        case stillWaiting
        case done

        /// As bytes on the wire.
        var bytes: Data {
            switch self {
            case .data(let data): Data("data: ".utf8) + data + Data("\n\n".utf8)
            case .stillWaiting: Data(": waiting\n\n".utf8)
            case .done: Data("data: [DONE]\n\n".utf8)
            }
        }
    }

    var models: ModelList { ModelList(data: [ModelList.Model(id: assistant.name, created: started)]) }

    func model(_ name: String) throws -> ModelList.Model {
        try requireModel(name)
        return ModelList.Model(id: assistant.name, created: started)
    }

    private func requireModel(_ name: String) throws {
        guard name == assistant.name else {
            throw OpenAIFault(
                404, "This server has one model, “\(assistant.name)”. Name that one.", param: "model",
                code: "model_not_found")
        }
    }

    private func identifier(_ kind: String) throws -> String { "\(kind)-\(try random.bytes(12).hexadecimal)" }

    // MARK: Chat

    func chat(_ body: Data) async throws -> Reply {
        let request = try WireJSON.decode(ChatCompletionRequest.self, from: body)
        try requireModel(request.sampling.model)
        let prompt = try assistant.prompt(request.messages, date: now())
        try requireRoom(prompt)
        let order = GenerationOrder(
            prompt: prompt, sampling: request.sampling.settings(fallback: fallbackTokens),
            alternatives: request.alternatives)
        let events = try scheduler.submit(order)
        let (id, created) = (try identifier("chatcmpl"), Int(now().timeIntervalSince1970))
        let (name, tokenizer) = (assistant.name, assistant.tokenizer)
        guard request.sampling.isStreamed else {
            let text = try await GeneratedWhole(events)
            return .whole(
                try WireJSON.encode(
                    ChatCompletionReply(
                        id: id, created: created, model: name,
                        choices: [
                            .init(
                                message: .init(content: text.text),
                                logprobs: request.alternatives == nil
                                    ? nil : ChatProbabilities(text.tokens, tokenizer),
                                finishReason: text.summary.reason.rawValue)
                        ], usage: Usage([text.summary]))))
        }
        let (wantsUsage, wantsProbabilities) = (request.sampling.includesUsage, request.alternatives != nil)
        return .streamed { send in
            func chunk(_ choices: [ChatCompletionChunk.Choice], _ usage: Usage? = nil) throws -> Frame {
                .data(
                    try WireJSON.encode(
                        ChatCompletionChunk(id: id, created: created, model: name, choices: choices, usage: usage)))
            }
            try await send(chunk([.init(delta: .init(role: "assistant", content: ""), logprobs: nil)]))
            for await event in events {
                switch event {
                case .waiting: try await send(.stillWaiting)
                case .piece(let text, let tokens):
                    let logprobs = wantsProbabilities ? ChatProbabilities(tokens, tokenizer) : nil
                    guard !text.isEmpty || logprobs != nil else { continue }
                    try await send(chunk([.init(delta: .init(content: text), logprobs: logprobs)]))
                case .finished(let summary):
                    try await send(
                        chunk([.init(delta: .init(), logprobs: nil, finishReason: summary.reason.rawValue)]))
                    if wantsUsage { try await send(chunk([], Usage([summary]))) }
                    try await send(.done)
                case .failed(let failure):
                    try await send(.data(WireJSON.encode(OpenAIFault.Reply(error: OpenAIFault(failure).body))))
                }
            }
        }
    }

    // MARK: Text

    func complete(_ body: Data) async throws -> Reply {
        let request = try WireJSON.decode(CompletionRequest.self, from: body)
        try requireModel(request.sampling.model)
        let sampling = request.sampling.settings(fallback: 16)
        let streams = try request.prompts.map { prompt in
            let tokens =
                switch prompt {
                case .text(let text): try assistant.prompt(text)
                case .tokens(let tokens): tokens
                }
            try requireRoom(tokens)
            return try scheduler.submit(
                GenerationOrder(prompt: tokens, sampling: sampling, alternatives: request.alternatives))
        }
        let (id, created) = (try identifier("cmpl"), Int(now().timeIntervalSince1970))
        let (name, tokenizer) = (assistant.name, assistant.tokenizer)
        guard request.sampling.isStreamed else {
            var choices: [CompletionReply.Choice] = []
            var summaries: [GenerationSummary] = []
            for (index, events) in streams.enumerated() {
                let text = try await GeneratedWhole(events)
                summaries.append(text.summary)
                choices.append(
                    .init(
                        index: index, text: text.text,
                        logprobs: request.alternatives == nil ? nil : TextProbabilities(text.tokens, tokenizer),
                        finishReason: text.summary.reason.rawValue))
            }
            return .whole(
                try WireJSON.encode(
                    CompletionReply(
                        id: id, created: created, model: name, choices: choices, usage: Usage(summaries))))
        }
        let (wantsUsage, wantsProbabilities) = (request.sampling.includesUsage, request.alternatives != nil)
        return .streamed { send in
            func chunk(_ choices: [CompletionReply.Choice], _ usage: Usage? = nil) throws -> Frame {
                .data(
                    try WireJSON.encode(
                        CompletionReply(id: id, created: created, model: name, choices: choices, usage: usage)))
            }
            var summaries: [GenerationSummary] = []
            // All are generated at the same time; they are sent one after another.
            for (index, events) in streams.enumerated() {
                var offset = 0
                for await event in events {
                    switch event {
                    case .waiting: try await send(.stillWaiting)
                    case .piece(let text, let tokens):
                        let logprobs =
                            wantsProbabilities ? TextProbabilities(tokens, tokenizer, offset: offset) : nil
                        offset += logprobs?.tokens.reduce(0) { $0 + $1.count } ?? 0
                        guard !text.isEmpty || logprobs != nil else { continue }
                        try await send(chunk([.init(index: index, text: text, logprobs: logprobs, finishReason: nil)]))
                    case .finished(let summary):
                        summaries.append(summary)
                        try await send(
                            chunk([
                                .init(index: index, text: "", logprobs: nil, finishReason: summary.reason.rawValue)
                            ]))
                    case .failed(let failure):
                        let fault = OpenAIFault(failure)
                        return try await send(.data(WireJSON.encode(OpenAIFault.Reply(error: fault.body))))
                    }
                }
            }
            guard summaries.count == streams.count else { return }
            if wantsUsage { try await send(chunk([], Usage(summaries))) }
            try await send(.done)
        }
    }

    private func requireRoom(_ prompt: [Int32]) throws {
        guard prompt.count < assistant.maximumLength else {
            throw OpenAIFault(
                400,
                "This model's maximum context length is \(assistant.maximumLength) tokens; the prompt has \(prompt.count). Shorten it.",
                param: "messages", code: "context_length_exceeded")
        }
    }
}

/// An answer that was waited for.
struct GeneratedWhole: Sendable {
    var text = ""
    var tokens: [GeneratedToken] = []
    var summary: GenerationSummary

    /// - Throws: ``GenerationFailure``; `CancellationError` if nobody waits any more.
    init(_ events: AsyncStream<GenerationEvent>) async throws {
        var found: GenerationSummary?
        for await event in events {
            switch event {
            case .waiting: break
            case .piece(let piece, let new):
                text += piece
                tokens += new
            case .finished(let summary): found = summary
            case .failed(let failure): throw failure
            }
        }
        guard let found else { throw CancellationError() }
        summary = found
    }
}
