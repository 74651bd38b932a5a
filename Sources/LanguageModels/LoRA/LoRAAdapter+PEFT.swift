internal import ConsiliumCore
public import Foundation
internal import Tensors

/// `adapter_config.json`, the keys that long-lived releases of PEFT read and write.
private struct PEFTConfiguration: Codable {
    struct Patterns: Codable {
        var isEmpty: Bool { keys.isEmpty }
        private var keys: [String: Double]

        init() { keys = [:] }
        init(from decoder: any Decoder) throws {
            keys = try decoder.singleValueContainer().decode([String: Double].self)
        }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(keys)
        }
    }

    /// A list, or the text of a regular expression or `all-linear`.
    enum Targets: Codable {
        case list([String])
        case text(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .list(try container.decode([String].self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .list(let names): try container.encode(names)
            case .text(let text): try container.encode(text)
            }
        }
    }

    var peftType: String?
    var taskType: String?
    var baseModelNameOrPath: String?
    var r: Int
    var loraAlpha: Double
    var loraDropout: Double?
    var targetModules: Targets?
    var bias: String?
    var fanInFanOut: Bool?
    var inferenceMode: Bool?
    var useRslora: Bool?
    var useDora: Bool?
    var modulesToSave: [String]?
    var layersToTransform: [Int]?
    var rankPattern: Patterns?
    var alphaPattern: Patterns?

    enum CodingKeys: String, CodingKey {
        case peftType = "peft_type"
        case taskType = "task_type"
        case baseModelNameOrPath = "base_model_name_or_path"
        case r
        case loraAlpha = "lora_alpha"
        case loraDropout = "lora_dropout"
        case targetModules = "target_modules"
        case bias
        case fanInFanOut = "fan_in_fan_out"
        case inferenceMode = "inference_mode"
        case useRslora = "use_rslora"
        case useDora = "use_dora"
        case modulesToSave = "modules_to_save"
        case layersToTransform = "layers_to_transform"
        case rankPattern = "rank_pattern"
        case alphaPattern = "alpha_pattern"
    }
}

extension LoRAAdapter {
    static let configurationFile = "adapter_config.json"
    static let weightsFile = "adapter_model.safetensors"

    /// Writes a folder that `peft.PeftModel.from_pretrained` loads: `adapter_model.safetensors` (float32) and
    /// `adapter_config.json`. Existing files of these names are replaced, each atomically, the weights first.
    ///
    /// - Parameter baseModel: the name or path that PEFT shows as the base model.
    public func save(to folder: URL, baseModel: String) throws {
        try DurableFile.createFolder(folder)
        try SafetensorsWriter.write(tensors, to: folder.appendingPathComponent(Self.weightsFile))
        let names = try configuration.targetNames()
        let file = PEFTConfiguration(
            peftType: "LORA", taskType: "CAUSAL_LM", baseModelNameOrPath: baseModel, r: configuration.rank,
            loraAlpha: configuration.alpha, loraDropout: 0, targetModules: .list(names), bias: "none",
            fanInFanOut: false, inferenceMode: true, useRslora: configuration.useRSLoRA, useDora: false,
            modulesToSave: nil, layersToTransform: nil, rankPattern: .init(), alphaPattern: .init())
        try DurableFile.write(
            CanonicalJSON.encodePretty(file), to: folder.appendingPathComponent(Self.configurationFile),
            permissions: 0o644)
    }

    /// Reads a PEFT folder for the model described by `model`.
    ///
    /// - Throws: ``LanguageModelsError`` `.notBuiltYet` for DoRA, trained biases, rank patterns and whole trained modules;
    ///   `.adapterMismatch` if tensors are missing, are too many, or have shapes of another base model; `.numericalFault`
    ///   for NaN; ``TensorsError`` for a malformed file.
    public static func load(from folder: URL, for model: ModelConfiguration) throws -> LoRAAdapter {
        let file: PEFTConfiguration
        do {
            file = try CanonicalJSON.decode(
                PEFTConfiguration.self,
                from: DurableFile.read(folder.appendingPathComponent(configurationFile), limit: 10_000_000))
        } catch let error as CoreError where error.code == .malformedJSON {
            throw LanguageModelsError(
                .malformedAdapter, "The adapter's adapter_config.json can't be read.", cause: error)
        }
        try refuseUnbuilt(file)
        let weights = try SafetensorsFile(url: folder.appendingPathComponent(weightsFile))
        let configuration = LoRAConfiguration(
            rank: file.r, alpha: file.loraAlpha, targets: targets(among: weights.tensorNames),
            useRSLoRA: file.useRslora ?? false)
        guard !configuration.targets.isEmpty else {
            throw LanguageModelsError(
                .adapterMismatch, "The adapter has no LoRA tensor for a layer that this model has.")
        }
        let layout = try AdapterTensor.layout(configuration, for: model)
        guard
            layout.map(\.name)
                == weights.tensorNames.sorted(by: { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
        else {
            throw LanguageModelsError(
                .adapterMismatch,
                "The adapter's tensors are not those of a LoRA adapter for this model's \(model.layers) layers. Use its own base model."
            )
        }
        var parameters: [Float] = []
        for tensor in layout {
            let shape = try weights.entry(tensor.name).shape
            guard shape == tensor.shape else {
                throw LanguageModelsError(
                    .adapterMismatch,
                    "“\(tensor.name)” has the shape \(shape), but this model needs \(tensor.shape). The adapter is for another base model."
                )
            }
            parameters += try weights.floats(tensor.name)
        }
        return try LoRAAdapter(configuration: configuration, for: model, parameters: parameters)
    }

    private static func targets(among names: [String]) -> [String] {
        let modules = Set(names.compactMap { name in name.split(separator: ".").dropLast(2).last.map(String.init) })
        return Projection.allCases.map(\.rawValue).filter(modules.contains)
    }

    private static func refuseUnbuilt(_ file: PEFTConfiguration) throws {
        func refuse(_ what: String) -> LanguageModelsError {
            LanguageModelsError(.notBuiltYet, "An adapter with \(what) is not built yet. Export a plain LoRA adapter.")
        }
        if let type = file.peftType, type != "LORA" { throw refuse("the PEFT type “\(type.prefix(40))”") }
        if file.useDora == true { throw refuse("DoRA") }
        if let bias = file.bias, bias != "none" { throw refuse("trained biases") }
        if file.fanInFanOut == true { throw refuse("transposed weights (fan_in_fan_out)") }
        if let patterns = file.rankPattern, !patterns.isEmpty { throw refuse("a rank pattern") }
        if let patterns = file.alphaPattern, !patterns.isEmpty { throw refuse("an alpha pattern") }
        if let modules = file.modulesToSave, !modules.isEmpty {
            throw refuse("whole trained modules (modules_to_save)")
        }
        if let layers = file.layersToTransform, !layers.isEmpty { throw refuse("chosen layers (layers_to_transform)") }
    }
}
