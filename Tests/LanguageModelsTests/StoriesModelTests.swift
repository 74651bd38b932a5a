import ConsiliumTesting
import Foundation
import LanguageModels
import Testing

/// Real trained weights against the values of an independent implementation (llama2.c in float32).
@Suite(
    "Logits of a real model",
    .enabled(if: SharedData.file("data/models/stories260K") != nil, "the shared data folder is absent"))
struct StoriesModelTests {
    struct Golden: Decodable {
        struct Prompt: Decodable {
            var ids: [Int32]
            var argmax: [Int]
            var losses: [Double]
            var lastLogits: [Float]

            enum CodingKeys: String, CodingKey {
                case ids = "ids_with_bos"
                case argmax
                case losses = "nll"
                case lastLogits = "last_logits"
            }
        }

        var prompts: [Prompt]
    }

    let folder: URL
    let model: LanguageModel
    let golden: Golden

    init() throws {
        folder = try #require(SharedData.file("data/models/stories260K"))
        model = try LanguageModel.load(from: folder)
        golden = try JSONDecoder().decode(
            Golden.self, from: Data(contentsOf: folder.appendingPathComponent("golden.json")))
    }

    @Test("logits, the best token and losses equal the reference to 1e-4")
    func goldenLogits() throws {
        #expect(golden.prompts.count >= 3)
        for prompt in golden.prompts {
            let vocabulary = model.configuration.vocabularySize
            let logits = try model.logits(ids: prompt.ids)
            #expect(logits.count == prompt.ids.count * vocabulary)
            let last = logits.suffix(vocabulary)
            #expect(zip(last, prompt.lastLogits).allSatisfy { abs($0 - $1) < 1e-4 })
            for (row, best) in prompt.argmax.enumerated() {
                let values = logits[row * vocabulary..<(row + 1) * vocabulary]
                #expect(values.max() == values[row * vocabulary + best])
            }
            let losses = try model.tokenLosses(ids: prompt.ids, labels: prompt.ids)
            #expect(losses.count == prompt.losses.count)
            #expect(zip(losses, prompt.losses).allSatisfy { abs(Double($0) - $1) < 1e-4 })
        }
    }

    @Test("packing sequences gives the losses of each alone")
    func packing() throws {
        let sequences = golden.prompts.map { TokenSequence($0.ids) }
        let together = try model.negativeLogLikelihood(of: sequences)
        for (sequence, packed) in zip(sequences, together) {
            let alone = try model.negativeLogLikelihood(of: [sequence])[0]
            #expect(abs(alone.sum - packed.sum) < 1e-4)
            #expect(alone.tokens == packed.tokens && packed.tokens == sequence.inputIDs.count - 1)
        }
    }

    @Test("the identity of the folder is stable and covers the configuration")
    func identity() throws {
        let files = try BaseModelIdentity.files(in: folder)
        #expect(files == ["config.json", "model.safetensors"])
        #expect(try BaseModelIdentity.hash(of: folder) == BaseModelIdentity.hash(of: folder))
    }
}
