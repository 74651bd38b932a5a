internal import ConsiliumCore
internal import Foundation
internal import Tensors

/// How a checkpoint stores one weight.
enum StoredWeight {
    /// F32, F16, BF16 or F64.
    case plain(SafetensorsFile, ElementType)
    /// One of the two layouts of bitsandbytes, [output, input] even where the model's other files are turned.
    case quantized(FrozenMatrix)

    /// The tensors that belong to the weight beside itself.
    static func companions(of name: String, in checkpoint: Checkpoint) -> [String] {
        let module = name.hasSuffix(".weight") ? String(name.dropLast("weight".count)) : name + "."
        return
            ([
                "absmax", "quant_map", "nested_absmax", "nested_quant_map", "quant_state.bitsandbytes__nf4",
                "quant_state.bitsandbytes__fp4",
            ].map { "\(name).\($0)" } + ["SCB", "weight_format"].map { module + $0 }).filter(checkpoint.contains)
    }

    /// - Parameters:
    ///   - name: as in the file.
    ///   - shape: of a quantized weight; `nil` takes the file's word for it.
    /// - Throws: ``LanguageModelsError`` `.notBuiltYet` for other quantizations, `.malformedCheckpoint` for tensors that
    ///   contradict each other.
    init(_ name: String, in checkpoint: Checkpoint, shape: (rows: Int, columns: Int)?) throws {
        try Self.refuseUnbuilt(name, in: checkpoint)
        let file = try checkpoint.file(of: name)
        let type = try file.entry(name).type
        let companions = Self.companions(of: name, in: checkpoint)
        guard companions.isEmpty else {
            let parts = BitsAndBytesWeight(name: name, checkpoint: checkpoint, companions: Set(companions))
            self = .quantized(try parts.matrix(shape: shape))
            return
        }
        guard type.isFloat else {
            throw LanguageModelsError(
                .notBuiltYet,
                "“\(name.prefix(120))” has the type \(type.rawValue) without the scales of bitsandbytes. This quantization is not built yet; use a model in F32, F16, BF16, or NF4 or INT8 of bitsandbytes."
            )
        }
        self = .plain(file, type)
    }

    private static func refuseUnbuilt(_ name: String, in checkpoint: Checkpoint) throws {
        guard name.hasSuffix(".weight") else { return }
        let module = name.dropLast("weight".count)
        let kinds = [("qweight", "GPTQ or AWQ"), ("weight_packed", "compressed-tensors"), ("weight_scale", "FP8")]
        for (suffix, kind) in kinds + [("weight_scale_inv", "FP8")] where checkpoint.contains(module + suffix) {
            throw LanguageModelsError(
                .notBuiltYet,
                "“\(name.prefix(120))” is quantized with \(kind), which is not built yet. Use a model in F32, F16, BF16, or NF4 or INT8 of bitsandbytes."
            )
        }
    }
}
