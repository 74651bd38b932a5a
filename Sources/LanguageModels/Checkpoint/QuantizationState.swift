internal import Foundation
internal import Tensors

/// The small JSON text that bitsandbytes saves beside a 4-bit weight.
struct QuantizationState {
    let rows: Int
    let columns: Int
    let rounding: FrozenMatrix.Rounding
    /// Of double quantization.
    private let nested: (block: Int, offset: Float)?

    /// - Throws: ``LanguageModelsError`` `.notBuiltYet` for FP4 and other block sizes or number types, `.malformedCheckpoint`.
    init(_ weight: BitsAndBytesWeight) throws {
        func unbuilt(_ what: String) -> LanguageModelsError {
            LanguageModelsError(
                .notBuiltYet,
                "“\(weight.shortName)” is quantized with \(what), which is not built yet. Use NF4 with blocks of 64.")
        }
        let prefix = weight.name + ".quant_state.bitsandbytes__"
        guard !weight.companions.contains(prefix + "fp4") else { throw unbuilt("FP4") }
        let text = try weight.bytes(prefix + "nf4", atMost: 4096)
        let state: StrictJSON
        do {
            state = try StrictJSON(Data(text), what: "The quant_state of “\(weight.shortName)”")
        } catch let error as TensorsError {
            throw LanguageModelsError(.malformedCheckpoint, error.message, cause: error)
        }
        guard let kind = state["quant_type"]?.text else {
            throw weight.malformed("has a quant_state without quant_type")
        }
        guard kind == "nf4" else { throw unbuilt("“\(kind.prefix(20))”") }
        guard let block = state["blocksize"]?.integer else {
            throw weight.malformed("has a quant_state without blocksize")
        }
        guard block == FrozenMatrix.blockSize else { throw unbuilt("blocks of \(block)") }
        guard let shape = state["shape"]?.elements, shape.count == 2, let rows = shape[0].integer,
            let columns = shape[1].integer, rows > 0, columns > 0
        else {
            throw weight.malformed("has a quant_state without the shape of a matrix")
        }
        (self.rows, self.columns) = (rows, columns)
        switch state["dtype"]?.text {
        case "float32": rounding = .none
        case "bfloat16": rounding = .bfloat16
        case "float16": rounding = .float16
        case let other?: throw unbuilt("the number type “\(other.prefix(20))”")
        case nil: throw weight.malformed("has a quant_state without dtype")
        }
        nested = try Self.nested(state, weight, unbuilt)
    }

    private static func nested(
        _ state: StrictJSON, _ weight: BitsAndBytesWeight, _ unbuilt: (String) -> LanguageModelsError
    ) throws -> (block: Int, offset: Float)? {
        let isNested = weight.companions.contains(weight.name + ".nested_absmax")
        guard isNested == (state["nested_blocksize"] != nil) else {
            throw weight.malformed("has half of what double quantization needs")
        }
        guard isNested else { return nil }
        guard let block = state["nested_blocksize"]?.integer, block > 0, block <= 1 << 20,
            let offset = state["nested_offset"]?.double, Float(offset).isFinite
        else {
            throw weight.malformed("has a quant_state without sound nested_blocksize and nested_offset")
        }
        if let type = state["nested_dtype"]?.text, type != "float32" {
            throw unbuilt("the nested number type “\(type.prefix(20))”")
        }
        return (block, Float(offset))
    }

    /// The scale of every block. Undoes double quantization: scale = nested_quant_map[code] · nested_absmax + offset.
    func scales(of weight: BitsAndBytesWeight, count: Int) throws -> [Float] {
        guard let nested else { return try weight.floats(weight.name + ".absmax", count: count) }
        let codes = try weight.bytes(weight.name + ".absmax", atMost: count)
        guard codes.count == count else {
            throw weight.malformed("has \(codes.count) scales where \(count) are needed")
        }
        let map = try weight.floats(weight.name + ".nested_quant_map", count: 256)
        let groups = (count + nested.block - 1) / nested.block
        let scales = try weight.floats(weight.name + ".nested_absmax", count: groups)
        return NormalFloat.scales(
            codes: codes, map: map, groupScales: scales, group: nested.block, offset: nested.offset)
    }
}
