import ConsiliumCore
import FineTuning
import Foundation
import LanguageModels
import Tensors

/// The tiny models of LanguageModelsTests and a random model, with sequences to train on.
struct TrainingVectors {
    struct Tokens: Decodable {
        var ids: [[Int32]]
        var labels: [[Int32]]
        var loss: Double
        var lastLoss: Double

        enum CodingKeys: String, CodingKey {
            case ids, labels, loss
            case lastLoss = "last_loss"
        }
    }

    static let names = [
        "plain", "tied-half", "biases-llama3", "linear-rope", "llama-old", "llama-yarn", "qwen2-yarn",
        "mistral-window", "mixtral",
        "mixtral-window", "qwen2-tied", "qwen2-window", "qwen3", "gemma", "gemma2", "phi", "gpt2", "gpt2-old",
        "biogpt", "biogpt-unscaled", "llama-nf4", "llama-nf4-double", "llama-int8", "bert-mlm", "bert-mlm-old",
        "bert-classification", "bert-tokens",
    ]

    let folder: URL
    let model: LanguageModel
    let adapter: LoRAAdapter
    let tokens: Tokens

    init(_ name: String, trainable: Bool = false) throws {
        folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("LanguageModelsTests/Vectors/\(name)")
        model = try LanguageModel.load(from: folder, trainable: trainable)
        adapter = try LoRAAdapter.load(from: folder.appendingPathComponent("adapter"), for: model.configuration)
        tokens = try JSONDecoder().decode(
            Tokens.self, from: Data(contentsOf: folder.appendingPathComponent("tokens.json")))
    }

    var sequences: [TrainingSequence] {
        zip(tokens.ids, tokens.labels).map { TrainingSequence(inputIDs: $0, labels: $1) }
    }

    /// Random sequences of the model's vocabulary; patient p has one or two of them.
    func patients(_ count: Int) -> [[TrainingSequence]] {
        var generator = ReproducibleGenerator(seed: 5, label: "patients")
        return (0..<count).map { patient in
            (0...patient % 2).map { _ in
                let ids = (0..<Int.random(in: 2..<20, using: &generator)).map { _ in
                    Int32.random(in: 0..<61, using: &generator)
                }
                return TrainingSequence(inputIDs: ids, labels: ids, patient: "patient \(patient)")
            }
        }
    }
}

func norm(_ values: some Sequence<Float>) -> Double {
    values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
}
