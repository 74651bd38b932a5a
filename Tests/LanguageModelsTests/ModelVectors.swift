import Foundation
import LanguageModels
import Tensors

/// What transformers and PEFT computed for a tiny random model; see Vectors/make_vectors.py.
struct ModelVectors {
    /// Models that predict the next token.
    static let causal = [
        "plain", "tied-half", "biases-llama3", "linear-rope", "llama-old", "llama-yarn", "qwen2-yarn",
        "mistral-window", "mixtral",
        "mixtral-window",
        "qwen2-tied", "qwen2-window", "qwen3", "gemma", "gemma2", "phi", "gpt2", "gpt2-old", "biogpt",
        "biogpt-unscaled", "llama-nf4", "llama-nf4-double", "llama-int8",
    ]
    static let names = causal + ["bert-mlm", "bert-mlm-old", "bert-classification", "bert-tokens"]
    /// Those with answers for the training of all parameters.
    static let full = ["plain", "gemma2", "gpt2"]

    struct Tokens: Decodable {
        var ids: [[Int32]]
        var labels: [[Int32]]
        var loss: Double
    }

    let folder: URL
    let model: LanguageModel
    let adapter: LoRAAdapter
    let tokens: Tokens

    init(_ name: String, trainable: Bool = false) throws {
        let root = Bundle.module.resourceURL ?? Bundle.module.bundleURL
        folder = root.appendingPathComponent("Vectors").appendingPathComponent(name)
        model = try LanguageModel.load(from: folder, trainable: trainable)
        adapter = try LoRAAdapter.load(from: folder.appendingPathComponent("adapter"), for: model.configuration)
        tokens = try JSONDecoder().decode(
            Tokens.self, from: Data(contentsOf: folder.appendingPathComponent("tokens.json")))
    }

    func tensor(_ file: String, _ name: String) throws -> [Float] {
        try SafetensorsFile(url: folder.appendingPathComponent(file)).floats(name)
    }

    var supervised: Int { sequences.reduce(0) { $0 + model.supervisedTokens(in: $1) } }

    var sequences: [TokenSequence] {
        zip(tokens.ids, tokens.labels).map { TokenSequence(inputIDs: $0, labels: $1) }
    }
}

/// The largest difference, relative to the largest expected value.
func relativeDifference(_ found: [Float], _ expected: [Float]) -> Float {
    guard found.count == expected.count else { return .infinity }
    let size = expected.map(abs).max() ?? 0
    return (zip(found, expected).map { abs($0 - $1) }.max() ?? 0) / max(size, .leastNormalMagnitude)
}

/// [rows, columns] turned to [columns, rows].
func transposed(_ values: [Float], rows: Int) -> [Float] {
    let columns = values.count / max(rows, 1)
    return (0..<columns).flatMap { column in (0..<rows).map { values[$0 * columns + column] } }
}
