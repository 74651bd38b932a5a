internal import Tensors

/// A tensor of a GGUF file and where its numbers come from.
struct GGUFTensorPlan {
    enum Source {
        /// Matrices of the checkpoint, one under the other (several for experts).
        case matrices([String], isTransposed: Bool)
        case vector(String, addsOne: Bool)
        case values([Float])
    }

    var name: String
    /// As in ``GGUFStream/Tensor``.
    var shape: [Int]
    var source: Source
    /// Float32 in every format.
    var isExact = false
    /// The rows of each head change places; `nil`: they stay.
    var turnedHeadSize: Int?

    var columns: Int { shape.last ?? 1 }

    /// The file's tensors, in the order in which they are written.
    static func all(_ model: ModelConfiguration, _ architecture: GGUFArchitecture) -> [GGUFTensorPlan] {
        let names = ModelNames(model)
        var plans = [table("token_embd", names.embedding, [model.vocabularySize, model.hiddenSize])]
        if case .learned(let offset) = model.positions, let positions = names.positions {
            plans.append(
                table(
                    "position_embd", positions, [model.maximumPositions + offset, model.hiddenSize], isExact: true))
        }
        if let factors = architecture.rotaryFactors {
            plans.append(GGUFTensorPlan(name: "rope_freqs.weight", shape: [factors.count], source: .values(factors)))
        }
        for number in 0..<model.layers { plans += block(number, model, names, architecture) }
        if let norm = names.finalNorm { plans += Self.norm("output_norm", norm, model.norm, model.hiddenSize) }
        if !model.tiedHead || architecture.needsHead {
            plans.append(
                table(
                    "output", model.tiedHead ? names.embedding : names.head, [model.vocabularySize, model.hiddenSize]))
        }
        if model.headBias {
            plans.append(
                GGUFTensorPlan(
                    name: "output.bias", shape: [model.vocabularySize],
                    source: .vector(names.headBias, addsOne: false)))
        }
        return plans
    }

    private static func table(_ name: String, _ path: String, _ shape: [Int], isExact: Bool = false) -> GGUFTensorPlan {
        GGUFTensorPlan(
            name: "\(name).weight", shape: shape, source: .matrices(["\(path).weight"], isTransposed: false),
            isExact: isExact)
    }

    private static func norm(
        _ name: String, _ path: String, _ norm: ModelConfiguration.Norm, _ width: Int
    ) -> [GGUFTensorPlan] {
        let weight = GGUFTensorPlan(
            name: "\(name).weight", shape: [width], source: .vector("\(path).weight", addsOne: norm.addsOne))
        guard norm.kind == .layer else { return [weight] }
        return [
            weight,
            GGUFTensorPlan(
                name: "\(name).bias", shape: [width], source: .vector("\(path).bias", addsOne: false)),
        ]
    }

    private static func block(
        _ number: Int, _ model: ModelConfiguration, _ names: ModelNames, _ architecture: GGUFArchitecture
    ) -> [GGUFTensorPlan] {
        let prefix = names.block(number)
        let here = "blk.\(number)."
        var plans: [GGUFTensorPlan] = []
        let norms = [
            ("attn_norm", names.attentionNorms.before), ("post_attention_norm", names.attentionNorms.behind),
            ("ffn_norm", names.mlpNorms.before), ("post_ffw_norm", names.mlpNorms.behind),
        ]
        for case (let name, let path?) in norms {
            plans += norm(here + name, prefix + path, model.norm, model.hiddenSize)
        }
        if let kind = model.queryKeyNorm {
            for case (let name, let path?) in [("attn_q_norm", names.queryNorm), ("attn_k_norm", names.keyNorm)] {
                plans += norm(here + name, prefix + path, kind, model.headSize)
            }
        }
        for layer in model.linearLayers {
            guard let name = layerNames[layer.path] else { continue }
            let isTurned = architecture.rotatesNeighbors && (name == "attn_q" || name == "attn_k")
            let headSize = isTurned ? model.headSize : nil
            plans.append(
                GGUFTensorPlan(
                    name: "\(here)\(name).weight", shape: [layer.output, layer.input],
                    source: .matrices(["\(prefix)\(layer.path).weight"], isTransposed: model.storesTransposed),
                    turnedHeadSize: headSize))
            guard layer.hasBias else { continue }
            plans.append(
                GGUFTensorPlan(
                    name: "\(here)\(name).bias", shape: [layer.output],
                    source: .vector("\(prefix)\(layer.path).bias", addsOne: false), turnedHeadSize: headSize))
        }
        if let experts = model.experts { plans += expertPlans(experts, model, prefix: prefix, here: here) }
        return plans
    }

    /// All experts of a layer are one tensor, and the router is exact, as its choices turn on small differences.
    private static func expertPlans(
        _ experts: ModelConfiguration.Experts, _ model: ModelConfiguration, prefix: String, here: String
    ) -> [GGUFTensorPlan] {
        var plans = [
            table(
                "\(here)ffn_gate_inp", prefix + model.routerPath, [experts.count, model.hiddenSize], isExact: true)
        ]
        let layers = (0..<experts.count).map(model.expertLayers)
        for (position, name) in ["ffn_gate_exps", "ffn_up_exps", "ffn_down_exps"].enumerated() {
            let members = layers.map { $0[position] }
            plans.append(
                GGUFTensorPlan(
                    name: "\(here)\(name).weight", shape: [experts.count, members[0].output, members[0].input],
                    source: .matrices(members.map { "\(prefix)\($0.path).weight" }, isTransposed: false)))
        }
        return plans
    }

    /// What linear layers of all families are called, by their paths inside of a block.
    static let layerNames = [
        "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
        "self_attn.o_proj": "attn_output", "self_attn.dense": "attn_output", "mlp.gate_proj": "ffn_gate",
        "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down", "mlp.fc1": "ffn_up", "mlp.fc2": "ffn_down",
        "attn.c_attn": "attn_qkv", "attn.c_proj": "attn_output", "mlp.c_fc": "ffn_up", "mlp.c_proj": "ffn_down",
    ]
}
