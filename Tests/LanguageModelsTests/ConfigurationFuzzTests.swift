import ConsiliumCore
import ConsiliumTesting
import Foundation
import Tensors
import Testing

@testable import LanguageModels

/// A configuration comes from strangers: whatever it says, the answer is one of this project's errors or a model that
/// computes. More rounds with `CONSILIUM_FUZZ_ROUNDS`.
@Suite("Damaged config.json and adapter_config.json")
struct ConfigurationFuzzTests {
    private static let rounds =
        ProcessInfo.processInfo.environment["CONSILIUM_FUZZ_ROUNDS"].flatMap { Int($0) } ?? 50

    /// What stands in place of a value: numbers at edges, other types, names with a meaning.
    private static let hostile = [
        "0", "1", "2", "3", "7", "64", "1023", "-1", "-2147483649", "65536", "16777216", "4611686018427387904",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e308", "1e999", "-1e308", "1e-320",
        "0.5", "2.0", "1.0000000001", "-0.0", "null", "true", "false", "\"\"", "\"4\"", "NaN", "[]", "{}", "[[]]",
        "[1,2]", "[null]", "[\"sliding_attention\"]", "{\"0\":\"a\",\"1\":\"b\",\"2\":\"c\"}", "{\"\":{}}",
        "\"gelu\"", "\"llama\"", "\"gpt2\"", "\"bert\"", "\"mixtral\"", "\"gemma2\"", "\"qwen3\"", "\"phi\"",
        "[\"BertForSequenceClassification\"]", "{\"rope_type\":\"linear\",\"factor\":1e-300}",
        "{\"type\":\"llama3\",\"factor\":8,\"low_freq_factor\":1,\"high_freq_factor\":4,\"original_max_position_embeddings\":1e-9}",
        "{\"rope_theta\":1e300,\"partial_rotary_factor\":1e-9}", String(repeating: "[", count: 3000),
        String(repeating: "{\"a\":", count: 600) + "1" + String(repeating: "}", count: 600),
    ]

    /// Keys that the sound file may lack.
    private static let keys = [
        "head_dim", "num_key_value_heads", "partial_rotary_factor", "rope_scaling", "rope_parameters", "rope_theta",
        "sliding_window", "use_sliding_window", "max_window_layers", "layer_types", "num_local_experts",
        "num_experts_per_tok", "n_inner", "id2label", "num_labels", "type_vocab_size", "query_pre_attn_scalar",
        "attn_logit_softcapping", "final_logit_softcapping", "max_position_embeddings", "n_positions", "eos_token_id",
        "quantization_config", "attention_bias", "tie_word_embeddings", "scale_attn_by_inverse_layer_idx",
        "rank_pattern", "layers_to_transform", "use_rslora", "modules_to_save",
    ]

    /// One change of a file that has a key a line.
    private static func mutate(_ text: String, _ random: inout ReproducibleGenerator) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let line = Int.random(in: 0..<lines.count, using: &random)
        let value = hostile.randomElement(using: &random) ?? "0"
        switch Int.random(in: 0..<12, using: &random) {
        case 0...5:
            guard let colon = lines[line].firstIndex(of: ":") else { return text }
            lines[line] = lines[line][...colon] + value + (lines[line].hasSuffix(",") ? "," : "")
        case 6, 7: lines.insert("\"\(keys.randomElement(using: &random) ?? "")\":\(value),", at: min(1, lines.count))
        case 8: lines.remove(at: line)
        case 9: lines.insert(lines[line], at: Int.random(in: 0..<lines.count, using: &random))
        case 10:
            return String(
                decoding: text.utf8.prefix(Int.random(in: 0..<max(text.utf8.count, 1), using: &random)), as: UTF8.self)
        default:
            var bytes = Array(text.utf8)
            guard !bytes.isEmpty else { return text }
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            return String(decoding: bytes, as: UTF8.self)
        }
        return lines.joined(separator: "\n")
    }

    private static func generator(_ name: String, _ label: String) -> ReproducibleGenerator {
        ReproducibleGenerator(seed: name.utf8.reduce(11) { $0 &* 31 &+ UInt64($1) }, label: label)
    }

    private static func damaged(_ text: String, _ random: inout ReproducibleGenerator) -> String {
        // Mostly one change: two seldom get past the first check.
        (0..<[1, 1, 1, 2, 3][Int.random(in: 0..<5, using: &random)]).reduce(text) { text, _ in mutate(text, &random) }
    }

    private static func folder(_ name: String) -> URL {
        (Bundle.module.resourceURL ?? Bundle.module.bundleURL).appendingPathComponent("Vectors")
            .appendingPathComponent(name)
    }

    private static func isOrderly(_ error: any Error) -> Bool {
        guard let error = error as? any ConsiliumError else { return false }
        return error.message.hasSuffix(".") && error.message.utf8.count < 1000
    }

    @Test("a changed config.json is refused or describes a model of bounded size", arguments: ModelVectors.names)
    func configurations(name: String) throws {
        let sound = try String(contentsOf: Self.folder(name).appendingPathComponent("config.json"), encoding: .utf8)
        #expect(throws: Never.self) { try ModelConfiguration(huggingFace: Data(sound.utf8)) }
        var random = Self.generator(name, "configurations")
        var refused = 0
        for _ in 0..<Self.rounds {
            let text = Self.damaged(sound, &random)
            do {
                let configuration = try ModelConfiguration(huggingFace: Data(text.utf8))
                #expect(throws: Never.self) { try configuration.validate() }
                #expect(configuration.parameterCount > 0 && configuration.outputSize > 0)
                for layer in [0, configuration.layers - 1] {
                    let shape = configuration.attentionShape(layer)
                    #expect(shape.scale.isFinite && (shape.window ?? 1) > 0)
                }
                let layout = try AdapterTensor.layout(LoRAConfiguration(rank: 1), for: configuration)
                let count = layout.last?.range.upperBound ?? 0
                #expect(count > 0)
                // What a bounded model may still ask for is more than a test should take.
                guard count < 100_000 else { continue }
                let adapter = try LoRAAdapter(configuration: LoRAConfiguration(rank: 1), for: configuration, seed: 1)
                #expect(adapter.parameters.count == count)
            } catch {
                refused += 1
                #expect(error is LanguageModelsError && Self.isOrderly(error), "\(error)")
            }
        }
        #expect(refused > Self.rounds / 5 && refused < Self.rounds)
    }

    @Test("weights with a changed config.json are refused or compute", arguments: ModelVectors.names)
    func models(name: String) throws {
        let sound = Self.folder(name)
        let text = try String(contentsOf: sound.appendingPathComponent("config.json"), encoding: .utf8)
        let folder = try TemporaryFolder()
        for file in try FileManager.default.contentsOfDirectory(atPath: sound.path) where file.hasPrefix("model") {
            try folder.write(file, Data(contentsOf: sound.appendingPathComponent(file)))
        }
        var random = Self.generator(name, "models")
        for _ in 0..<max(Self.rounds / 4, 1) {
            try folder.write("config.json", Self.damaged(text, &random))
            do {
                let model = try LanguageModel.load(from: folder.url)
                let ids: [Int32] = [1, 5, 2, 7, 3, 4, 9]
                let logits = try model.logits(ids: Array(ids.prefix(model.maximumLength)))
                #expect(!logits.isEmpty)
            } catch {
                #expect(Self.isOrderly(error), "\(error)")
            }
        }
    }

    @Test("a changed adapter_config.json is refused or gives the adapter of its tensors", arguments: ModelVectors.names)
    func adapters(name: String) throws {
        let vectors = try ModelVectors(name)
        let sound = vectors.folder.appendingPathComponent("adapter")
        let text = try String(contentsOf: sound.appendingPathComponent("adapter_config.json"), encoding: .utf8)
        let folder = try TemporaryFolder()
        try folder.write(
            "adapter_model.safetensors", Data(contentsOf: sound.appendingPathComponent("adapter_model.safetensors")))
        var random = Self.generator(name, "adapters")
        var refused = 0
        for _ in 0..<Self.rounds {
            try folder.write("adapter_config.json", Self.damaged(text, &random))
            do {
                let adapter = try LoRAAdapter.load(from: folder.url, for: vectors.model.configuration)
                #expect(adapter.parameters == vectors.adapter.parameters)
            } catch {
                refused += 1
                #expect(Self.isOrderly(error), "\(error)")
            }
        }
        #expect(refused > 0 && refused < Self.rounds)
    }
}
