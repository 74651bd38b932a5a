extension ModelConfiguration {
    /// The linear layers of every block, slot by slot and in the order of their columns. Those of experts are not among them:
    /// see ``expertLayers(_:)``.
    var linearLayers: [LinearLayer] {
        let query = queryWidth
        let key = keyValueWidth
        var attention: [(String, LinearLayer.Slot, Int, Int, Bool)]
        func separate(_ names: [String], _ output: String) -> [(String, LinearLayer.Slot, Int, Int, Bool)] {
            zip(names, [query, key, key]).map { ($0, .queryKeyValue, hiddenSize, $1, queryKeyValueBias) } + [
                (output, .attentionOutput, query, hiddenSize, outputBias)
            ]
        }
        let up: [String]
        let down: String
        switch family {
        case .llama, .mistral, .mixtral, .qwen2, .qwen3, .gemma, .gemma2:
            attention = separate(
                ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"], "self_attn.o_proj")
            up = ["mlp.gate_proj", "mlp.up_proj"]
            down = "mlp.down_proj"
        case .phi:
            attention = separate(["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"], "self_attn.dense")
            up = ["mlp.fc1"]
            down = "mlp.fc2"
        case .gpt2:
            attention = [
                ("attn.c_attn", .queryKeyValue, hiddenSize, fusedWidth, queryKeyValueBias),
                ("attn.c_proj", .attentionOutput, query, hiddenSize, outputBias),
            ]
            up = ["mlp.c_fc"]
            down = "mlp.c_proj"
        case .biogpt:
            attention = separate(
                ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"], "self_attn.out_proj")
            up = ["fc1"]
            down = "fc2"
        case .bert:
            attention = separate(
                ["attention.self.query", "attention.self.key", "attention.self.value"], "attention.output.dense")
            up = ["intermediate.dense"]
            down = "output.dense"
        }
        if experts == nil {
            attention += up.map { ($0, .up, hiddenSize, intermediateSize, mlpBias) }
            attention.append((down, .down, intermediateSize, hiddenSize, mlpBias))
        }
        return placed(attention)
    }

    /// The router of a mixture of experts; its path inside of the block.
    var routerPath: String { "block_sparse_moe.gate" }

    /// The linear layers of expert `number`.
    func expertLayers(_ number: Int) -> [LinearLayer] {
        let prefix = "block_sparse_moe.experts.\(number)."
        return placed([
            ("\(prefix)w1", .up, hiddenSize, intermediateSize, mlpBias),
            ("\(prefix)w3", .up, hiddenSize, intermediateSize, mlpBias),
            ("\(prefix)w2", .down, intermediateSize, hiddenSize, mlpBias),
        ])
    }

    /// Whether files have the weights as [input, output] (GPT-2's Conv1D).
    var storesTransposed: Bool { family == .gpt2 }

    private func placed(_ layers: [(String, LinearLayer.Slot, Int, Int, Bool)]) -> [LinearLayer] {
        var columns: [LinearLayer.Slot: Int] = [:]
        return layers.map { path, slot, input, output, bias in
            defer { columns[slot, default: 0] += output }
            return LinearLayer(
                slot: slot, path: path, input: input, output: output, column: columns[slot, default: 0], hasBias: bias)
        }
    }
}

extension ModelConfiguration {
    /// Linear layers that adapters don't reach but whose names a pattern could hit.
    var linearLayersOutsideOfBlocks: [String] {
        family == .bert ? ["bert.pooler.dense", "cls.predictions.transform.dense"] : []
    }
}
