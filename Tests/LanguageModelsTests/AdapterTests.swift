import ConsiliumTesting
import Foundation
import LanguageModels
import Tensors
import Testing

@Suite("LoRA adapters")
struct AdapterTests {
    let model = ModelConfiguration(
        vocabularySize: 61, hiddenSize: 24, intermediateSize: 44, layers: 11, heads: 4, keyValueHeads: 2)

    @Test("a fresh adapter has PEFT's initial values and changes nothing")
    func initialValues() throws {
        let vectors = try ModelVectors("plain")
        let adapter = try LoRAAdapter(configuration: LoRAConfiguration(), for: vectors.model.configuration, seed: 1)
        for tensor in adapter.layout {
            let values = adapter.parameters[tensor.range]
            if tensor.isA {
                let bound = 1 / Float(tensor.shape[1]).squareRoot()
                #expect(values.allSatisfy { abs($0) <= bound })
                #expect(values.contains { abs($0) > bound * 0.9 })
                #expect(abs(values.reduce(0, +) / Float(values.count)) < bound * 0.3)
            } else {
                #expect(values.allSatisfy { $0 == 0 })
            }
        }
        let ids = vectors.tokens.ids[0]
        #expect(try vectors.model.logits(ids: ids, adapter: adapter) == vectors.model.logits(ids: ids))
        #expect(
            try adapter == LoRAAdapter(configuration: LoRAConfiguration(), for: vectors.model.configuration, seed: 1))
        #expect(
            try adapter != LoRAAdapter(configuration: LoRAConfiguration(), for: vectors.model.configuration, seed: 2))
    }

    @Test("the layout is sorted by name, dense, and hashed")
    func layout() throws {
        let adapter = try LoRAAdapter(configuration: LoRAConfiguration(rank: 2), for: model, seed: 0)
        #expect(adapter.layout.count == 11 * 7 * 2)
        #expect(adapter.layout.map(\.name) == adapter.layout.map(\.name).sorted())
        var offset = 0
        for tensor in adapter.layout {
            #expect(tensor.offset == offset)
            offset += tensor.count
        }
        #expect(offset == adapter.parameterCount && adapter.parameters.count == offset)
        let same = try LoRAAdapter(configuration: LoRAConfiguration(rank: 2), for: model, seed: 9)
        let other = try LoRAAdapter(configuration: LoRAConfiguration(rank: 3), for: model, seed: 0)
        #expect(adapter.layoutHash == same.layoutHash && adapter.layoutHash != other.layoutHash)
    }

    @Test(
        "presets and ends of paths name their layers as PEFT does",
        arguments: [
            ("plain", ["all"], ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]),
            ("plain", ["mlp", "up_proj", "q_proj"], ["q_proj", "gate_proj", "up_proj", "down_proj"]),
            ("gpt2", ["attention"], ["c_attn", "attn.c_proj"]), ("gpt2", ["c_proj"], ["c_proj"]),
            ("mixtral", ["all-linear"], ["q_proj", "k_proj", "v_proj", "o_proj"]),
            ("bert-mlm", ["attention"], ["query", "key", "value", "attention.output.dense"]),
            ("bert-mlm", ["all"], ["query", "key", "value", "output.dense", "intermediate.dense"]),
        ])
    func targets(model: String, targets: [String], names: [String]) throws {
        let model = try ModelVectors(model).model.configuration
        #expect(try LoRAConfiguration(targets: targets).targetModules(for: model) == .list(names))
    }

    @Test("where no list can tell layers apart, they are named by a pattern")
    func pattern() throws {
        let model = try ModelVectors("bert-mlm").model.configuration
        #expect(
            try LoRAConfiguration(targets: ["mlp"]).targetModules(for: model)
                == .pattern(#".*\.\d+\.(intermediate\.dense|output\.dense)"#))
    }

    @Test("settings that make no sense are refused")
    func refusedSettings() {
        for configuration in [
            LoRAConfiguration(rank: 0), LoRAConfiguration(rank: 5000), LoRAConfiguration(alpha: -1),
            LoRAConfiguration(alpha: .nan), LoRAConfiguration(targets: []), LoRAConfiguration(targets: ["lm_head"]),
        ] {
            #expect(throws: LanguageModelsError(.invalidConfiguration, "")) {
                try LoRAAdapter(configuration: configuration, for: model, seed: 0)
            }
        }
    }

    @Test("parameters of another count or with NaN are refused")
    func refusedParameters() throws {
        var adapter = try LoRAAdapter(configuration: LoRAConfiguration(), for: model, seed: 0)
        let before = adapter
        #expect(throws: LanguageModelsError(.adapterMismatch, "")) { try adapter.setParameters([1]) }
        var broken = adapter.parameters
        broken[5] = .nan
        #expect(throws: LanguageModelsError(.numericalFault, "")) { try adapter.setParameters(broken) }
        #expect(adapter == before)
    }

    @Test(
        "a saved folder is read again, and an adapter of PEFT is written as PEFT wrote it",
        arguments: ModelVectors.names)
    func roundTrip(name: String) throws {
        let vectors = try ModelVectors(name)
        let folder = try TemporaryFolder()
        try vectors.adapter.save(to: folder.path("adapter"), baseModel: "base")
        #expect(try LoRAAdapter.load(from: folder.path("adapter"), for: vectors.model.configuration) == vectors.adapter)
        let written = try SafetensorsFile(url: folder.path("adapter/adapter_model.safetensors"))
        let original = try SafetensorsFile(
            url: vectors.folder.appendingPathComponent("adapter/adapter_model.safetensors"))
        #expect(written.tensorNames == original.tensorNames)
        for tensor in written.tensorNames {
            #expect(try written.entry(tensor) == original.entry(tensor))
            #expect(try written.floats(tensor) == original.floats(tensor))
        }
    }

    @Test(
        "an adapter that does more than plain LoRA is refused by name",
        arguments: [
            (#""use_dora":true"#, "DoRA"), (#""bias":"all""#, "biases"),
            (#""rank_pattern":{"q_proj":4}"#, "rank pattern"),
            (#""modules_to_save":["lm_head"]"#, "modules_to_save"), (#""peft_type":"IA3""#, "IA3"),
            (#""layers_to_transform":[0]"#, "layers_to_transform"), (#""fan_in_fan_out":true"#, "fan_in_fan_out"),
            (#""alpha_pattern":{"q_proj":4}"#, "alpha pattern"), (#""init_lora_weights":"pissa_niter_4""#, "pissa"),
            (#""init_lora_weights":"olora""#, "olora"), (#""layers_to_transform":1"#, "layers_to_transform"),
            (#""alora_invocation_tokens":[5]"#, "alora_invocation_tokens"), (#""lora_bias":true"#, "lora_bias"),
            (#""layer_replication":[[0,1]]"#, "layer_replication"),
        ])
    func refusedKinds(extra: String, name: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("adapter_config.json", "{\"r\":2,\"lora_alpha\":4,\(extra)}")
        let error = #expect(throws: LanguageModelsError(.notBuiltYet, "")) {
            try LoRAAdapter.load(from: folder.url, for: model)
        }
        #expect(error?.message.contains(name) == true)
    }

    @Test("an adapter of another base model, an incomplete one and one with NaN are refused")
    func foreignAdapters() throws {
        let folder = try TemporaryFolder()
        let adapter = try LoRAAdapter(configuration: LoRAConfiguration(rank: 2), for: model, seed: 0)
        try adapter.save(to: folder.url, baseModel: "base")
        let mismatch = LanguageModelsError(.adapterMismatch, "")
        var wider = model
        wider.intermediateSize = 45
        #expect(throws: mismatch) { try LoRAAdapter.load(from: folder.url, for: wider) }
        var deeper = model
        deeper.layers = 12
        #expect(throws: mismatch) { try LoRAAdapter.load(from: folder.url, for: deeper) }
        let vectors = try ModelVectors("plain")
        #expect(throws: mismatch) { try vectors.model.logits(ids: [1], adapter: adapter) }
        let weights = folder.path("adapter_model.safetensors")
        try SafetensorsWriter.write(Array(adapter.tensors.dropLast()), to: weights)
        #expect(throws: mismatch) { try LoRAAdapter.load(from: folder.url, for: model) }
        var broken = adapter.tensors
        broken[3].values[0] = .nan
        try SafetensorsWriter.write(broken, to: weights)
        #expect(throws: LanguageModelsError(.numericalFault, "")) { try LoRAAdapter.load(from: folder.url, for: model) }
        try folder.write("adapter_config.json", "{\"r\":\"two\"}")
        #expect(throws: LanguageModelsError(.malformedAdapter, "")) {
            try LoRAAdapter.load(from: folder.url, for: model)
        }
    }
}
