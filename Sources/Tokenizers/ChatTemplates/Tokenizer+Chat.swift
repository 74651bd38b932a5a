public import Foundation

extension Tokenizer {
    /// The spelling of ``bosID``, as chat templates want it.
    public var bosToken: String? { bosID.flatMap(token(of:)) }

    /// The spelling of ``eosID``, as chat templates want it.
    public var eosToken: String? { eosID.flatMap(token(of:)) }

    /// The ids of a rendered conversation.
    ///
    /// Control tokens are recognized where the template wrote them and nowhere else; see ``RenderedChat``. Nothing is
    /// put around the text, because templates write the beginning of a text themselves.
    public func encode(_ chat: RenderedChat) throws -> [Int32] { try encode(chat, assistant: []).ids }

    /// The ids of a conversation that the model is to continue.
    public func encodePrompt(
        _ messages: [ChatMessage], template: ChatTemplate, variables: [String: ChatVariable] = [:], date: Date? = nil
    ) throws -> [Int32] {
        try encode(render(messages, template, addGenerationPrompt: true, variables, date))
    }

    /// The ids of a whole conversation to train on, and which of them the assistant says.
    ///
    /// What the assistant says is what the template puts between `{% generation %}` and `{% endgeneration %}`. In a
    /// template without these marks it is, for each message of the assistant, what the conversation up to and with it
    /// has more than the conversation before it with the generation prompt; that takes a template which never changes
    /// what it wrote for earlier messages, and this is checked.
    ///
    /// The ids are those of the text as a whole. A token with at least one character of the assistant counts as the
    /// assistant's, as in Hugging Face's `return_assistant_tokens_mask`.
    ///
    /// - Returns: as many flags as ids; the first id is never predicted, so its flag has no effect in training.
    /// - Throws: ``TokenizersError`` `.refusedChat` if there is no message of the assistant, if the template drops or
    ///   changes earlier messages when later ones follow (Qwen 3 does so with reasoning: train on one answer at a
    ///   time), or if the model is of a kind that has no chats.
    public func encodeChat(
        _ messages: [ChatMessage], template: ChatTemplate, variables: [String: ChatVariable] = [:], date: Date? = nil
    ) throws -> (ids: [Int32], supervised: [Bool]) {
        guard messages.contains(where: { $0.role == .assistant }) else {
            throw TokenizersError(
                .refusedChat,
                "The conversation has no message of the assistant to learn from. Add one, or leave it out.")
        }
        let whole = try render(messages, template, addGenerationPrompt: false, variables, date)
        let spans = try whole.assistant ?? assistantSpans(of: messages, in: whole, template, variables, date)
        return try encode(whole, assistant: spans)
    }

    private func render(
        _ messages: [ChatMessage], _ template: ChatTemplate, addGenerationPrompt: Bool,
        _ variables: [String: ChatVariable], _ date: Date?
    ) throws -> RenderedChat {
        try template.render(
            messages, addGenerationPrompt: addGenerationPrompt, bosToken: bosToken, eosToken: eosToken,
            variables: variables, date: date)
    }

    private func assistantSpans(
        of messages: [ChatMessage], in whole: RenderedChat, _ template: ChatTemplate,
        _ variables: [String: ChatVariable], _ date: Date?
    ) throws -> [Range<Int>] {
        var spans: [Range<Int>] = []
        for (index, message) in messages.enumerated() where message.role == .assistant {
            let before = try render(
                Array(messages[..<index]), template, addGenerationPrompt: true, variables, date)
            let after = try render(
                Array(messages[...index]), template, addGenerationPrompt: false, variables, date)
            guard after.content.hasPrefix(before.content), whole.content.hasPrefix(after.content),
                spans.last.map({ $0.upperBound <= before.content.count }) ?? true
            else {
                throw TokenizersError(
                    .refusedChat,
                    "The model's chat template changes what it wrote for message \(index + 1) of the conversation when more follow, so the assistant's part can't be told from the rest. Train on conversations with one answer each, or use a template with “generation” marks."
                )
            }
            if before.content.count < after.content.count { spans.append(before.content.count..<after.content.count) }
        }
        return spans
    }

    private func encode(_ chat: RenderedChat, assistant: [Range<Int>]) throws -> (ids: [Int32], supervised: [Bool]) {
        guard case .bytePair = model else {
            throw TokenizersError(
                .refusedChat,
                "This model's tokenizer is not made for chats. Use a model that was trained on conversations.")
        }
        let (unchecked, foreign, spans) = chat.encoded(assistant)
        let bytes = try Self.checked(unchecked)
        var ids: [Int32] = []
        var supervised: [Bool] = []
        var scratch = BytePairEncoder.Scratch()
        for segment in addedTokens.split(bytes, recognizing: .outside(foreign)) {
            switch segment {
            case .token(let id, let range):
                ids.append(id)
                supervised.append(spans.contains { $0.overlaps(range) })
            case .text(let range):
                let part = Array(bytes[range])
                try encode(
                    part, foreign: Self.clipped(foreign, to: range), spans: Self.clipped(spans, to: range),
                    isFirst: range.lowerBound == 0, into: &ids, &supervised, &scratch)
            }
        }
        return (ids, supervised)
    }

    /// A text between control tokens that were found before normalizing.
    private func encode(
        _ part: [UInt8], foreign: [Range<Int>], spans: [Range<Int>], isFirst: Bool, into ids: inout [Int32],
        _ supervised: inout [Bool], _ scratch: inout BytePairEncoder.Scratch
    ) throws {
        let text = normalized(part)
        let spans = Self.moved(spans, in: part, to: text.count, by: normalized)
        let foreign = laterTokens.entries.isEmpty ? [] : Self.moved(foreign, in: part, to: text.count, by: normalized)
        for segment in laterTokens.split(text, recognizing: .outside(foreign)) {
            switch segment {
            case .token(let id, let range):
                ids.append(id)
                supervised.append(spans.contains { $0.overlaps(range) })
            case .text(let range):
                let words = Array(text[range])
                let rewrite = { (part: [UInt8]) in
                    preTokenizer.rewritten(part, isFirst: isFirst && range.lowerBound == 0)
                }
                let rewritten = rewrite(words)
                let inner = Self.moved(Self.clipped(spans, to: range), in: words, to: rewritten.count, by: rewrite)
                try rewritten.withUnsafeBufferPointer { rewritten in
                    for piece in preTokenizer.pieces(rewritten) {
                        let first = ids.count
                        try encode(UnsafeBufferPointer(rebasing: rewritten[piece]), into: &ids, scratch: &scratch)
                        try appendFlags(for: ids[first...], of: piece, inner, to: &supervised)
                    }
                }
            }
        }
    }

    /// The parts of `ranges` inside of `range`, counted from its beginning.
    private static func clipped(_ ranges: [Range<Int>], to range: Range<Int>) -> [Range<Int>] {
        ranges.filter { $0.overlaps(range) }.map {
            let inside = $0.clamped(to: range)
            return (inside.lowerBound - range.lowerBound)..<(inside.upperBound - range.lowerBound)
        }
    }

    /// Where ranges of `part` are after it was rewritten to `count` bytes. Rewriting works from left to right, so that
    /// the beginning of the text becomes the beginning of the result.
    private static func moved(
        _ ranges: [Range<Int>], in part: [UInt8], to count: Int, by rewrite: ([UInt8]) -> [UInt8]
    ) -> [Range<Int>] {
        func position(_ end: Int) -> Int {
            if end <= 0 { return 0 }
            return end >= part.count ? count : min(rewrite(Array(part[..<end])).count, count)
        }
        return ranges.map { range in
            let start = position(range.lowerBound)
            return start..<max(start, position(range.upperBound))
        }
    }

    /// - Parameters:
    ///   - piece: where in the rewritten text the tokens come from, all together.
    ///   - spans: what the assistant says, in the same positions.
    private func appendFlags(
        for tokens: ArraySlice<Int32>, of piece: Range<Int>, _ spans: [Range<Int>], to flags: inout [Bool]
    ) throws {
        let touching = spans.filter { $0.overlaps(piece) }
        if touching.isEmpty
            || touching.contains(where: { $0.lowerBound <= piece.lowerBound && $0.upperBound >= piece.upperBound })
        {
            flags.append(contentsOf: repeatElement(!touching.isEmpty, count: tokens.count))
            return
        }
        var start = piece.lowerBound
        for id in tokens {
            guard id != unknownID, case .bytePair(let encoder) = model else {
                throw TokenizersError(
                    .refusedChat,
                    "The conversation has a character that the model's vocabulary can't express, next to where the assistant's part begins or ends. Use a model with byte fallback."
                )
            }
            let end = start + encoder.length(of: id)
            flags.append(touching.contains { $0.overlaps(start..<end) })
            start = end
        }
    }
}
