import Foundation
import LanguageModels
import Tensors

/// What transformers and PEFT computed for a tiny random model; see Vectors/make_vectors.py.
struct ModelVectors {
    static let names = ["plain", "tied-half", "biases-llama3", "linear-rope"]

    struct Tokens: Decodable {
        var ids: [[Int32]]
        var labels: [[Int32]]
        var loss: Double
    }

    let folder: URL
    let model: LanguageModel
    let adapter: LoRAAdapter
    let tokens: Tokens

    init(_ name: String) throws {
        let root = Bundle.module.resourceURL ?? Bundle.module.bundleURL
        folder = root.appendingPathComponent("Vectors").appendingPathComponent(name)
        model = try LanguageModel.load(from: folder)
        adapter = try LoRAAdapter.load(from: folder.appendingPathComponent("adapter"), for: model.configuration)
        tokens = try JSONDecoder().decode(
            Tokens.self, from: Data(contentsOf: folder.appendingPathComponent("tokens.json")))
    }

    func tensor(_ file: String, _ name: String) throws -> [Float] {
        try SafetensorsFile(url: folder.appendingPathComponent(file)).floats(name)
    }

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
