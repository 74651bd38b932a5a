public import LanguageModels
public import Tokenizers

/// A conversation in a terminal: what was said so far, and the next answer.
public struct Conversation: Sendable {
    public struct Answer: Sendable, Equatable {
        public var text: String
        public var summary: GenerationSummary?
        /// How many of the oldest exchanges no longer fitted before the model and were left out.
        public var forgotten: Int
    }

    private let assistant: AssistantModel
    private let scheduler: GenerationScheduler
    private let sampling: SamplingSettings
    public private(set) var messages: [ChatMessage]
    private let system: String?

    /// - Parameters:
    ///   - system: what the model is told before everything else; `nil` for nothing.
    ///   - sampling: its number of tokens bounds each answer.
    /// - Throws: ``NodeError`` `.badInput` for a model without a chat template; `LanguageModelsError` for settings that
    ///   make no sense or a model that can't continue texts.
    public init(_ assistant: AssistantModel, system: String?, sampling: SamplingSettings) throws {
        try sampling.validate()
        guard sampling.maximumTokens >= 1 else { throw NodeError(.badInput, "--max-tokens must be at least 1.") }
        self.assistant = assistant
        self.sampling = sampling
        self.system = system
        messages = Self.start(system)
        // Fails now rather than at the first question.
        _ = try assistant.prompt(messages + [ChatMessage(role: .user, content: "?")])
        var limits = GenerationScheduler.Limits()
        limits.running = 1
        scheduler = try GenerationScheduler(assistant, limits: limits)
    }

    private static func start(_ system: String?) -> [ChatMessage] {
        system.map { [ChatMessage(role: .system, content: $0)] } ?? []
    }

    /// Forgets everything but the system message.
    public mutating func clear() { messages = Self.start(system) }

    /// Asks, and waits for the answer. An answer that was cut short stays in the conversation as far as it came; a
    /// question that fails does not.
    ///
    /// - Parameters:
    ///   - isStopped: asked at every token; `true` ends the answer.
    ///   - onText: gets the answer piece by piece.
    /// - Throws: ``NodeError`` `.badInput` for a question that is too long by itself; what `onText` throws.
    public mutating func ask(
        _ question: String, isStopped: @Sendable () -> Bool = { false }, onText: (String) throws -> Void
    ) async throws -> Answer {
        var history = messages
        let forgotten = try makeRoom(in: &history, for: question)
        history.append(ChatMessage(role: .user, content: question))
        var answer = ""
        var summary: GenerationSummary?
        let order = GenerationOrder(prompt: try assistant.prompt(history), sampling: sampling)
        events: for await event in try scheduler.submit(order) {
            switch event {
            case .waiting: break
            case .piece(let text, _):
                answer += text
                if !text.isEmpty { try onText(text) }
            case .finished(let found): summary = found
            case .failed(let failure):
                throw NodeError(.badInput, failure.message)
            }
            if isStopped() { break events }
        }
        history.append(ChatMessage(role: .assistant, content: answer))
        messages = history
        return Answer(text: answer, summary: summary, forgotten: forgotten)
    }

    /// Leaves out the oldest exchanges until the question and a short answer fit.
    private func makeRoom(in history: inout [ChatMessage], for question: String) throws -> Int {
        let asked = ChatMessage(role: .user, content: question)
        let room = min(sampling.maximumTokens, assistant.maximumLength / 4)
        let first = system == nil ? 0 : 1
        var forgotten = 0
        while try assistant.prompt(history + [asked]).count + room > assistant.maximumLength {
            guard history.count >= first + 2 else {
                guard try assistant.prompt(history + [asked]).count < assistant.maximumLength else {
                    throw NodeError(
                        .badInput,
                        "The question alone is longer than the \(assistant.maximumLength) tokens that the model can read. Shorten it."
                    )
                }
                break
            }
            history.removeSubrange(first..<first + 2)
            forgotten += 1
        }
        return forgotten
    }
}

extension GenerationFailure {
    /// A sentence for whoever asked.
    var message: String {
        switch self {
        case .stopping: "The model is being stopped. Try again later."
        case .refused(let message), .fault(let message): message
        }
    }
}
