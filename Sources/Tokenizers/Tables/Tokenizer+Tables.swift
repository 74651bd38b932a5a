extension Tokenizer {
    /// This tokenizer as lists.
    ///
    /// What lists can't say is lost: unicode normalization (Qwen's NFC), and blanks around special tokens.
    ///
    /// - Throws: ``TokenizersError`` `.unsupported`, saying which part can't be expressed, so that no program ever cuts text
    ///   differently without anybody noticing.
    public func tables() throws -> TokenizerTables {
        guard case .bytePair(let encoder) = model else {
            throw Self.inexpressible("it is not a byte-pair encoding")
        }
        let addsBeginning = bosID.map { prefix == [$0] } ?? false
        let addsEnd = eosID.map { suffix == [$0] } ?? false
        guard prefix.isEmpty || addsBeginning, suffix.isEmpty || addsEnd else {
            throw Self.inexpressible("it puts other tokens around a text than those for beginning and end")
        }
        let model: TokenizerTables.Model
        switch encoder.unit {
        case .bytes: model = try byteLevel(encoder)
        case .scalars(let fallback):
            guard let fallback, fallback.allSatisfy({ $0 >= 0 }) else {
                throw Self.inexpressible("it has no tokens for single bytes")
            }
            model = try scored(encoder)
        case .endings: throw Self.inexpressible("it marks the ends of words")
        }
        let added = Dictionary(
            (addedTokens.entries + laterTokens.entries).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return TokenizerTables(
            tokens: (0..<Int32(names.size)).map { entry($0, added[$0], encoder) }, model: model,
            addsBeginning: addsBeginning,
            addsEnd: addsEnd)
    }

    private static func inexpressible(_ why: String) -> TokenizersError {
        TokenizersError(
            .unsupported,
            "The model's tokenizer can't be exported: \(why). Export the weights without it, or use another model.")
    }

    private func entry(
        _ id: Int32, _ added: AddedTokens.Entry?, _ encoder: BytePairEncoder
    ) -> TokenizerTables.Token? {
        guard names.contains(id: id) else { return nil }
        if let added {
            let kind: TokenizerTables.Kind =
                id == encoder.unknown ? .unknown : added.isSpecial ? .control : .userDefined
            return TokenizerTables.Token(text: added.content, kind: kind)
        }
        let name = Array(names.bytes(of: id))
        guard case .scalars(let fallback) = encoder.unit else {
            return TokenizerTables.Token(text: name, kind: .normal)
        }
        if id == encoder.unknown { return TokenizerTables.Token(text: name, kind: .unknown) }
        if fallback?.contains(id) == true { return TokenizerTables.Token(text: name, kind: .byte) }
        // llama2.c's vocabularies have blanks where SentencePiece has its sign.
        let signed = Normalizer.replace([0x20], with: PreTokenizer.wordSign).apply(to: name)
        return TokenizerTables.Token(text: signed, kind: .normal)
    }

    // MARK: Byte level

    private func byteLevel(_ encoder: BytePairEncoder) throws -> TokenizerTables.Model {
        guard normalizers.allSatisfy({ $0 == .composed }) else {
            throw Self.inexpressible("it normalizes text in a way of its own")
        }
        guard preTokenizer.rewrite == nil else { throw Self.inexpressible("it puts a blank in front of a text") }
        let words: TokenizerTables.WordRule
        switch (preTokenizer.steps, encoder.prefersWholePieces) {
        case ([.words(.gpt2)], false): words = .gpt2
        case ([.digits(individual: true), .words(.gpt2)], false): words = .gpt2Digits
        case ([.words(.modern(digits: 3))], let keeps): words = .llama3(keepsWholeWords: keeps)
        case ([.words(.modern(digits: 1))], false): words = .qwen2
        default: throw Self.inexpressible("it cuts text into words in a way of its own")
        }
        let merges = encoder.merges.ordered.map { names.bytes(of: $0.left) + [0x20] + names.bytes(of: $0.right) }
        return .byteLevel(merges: merges.map { Array($0) }, words: words)
    }

    // MARK: Scores

    private func scored(_ encoder: BytePairEncoder) throws -> TokenizerTables.Model {
        guard !encoder.prefersWholePieces else {
            throw Self.inexpressible("it keeps words whole that its merges would not build")
        }
        let (addsBlank, isCut) = try blanks()
        guard !isCut || preTokenizer.signBetweenWords != nil else {
            throw Self.inexpressible("it cuts text into words that its tokens reach across")
        }
        let merges = encoder.merges.ordered
        try requireScores(merges, encoder)
        // Only the order of scores counts, and that is the order of merges.
        var scores = [Float](repeating: 0, count: names.size)
        let lowest = Float(merges.last?.rank ?? 0) + 1
        for id in scores.indices where names.bytes(of: Int32(id)).count > 1 { scores[id] = -lowest }
        for merge in merges.reversed() where Int(merge.merged) < scores.count {
            scores[Int(merge.merged)] = -Float(merge.rank)
        }
        return .scored(scores, addsLeadingBlank: addsBlank)
    }

    /// Whether a blank is put in front, and whether text is cut at blanks.
    private func blanks() throws -> (adds: Bool, cuts: Bool) {
        let sign = PreTokenizer.wordSign
        var adds = false
        for normalizer in normalizers {
            switch normalizer {
            case .prepend([0x20]), .prepend(sign): adds = true
            case .replace([0x20], with: sign): continue
            default: throw Self.inexpressible("it normalizes text in a way of its own")
            }
        }
        switch preTokenizer.rewrite {
        case nil, .wordSigns(.never): break
        case .wordSigns: adds = true
        case .leadingBlank: throw Self.inexpressible("it puts a blank in front of a text")
        }
        switch preTokenizer.steps {
        case []: return (adds, false)
        case [.literal(sign, .withNext)]: return (adds, true)
        // Gemma's cut at blanks, of which the normalizer left none.
        case [.literal([0x20], .withPrevious)] where normalizers.contains(.replace([0x20], with: sign)):
            return (adds, false)
        default: throw Self.inexpressible("it cuts text into words in a way of its own")
        }
    }

    /// Numbered merges are scores of tokens if all pairs that make one token follow each other, and no pair is missing.
    private func requireScores(
        _ merges: [(left: Int32, right: Int32, rank: UInt32, merged: Int32)], _ encoder: BytePairEncoder
    ) throws {
        var last: [Int32: UInt32] = [:]
        var open: Int32?
        for merge in merges {
            // Of equal rank are the merges of a file that has scores.
            if open != merge.merged, let rank = last[merge.merged], rank != merge.rank {
                throw Self.inexpressible("the order of its merges is not that of scores")
            }
            open = merge.merged
            last[merge.merged] = merge.rank
        }
        let special = Set((addedTokens.entries + laterTokens.entries).map(\.id))
        guard case .scalars(let fallback) = encoder.unit else { return }
        let closed = special.union(fallback ?? [])
        for id in Int32(0)..<Int32(names.size) where names.contains(id: id) && !closed.contains(id) {
            let piece = Array(names.bytes(of: id))
            for cut in piece.indices.dropFirst() where !UTF8Form.isContinuation(piece[cut]) {
                guard let left = names.id(of: Array(piece[..<cut])), let right = names.id(of: Array(piece[cut...])),
                    !closed.contains(left), !closed.contains(right)
                else { continue }
                guard encoder.merges.find(left, right) != MergeTable.none else {
                    throw Self.inexpressible("its merges leave out pairs that are tokens together")
                }
            }
        }
    }
}
