extension ModelConfiguration {
    /// - Throws: ``LanguageModelsError`` `.malformedConfiguration` unless all sizes fit each other and are within bounds
    ///   that keep every later product far from overflow.
    public func validate() throws {
        try validateSizes()
        try validateNumbers()
    }

    private func require(_ condition: Bool, _ reason: @autoclosure () -> String) throws {
        guard condition else {
            throw LanguageModelsError(
                .malformedConfiguration, "The model's configuration makes no sense: \(reason()). Check its config.json."
            )
        }
    }

    private func validateSizes() throws {
        var bounds: [(String, Int, Int)] = [
            ("vocab_size", vocabularySize, 1 << 22), ("hidden_size", hiddenSize, 1 << 16),
            ("intermediate_size", intermediateSize, 1 << 18), ("num_hidden_layers", layers, 1024),
            ("num_attention_heads", heads, 1024), ("num_key_value_heads", keyValueHeads, 1024),
            ("head_dim", headSize, 1024), ("max_position_embeddings", maximumPositions, 1 << 24),
        ]
        if let experts {
            bounds.append(("num_local_experts", experts.count, 1024))
            bounds.append(("num_experts_per_tok", experts.perToken, experts.count))
        }
        if let labels = head.classes { bounds.append(("num_labels", labels, 1 << 16)) }
        for (name, value, limit) in bounds {
            try require(value >= 1 && value <= limit, "\(name) is not between 1 and \(limit)")
        }
        try require(heads.isMultiple(of: keyValueHeads), "num_key_value_heads does not divide num_attention_heads")
        try require(tokenTypes >= 0 && tokenTypes <= 1024, "type_vocab_size is not between 0 and 1024")
        try require(
            windows.allSatisfy { ($0 ?? 1) >= 1 && ($0 ?? 1) <= 1 << 24 }, "sliding_window is not between 1 and 2^24")
    }

    private func validateNumbers() throws {
        for epsilon in [norm.epsilon, queryKeyNorm?.epsilon ?? 0] {
            try require(epsilon >= 0 && epsilon < 1, "the epsilon of the norm is not between 0 and 1")
        }
        try require(attentionScale.isFinite && attentionScale > 0, "the attention's scale is not positive")
        for cap in [attentionSoftcap, logitSoftcap] {
            try require(cap.isFinite && cap >= 0, "a soft cap is negative")
        }
        guard case .rotary(let rotary, let size) = positions else { return }
        try require(
            size >= 2 && size.isMultiple(of: 2) && size <= headSize,
            "the rotated part of head_dim is odd or larger than head_dim")
        try require(rotary.theta.isFinite && rotary.theta > 1, "rope_theta is not above 1")
        switch rotary.scaling {
        case .none: break
        case .linear(let factor): try require(factor.isFinite && factor > 0, "the rope factor is not positive")
        case .yarn(let yarn):
            let all = [
                yarn.factor, yarn.originalPositions, yarn.attentionFactor, yarn.fastRotations, yarn.slowRotations,
            ]
            try require(all.allSatisfy { $0.isFinite && $0 > 0 }, "the rope factors are not positive")
        case .llama3(let factor, let low, let high, let original):
            let all = [factor, low, high, original]
            try require(
                all.allSatisfy { $0.isFinite && $0 > 0 } && high > low, "the rope factors are not positive and ordered")
        }
    }
}
