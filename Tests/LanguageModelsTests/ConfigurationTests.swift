import ConsiliumTesting
import Foundation
import LanguageModels
import Testing

@Suite("Model configurations and checkpoints")
struct ConfigurationTests {
    static let sound =
        #""model_type":"llama","hidden_size":24,"intermediate_size":44,"num_hidden_layers":2,"num_attention_heads":4,"vocab_size":61"#

    func read(_ extra: String) throws -> ModelConfiguration {
        try ModelConfiguration(huggingFace: Data("{\(Self.sound)\(extra)}".utf8))
    }

    @Test("absent fields have the defaults of transformers")
    func defaults() throws {
        let configuration = try read("")
        #expect(configuration.keyValueHeads == 4 && configuration.headSize == 6)
        #expect(configuration.positions == .rotary(RotaryEmbedding(theta: 10000), size: 6))
        #expect(!configuration.tiedHead && !configuration.mlpBias && !configuration.queryKeyValueBias)
    }

    @Test("both dialects say the same")
    func dialects() throws {
        let four = try read(
            #","rope_theta":5e5,"rope_scaling":{"type":"linear","factor":4},"eos_token_id":2,"torch_dtype":"float16""#)
        let five = try read(
            #","rope_parameters":{"rope_theta":500000,"rope_type":"linear","factor":4.0},"eos_token_id":[2],"dtype":"float16""#
        )
        #expect(four == five)
        #expect(
            four.positions == .rotary(RotaryEmbedding(theta: 5e5, scaling: .linear(factor: 4)), size: four.headSize))
    }

    @Test(
        "what is not built is refused by its name",
        arguments: [
            (#","hidden_act":"quick_gelu""#, "quick_gelu"),
            (#","rope_scaling":{"rope_type":"longrope","factor":2}"#, "longrope"),
            (#","quantization_config":{"quant_method":"gptq"}"#, "gptq"),
            (
                #","quantization_config":{"quant_method":"bitsandbytes","load_in_4bit":true,"bnb_4bit_quant_type":"fp4"}"#,
                "fp4"
            ),
            (#","quantization_config":{}"#, "without a name"),
            (#","partial_rotary_factor":0.5"#, "partial_rotary_factor"),
            (#","rope_parameters":{"rope_theta":9,"partial_rotary_factor":0.4}"#, "partial_rotary_factor"),
            (#","is_causal":false"#, "not causal"),
        ])
    func notBuilt(extra: String, name: String) throws {
        let error = #expect(throws: LanguageModelsError(.notBuiltYet, "")) { try read(extra) }
        #expect(error?.message.contains(name) == true)
        #expect(error?.message.contains("is not built yet") == true)
    }

    @Test("rope scaling wins over rope parameters, its own theta over the file's; an empty object says nothing")
    func ropePrecedence() throws {
        let both = try read(
            #","rope_theta":7,"rope_scaling":{"type":"linear","factor":2,"rope_theta":500},"rope_parameters":{"rope_theta":9}"#
        )
        #expect(
            both.positions == .rotary(RotaryEmbedding(theta: 500, scaling: .linear(factor: 2)), size: both.headSize))
        let empty = try read(#","rope_scaling":{},"rope_parameters":{"rope_theta":9}"#)
        #expect(empty.positions == .rotary(RotaryEmbedding(theta: 9), size: empty.headSize))
    }

    @Test(
        "absent keys have the defaults of their families, null means none",
        arguments: [
            (#""model_type":"gemma2","head_dim":4"#, Float(50), Float(30), 4, Optional(4096)),
            (
                #""model_type":"gemma2","head_dim":4,"attn_logit_softcapping":null,"final_logit_softcapping":null,"sliding_window":null,"num_key_value_heads":null"#,
                0, 0, 4, nil
            ), (#""model_type":"mistral","num_attention_heads":8"#, 0, 0, 8, 4096),
            (#""model_type":"mixtral","num_attention_heads":8,"num_key_value_heads":2"#, 0, 0, 2, nil),
        ])
    func familyDefaults(fields: String, cap: Float, lastCap: Float, keyValueHeads: Int, window: Int?) throws {
        let base =
            #""hidden_size":32,"intermediate_size":44,"num_hidden_layers":2,"vocab_size":61,"num_attention_heads":4,"#
        let extra =
            fields.contains("num_attention_heads") ? base.replacing(#""num_attention_heads":4,"#, with: "") : base
        let configuration = try ModelConfiguration(huggingFace: Data("{\(extra)\(fields)}".utf8))
        #expect(configuration.attentionSoftcap == cap && configuration.logitSoftcap == lastCap)
        #expect(configuration.keyValueHeads == keyValueHeads)
        #expect((configuration.windows.first ?? nil) == window)
    }

    @Test(
        "architectures and heads that are not built are refused by name",
        arguments: [
            (
                #""model_type":"llama","architectures":["LlamaForSequenceClassification"]"#,
                "LlamaForSequenceClassification"
            ),
            (#""model_type":"bert","architectures":["BertModel"]"#, "BertModel"),
            (#""model_type":"bert","architectures":["BertForQuestionAnswering"]"#, "BertForQuestionAnswering"),
            (
                #""model_type":"bert","architectures":["BertForSequenceClassification"],"id2label":{"0":"x"}"#,
                "Regression"
            ),
            (
                #""model_type":"llama","rope_parameters":{"full_attention":{"rope_theta":5}}"#, "full_attention"
            ),
        ])
    func refusedByName(fields: String, name: String) {
        let base =
            #""hidden_size":32,"intermediate_size":44,"num_hidden_layers":2,"vocab_size":61,"num_attention_heads":4,"#
        let error = #expect(throws: LanguageModelsError(.notBuiltYet, "")) {
            try ModelConfiguration(huggingFace: Data("{\(base)\(fields)}".utf8))
        }
        #expect(error?.message.contains(name) == true)
    }

    @Test("an unknown model type is refused by its name")
    func unknownType() throws {
        let error = #expect(throws: LanguageModelsError(.notBuiltYet, "")) {
            try ModelConfiguration(huggingFace: Data(#"{"model_type":"mamba"}"#.utf8))
        }
        #expect(error?.message.contains("mamba") == true)
    }

    @Test(
        "sizes that make no sense are refused",
        arguments: [
            #","num_key_value_heads":3"#, #","head_dim":5"#, #","max_position_embeddings":0"#, #","rope_theta":-1"#,
            #","head_dim":9223372036854775807"#, #","rms_norm_eps":2"#, #","num_key_value_heads":0"#,
            #","rope_scaling":{"rope_type":"linear"}"#, #","rope_scaling":{"rope_type":"linear","factor":0}"#,
            #","head_dim":"six""#,
        ])
    func malformed(extra: String) throws {
        #expect(throws: LanguageModelsError(.malformedConfiguration, "")) { try read(extra) }
    }

    @Test("zero heads and missing sizes are refused", arguments: ["num_attention_heads", "vocab_size", "hidden_size"])
    func missing(key: String) throws {
        for replacement in ["\"\(key)\":0", "\"other\":1"] {
            let text = Self.sound.replacing(try Regex("\"\(key)\":\\d+"), with: replacement)
            #expect(throws: LanguageModelsError(.malformedConfiguration, "")) {
                try ModelConfiguration(huggingFace: Data("{\(text)}".utf8))
            }
        }
    }

    @Test("a folder without weights, or with weights of another model, is refused")
    func checkpoints() throws {
        let folder = try TemporaryFolder()
        try folder.write("config.json", "{\(Self.sound)}")
        #expect(throws: LanguageModelsError(.malformedCheckpoint, "")) { try LanguageModel.load(from: folder.url) }
        let vectors = try ModelVectors("plain")
        let weights = try Data(contentsOf: vectors.folder.appendingPathComponent("model.safetensors"))
        try folder.write("model.safetensors", weights)
        // The default of num_key_value_heads is 4, the checkpoint has 2.
        #expect(throws: LanguageModelsError(.malformedCheckpoint, "")) { try LanguageModel.load(from: folder.url) }
    }

    @Test("weights that config.json does not announce are refused by name")
    func unannouncedWeights() throws {
        let vectors = try ModelVectors("biases-llama3")
        let folder = try TemporaryFolder()
        for name in try FileManager.default.contentsOfDirectory(atPath: vectors.folder.path)
        where name.hasPrefix("model") {
            try folder.write(name, Data(contentsOf: vectors.folder.appendingPathComponent(name)))
        }
        let text = try String(contentsOf: vectors.folder.appendingPathComponent("config.json"), encoding: .utf8)
        try folder.write("config.json", text)
        #expect(try LanguageModel.load(from: folder.url).configuration == vectors.model.configuration)
        try folder.write("config.json", text.replacing("\"mlp_bias\": true", with: "\"mlp_bias\": false"))
        let error = #expect(throws: LanguageModelsError(.notBuiltYet, "")) { try LanguageModel.load(from: folder.url) }
        #expect(error?.message.contains("mlp.down_proj.bias") == true)
    }

    @Test(
        "an index that leaves its folder is refused",
        arguments: [
            "../model.safetensors", "/etc/x.safetensors", "a/b.safetensors", "..safetensors", "config.json", "",
        ])
    func shardNames(name: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("config.json", "{\(Self.sound)}")
        try folder.write("model.safetensors.index.json", "{\"weight_map\":{\"model.norm.weight\":\"\(name)\"}}")
        #expect(throws: LanguageModelsError(.malformedCheckpoint, "")) { try LanguageModel.load(from: folder.url) }
    }

    @Test("the identity of a model changes with any file that matters, and with no other")
    func identity() throws {
        let folder = try TemporaryFolder()
        try folder.write("config.json", "{}")
        try folder.write("model.safetensors", "x")
        let first = try BaseModelIdentity.hash(of: folder.url)
        try folder.write("README.md", "read me")
        #expect(try BaseModelIdentity.hash(of: folder.url) == first)
        try folder.write("tokenizer.json", "{}")
        let second = try BaseModelIdentity.hash(of: folder.url)
        #expect(second != first)
        try folder.write("model.safetensors", "y")
        #expect(try BaseModelIdentity.hash(of: folder.url) != second)
        #expect(throws: LanguageModelsError(.malformedCheckpoint, "")) {
            try BaseModelIdentity.hash(of: folder.path("none"))
        }
    }
}
