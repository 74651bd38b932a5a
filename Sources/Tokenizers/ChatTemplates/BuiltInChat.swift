/// The built-in templates. Each is tested to write what a Jinja template of the same rules writes.
struct BuiltInChat {
    private var content = JinjaText()
    private var assistant: [Range<Int>] = []
    private let bosToken: String
    private let eosToken: String

    static func render(
        _ messages: [ChatMessage], _ family: ChatTemplate.Family, addGenerationPrompt: Bool, bosToken: String,
        eosToken: String, variables: [String: ChatVariable]
    ) throws -> RenderedChat {
        var chat = BuiltInChat(bosToken: bosToken, eosToken: eosToken)
        try chat.write(messages, family, addGenerationPrompt, variables)
        return RenderedChat(content: chat.content, assistant: chat.assistant)
    }

    private init(bosToken: String, eosToken: String) {
        self.bosToken = bosToken
        self.eosToken = eosToken
    }

    private mutating func write(
        _ messages: [ChatMessage], _ family: ChatTemplate.Family, _ prompts: Bool, _ variables: [String: ChatVariable]
    ) throws {
        if messages.contains(where: { $0.role == .tool }) { throw Self.refused("a message of a tool") }
        switch family {
        case .llama2, .mistral, .gemma, .phi: try writeTurns(messages, family, prompts)
        case .llama3:
            own(bosToken)
            for message in messages {
                own("<|start_header_id|>\(message.role.rawValue)<|end_header_id|>\n\n")
                write(message, Self.text(message).stripped(of: nil), end: "<|eot_id|>")
            }
            if prompts { own("<|start_header_id|>assistant<|end_header_id|>\n\n") }
        case .chatML:
            for message in messages {
                own("<|im_start|>\(message.role.rawValue)\n")
                write(message, Self.text(message), end: "<|im_end|>")
                own("\n")
            }
            if prompts { own("<|im_start|>assistant\n") }
        case .qwen3:
            writeQwen3(messages)
            if prompts { own("<|im_start|>assistant\n") }
            if prompts, variables["enable_thinking"] == .bool(false) { own("<think>\n\n</think>\n\n") }
        }
    }

    private static func refused(_ what: String) -> TokenizersError {
        TokenizersError(
            .refusedChat,
            "The family's chat template has no place for \(what). Leave it out, or give the model a template of its own."
        )
    }

    private static func text(_ message: ChatMessage) -> JinjaText { JinjaText(message.content, isForeign: true) }

    /// What the template writes itself.
    private mutating func own(_ text: String) { content.append(JinjaText(text)) }

    /// A message, and what ends it; both are what the assistant says if it is the assistant's.
    private mutating func write(_ message: ChatMessage, _ text: JinjaText, before: String = "", end: String) {
        let start = content.count
        own(before)
        content.append(text)
        own(end)
        if message.role == .assistant, content.count > start { assistant.append(start..<content.count) }
    }

    /// Families in which questions and answers alternate, with at most one system message before them.
    private mutating func writeTurns(
        _ messages: [ChatMessage], _ family: ChatTemplate.Family, _ prompts: Bool
    ) throws {
        let system = messages.first.flatMap { $0.role == .system ? Self.text($0) : nil }
        let turns = system == nil ? messages[...] : messages.dropFirst()
        for (index, message) in turns.enumerated() {
            guard message.role == (index % 2 == 0 ? .user : .assistant) else {
                throw Self.refused("turns that don't alternate between user and assistant")
            }
        }
        if system != nil, turns.isEmpty { throw Self.refused("a system message without a question") }
        if family == .mistral || family == .gemma { own(bosToken) }
        for (index, message) in turns.enumerated() {
            let text = Self.text(message).stripped(of: nil)
            let system = index == 0 ? system?.stripped(of: nil) : nil
            switch (family, message.role) {
            case (.llama2, .user):
                own("\(bosToken)[INST] ")
                if let system {
                    own("<<SYS>>\n")
                    content.append(system)
                    own("\n<</SYS>>\n\n")
                }
                content.append(text)
                own(" [/INST]")
            case (.llama2, _): write(message, text, before: " ", end: " \(eosToken)")
            case (.mistral, .user):
                own("[INST] ")
                write(system: system)
                content.append(text)
                own(" [/INST]")
            case (.mistral, _): write(message, text, before: " ", end: eosToken)
            case (.gemma, .user):
                own("<start_of_turn>user\n")
                write(system: system)
                content.append(text)
                own("<end_of_turn>\n")
            case (.gemma, _):
                own("<start_of_turn>model\n")
                write(message, text, end: "<end_of_turn>")
                own("\n")
            case (_, .user):
                write(system: system)
                own("Instruct: ")
                content.append(text)
                own("\nOutput:")
            default:
                write(message, text, before: " ", end: eosToken)
                own("\n")
            }
        }
        if prompts, family == .gemma { own("<start_of_turn>model\n") }
    }

    private mutating func write(system: JinjaText?) {
        guard let system else { return }
        content.append(system)
        own("\n\n")
    }

    private mutating func writeQwen3(_ messages: [ChatMessage]) {
        let lastQuestion =
            messages.lastIndex {
                $0.role == .user
                    && !($0.content.hasPrefix("<tool_response>") && $0.content.hasSuffix("</tool_response>"))
            } ?? messages.count - 1
        for (index, message) in messages.enumerated() {
            own("<|im_start|>\(message.role.rawValue)\n")
            guard message.role == .assistant else {
                write(message, Self.text(message), end: "<|im_end|>")
                own("\n")
                continue
            }
            var text = Self.text(message)
            var reasoning = JinjaText()
            let parts = text.split(by: "</think>", limit: nil)
            if parts.count > 1, let first = parts.first, let last = parts.last {
                let opened = first.stripped(of: "\n", left: false).split(by: "<think>", limit: nil)
                reasoning = (opened.last ?? JinjaText()).stripped(of: "\n", right: false)
                text = last.stripped(of: "\n", right: false)
            }
            let start = content.count
            if index > lastQuestion, index == messages.count - 1 || !reasoning.isEmpty {
                own("<think>\n")
                content.append(reasoning.stripped(of: "\n"))
                own("\n</think>\n\n")
                text = text.stripped(of: "\n", right: false)
            }
            content.append(text)
            own("<|im_end|>")
            assistant.append(start..<content.count)
            own("\n")
        }
    }
}
