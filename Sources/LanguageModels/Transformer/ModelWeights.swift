internal import Tensors

/// y = x · weightᵀ + bias with weight [output, input].
struct Linear {
    let weight: TensorBuffer
    let bias: TensorBuffer?
    let input: Int
    let output: Int

    var matrix: MatrixView { weight.matrix(columns: input) }
}

/// The frozen weights of one block. Projections that read the same input are stored one below the other, so that they
/// are one matrix product.
struct LayerWeights {
    let attentionNorm: TensorBuffer
    /// Queries, then keys, then values.
    let queryKeyValue: Linear
    let attentionOutput: Linear
    let mlpNorm: TensorBuffer
    /// Gate, then up.
    let gateUp: Linear
    let down: Linear
}

/// All frozen weights, in float32.
struct ModelWeights {
    let embedding: TensorBuffer
    let layers: [LayerWeights]
    let finalNorm: TensorBuffer
    /// The embedding itself if they are tied.
    let head: TensorBuffer
}

extension ModelWeights {
    /// Reads the names of the Llama family from `source`, which is a checkpoint or a generator of random numbers.
    init(
        _ configuration: ModelConfiguration, backend: any TensorBackend,
        source: (_ name: String, _ shape: [Int], _ target: UnsafeMutableBufferPointer<Float>) throws -> Void
    ) throws {
        func tensor(_ parts: [(name: String, rows: Int)], columns: Int?) throws -> TensorBuffer {
            let width = columns ?? 1
            let total = parts.reduce(0) { $0 + $1.rows }
            let buffer = try TensorBuffer(count: total * width, backend: backend)
            var row = 0
            for part in parts {
                var values = [Float](repeating: 0, count: part.rows * width)
                try values.withUnsafeMutableBufferPointer {
                    try source(part.name, columns.map { [part.rows, $0] } ?? [part.rows], $0)
                }
                values.withUnsafeBufferPointer { backend.upload($0, to: buffer.pointer + row * width) }
                row += part.rows
            }
            return buffer
        }
        func linear(_ prefix: String, _ parts: [(name: String, rows: Int)], input: Int, bias: Bool) throws -> Linear {
            let weights = parts.map { (name: "\(prefix)\($0.name).weight", rows: $0.rows) }
            let biases = parts.map { (name: "\(prefix)\($0.name).bias", rows: $0.rows) }
            return Linear(
                weight: try tensor(weights, columns: input), bias: bias ? try tensor(biases, columns: nil) : nil,
                input: input, output: parts.reduce(0) { $0 + $1.rows })
        }
        let hidden = configuration.hiddenSize
        let queries = configuration.queryWidth
        let keys = configuration.keyValueWidth
        let middle = configuration.intermediateSize
        embedding = try tensor([("model.embed_tokens.weight", configuration.vocabularySize)], columns: hidden)
        layers = try (0..<configuration.layers).map { number in
            let prefix = "model.layers.\(number)."
            return LayerWeights(
                attentionNorm: try tensor([(prefix + "input_layernorm.weight", hidden)], columns: nil),
                queryKeyValue: try linear(
                    prefix + "self_attn.", [("q_proj", queries), ("k_proj", keys), ("v_proj", keys)], input: hidden,
                    bias: configuration.queryKeyValueBias),
                attentionOutput: try linear(
                    prefix + "self_attn.", [("o_proj", hidden)], input: queries, bias: configuration.outputBias),
                mlpNorm: try tensor([(prefix + "post_attention_layernorm.weight", hidden)], columns: nil),
                gateUp: try linear(
                    prefix + "mlp.", [("gate_proj", middle), ("up_proj", middle)], input: hidden,
                    bias: configuration.mlpBias),
                down: try linear(prefix + "mlp.", [("down_proj", hidden)], input: middle, bias: configuration.mlpBias))
        }
        finalNorm = try tensor([("model.norm.weight", hidden)], columns: nil)
        head =
            configuration.tiedHead
            ? embedding : try tensor([("lm_head.weight", configuration.vocabularySize)], columns: hidden)
    }
}
