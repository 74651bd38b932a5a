internal import ConsiliumCore
public import Foundation
internal import Tensors

extension ModelConfiguration {
    /// Reads a Hugging Face `config.json`, in the dialect of transformers 4 (`rope_theta`, `rope_scaling`) or 5
    /// (`rope_parameters`).
    ///
    /// - Throws: ``LanguageModelsError`` `.notBuiltYet`, naming the model type, activation, rotary or quantization that is
    ///   missing, or `.malformedConfiguration`. Nothing is ever guessed.
    public init(huggingFace data: Data) throws {
        let file: ConfigurationFile
        do {
            file = try CanonicalJSON.decode(ConfigurationFile.self, from: data)
        } catch {
            throw LanguageModelsError(.malformedConfiguration, "The model's config.json can't be read.", cause: error)
        }
        guard let type = file.modelType else {
            throw LanguageModelsError(.malformedConfiguration, "The model's config.json has no model_type.")
        }
        guard let family = ModelFamily(rawValue: type) else {
            let known = ModelFamily.allCases.map(\.rawValue).joined(separator: ", ")
            throw LanguageModelsError(
                .notBuiltYet,
                "The model type “\(Self.shown(type))” is not built yet. Built are models of the types \(known).")
        }
        try Self.checkQuantization(file)
        // BERT's architectures are told apart where it is read.
        if family != .bert, let architecture = file.architectures?.first,
            !architecture.hasSuffix("ForCausalLM"), !architecture.hasSuffix("LMHeadModel")
        {
            throw Self.notBuilt("The architecture “\(Self.shown(architecture))”")
        }
        guard family == .bert || file.isCausal != false else { throw Self.notBuilt("Attention that is not causal") }
        switch family {
        case .llama, .mistral, .mixtral, .qwen2, .qwen3: try self.init(llamaLike: file, family)
        case .gemma, .gemma2: try self.init(gemma: file, family)
        case .phi: try self.init(phi: file)
        case .gpt2: try self.init(gpt2: file)
        case .biogpt: try self.init(bioGPT: file)
        case .bert: try self.init(bert: file)
        }
        beginningOfText = file.bosTokenId?.first
        endOfText = file.eosTokenId?.values ?? []
        try validate()
    }

    /// The configuration of a Hugging Face folder; the errors are those of ``init(huggingFace:)`` and of the disk.
    static func load(from folder: URL) throws -> ModelConfiguration {
        try ModelConfiguration(
            huggingFace: DurableFile.read(folder.appendingPathComponent("config.json"), limit: 10_000_000))
    }

    static func notBuilt(_ what: String) -> LanguageModelsError {
        LanguageModelsError(.notBuiltYet, "\(what) is not built yet. Use a model without it.")
    }

    /// A word of the file for a message: short, and without characters that a terminal obeys.
    static func shown(_ word: String) -> String {
        let harmless = word.unicodeScalars.filter { scalar in
            !scalar.properties.isDefaultIgnorableCodePoint && scalar.value >= 32 && scalar.value != 127
        }
        return String(String.UnicodeScalarView(harmless.prefix(60)))
    }

    static func needed(_ value: Int?, _ name: String) throws -> Int {
        guard let value else {
            throw LanguageModelsError(.malformedConfiguration, "The model's config.json has no \(name).")
        }
        return value
    }

    /// hidden / heads, checked: both come from a file.
    static func defaultHeadSize(_ hidden: Int, _ heads: Int) throws -> Int {
        guard heads > 0, hidden.isMultiple(of: heads) else {
            throw LanguageModelsError(
                .malformedConfiguration,
                "hidden_size in the model's config.json is not a multiple of num_attention_heads.")
        }
        return hidden / heads
    }

    static func activation(_ name: String) throws -> Activation {
        switch name {
        case "silu", "swish": return .silu
        case "gelu", "gelu_python": return .gelu
        case "gelu_new", "gelu_pytorch_tanh", "gelu_python_tanh", "gelu_fast": return .geluTanh
        case "relu": return .relu
        case "tanh": return .tanh
        default: throw notBuilt("The activation “\(Self.shown(name))”")
        }
    }

    static func rotary(_ file: ConfigurationFile, defaultTheta: Double = 10000) throws -> RotaryEmbedding {
        // The older key wins where a file has both, as in transformers.
        let parameters = file.ropeScaling ?? file.ropeParameters
        if let nested = parameters?.nested { throw notBuilt("A rope for each kind of layer (“\(Self.shown(nested))”)") }
        let theta = parameters?.ropeTheta ?? file.ropeTheta ?? defaultTheta
        func needed(_ value: Double?, _ name: String) throws -> Double {
            guard let value else {
                throw LanguageModelsError(.malformedConfiguration, "The rope parameters in config.json lack “\(name)”.")
            }
            return value
        }
        let type = parameters?.ropeType ?? parameters?.type ?? "default"
        switch type {
        case "default": return RotaryEmbedding(theta: theta)
        case "linear":
            return RotaryEmbedding(theta: theta, scaling: .linear(factor: try needed(parameters?.factor, "factor")))
        case "llama3":
            return RotaryEmbedding(
                theta: theta,
                scaling: .llama3(
                    factor: try needed(parameters?.factor, "factor"),
                    lowFrequencyFactor: try needed(parameters?.lowFreqFactor, "low_freq_factor"),
                    highFrequencyFactor: try needed(parameters?.highFreqFactor, "high_freq_factor"),
                    originalPositions: try needed(
                        parameters?.originalMaxPositionEmbeddings ?? file.maxPositionEmbeddings.map(Double.init),
                        "original_max_position_embeddings")))
        case "yarn": return RotaryEmbedding(theta: theta, scaling: .yarn(try yarn(file, parameters)))
        default: throw notBuilt("The rope type “\(Self.shown(type))”")
        }
    }

    private static func yarn(_ file: ConfigurationFile, _ parameters: ConfigurationFile.Rope?) throws
        -> RotaryEmbedding.YaRN
    {
        let original = parameters?.originalMaxPositionEmbeddings ?? file.maxPositionEmbeddings.map(Double.init) ?? 2048
        let factor = parameters?.factor ?? Double(file.maxPositionEmbeddings ?? 2048) / original
        // Both scales or none count (DeepSeek's way of writing the same).
        func given(_ value: Double?) -> Double? { value == 0 ? nil : value }
        var attention = RotaryEmbedding.YaRN.magnitude(factor)
        if let scale = given(parameters?.mscale), let all = given(parameters?.mscaleAllDim) {
            attention =
                RotaryEmbedding.YaRN.magnitude(factor, scale: scale)
                / RotaryEmbedding.YaRN.magnitude(factor, scale: all)
        }
        var yarn = RotaryEmbedding.YaRN(
            factor: factor, originalPositions: original, attentionFactor: parameters?.attentionFactor ?? attention)
        yarn.fastRotations = given(parameters?.betaFast) ?? 32
        yarn.slowRotations = given(parameters?.betaSlow) ?? 1
        yarn.truncates = parameters?.truncate ?? true
        return yarn
    }

    /// int(headSize · partial_rotary_factor), as the checkpoints' own code rounds it.
    static func rotarySize(_ file: ConfigurationFile, headSize: Int, defaultFactor: Double = 1) throws -> Int {
        let factor =
            file.ropeParameters?.partialRotaryFactor ?? file.ropeScaling?.partialRotaryFactor
            ?? file.partialRotaryFactor ?? defaultFactor
        guard factor > 0, factor <= 1 else {
            throw LanguageModelsError(
                .malformedConfiguration, "partial_rotary_factor in the model's config.json is not in (0, 1].")
        }
        // Bounded before it is checked: a file may say anything.
        return Int(Double(max(0, min(headSize, 1 << 16))) * factor)
    }

    /// The size of families that rotate whole heads. What their code makes of a part depends on its release.
    static func wholeHead(_ file: ConfigurationFile, headSize: Int) throws -> Int {
        // Of a large head, so that every factor below 1 shows; the size that the file says is judged later.
        guard try rotarySize(file, headSize: 1 << 16) == 1 << 16 else {
            throw notBuilt("Rotation of a part of each head (partial_rotary_factor) for this model type")
        }
        return headSize
    }

    private static func checkQuantization(_ file: ConfigurationFile) throws {
        guard let quantization = file.quantizationConfig else { return }
        let method = quantization.method ?? "without a name"
        guard method == "bitsandbytes" else { throw notBuilt("The quantization “\(Self.shown(method))”") }
        if quantization.isFourBit == true, let type = quantization.fourBitType, type != "nf4" {
            throw notBuilt("The 4-bit quantization “\(Self.shown(type))”")
        }
    }
}
