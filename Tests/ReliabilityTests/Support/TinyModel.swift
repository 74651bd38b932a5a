import ConsiliumCore
import Foundation
import Tensors

/// A base model that says nothing sensible and trains in milliseconds: one layer, with the tokenizer of the demo's.
enum TinyModel {
    private static let width = 32
    private static let inner = 64
    private static let heads = 2
    private static let headWidth = 16

    /// Writes a folder in Hugging Face's form.
    /// - Parameter demo: the folder whose settings and tokenizer it takes over.
    static func write(to folder: URL, from demo: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["tokenizer.json", "tokenizer_config.json", "generation_config.json"] {
            try FileManager.default.copyItem(
                at: demo.appendingPathComponent(name), to: folder.appendingPathComponent(name))
        }
        let text = try String(contentsOf: demo.appendingPathComponent("config.json"), encoding: .utf8)
        let settings = [
            ("hidden_size", width), ("intermediate_size", inner), ("num_attention_heads", heads),
            ("num_key_value_heads", 1), ("head_dim", headWidth), ("num_hidden_layers", 1),
        ]
        let smaller = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let found = settings.first { line.contains("\"\($0.0)\":") }
            return found.map { "  \"\($0.0)\": \($0.1)," } ?? String(line)
        }
        try Data(smaller.joined(separator: "\n").utf8).write(to: folder.appendingPathComponent("config.json"))
        let layer = "model.layers.0"
        let shapes = [
            ("model.embed_tokens.weight", [4096, width]), ("model.norm.weight", [width]),
            ("\(layer).input_layernorm.weight", [width]), ("\(layer).post_attention_layernorm.weight", [width]),
            ("\(layer).self_attn.q_proj.weight", [heads * headWidth, width]),
            ("\(layer).self_attn.k_proj.weight", [headWidth, width]),
            ("\(layer).self_attn.v_proj.weight", [headWidth, width]),
            ("\(layer).self_attn.o_proj.weight", [width, heads * headWidth]),
            ("\(layer).mlp.gate_proj.weight", [inner, width]), ("\(layer).mlp.up_proj.weight", [inner, width]),
            ("\(layer).mlp.down_proj.weight", [width, inner]),
        ]
        var generator = ReproducibleGenerator(seed: 7, label: "tiny model")
        let tensors = shapes.map { name, shape in
            NamedTensor(
                name: name, shape: shape,
                values: (0..<shape.reduce(1, *)).map { _ in
                    shape.count == 1 ? 1 : Float(generator.unit() - 0.5) * 0.3
                })
        }
        try SafetensorsWriter.write(tensors, to: folder.appendingPathComponent("model.safetensors"))
    }
}
