internal import ConsiliumCore
internal import Foundation
internal import Tensors

/// A weight as bitsandbytes 0.40 and later saves it: NF4 with or without double quantization, or INT8 with row scales.
struct BitsAndBytesWeight {
    let name: String
    let checkpoint: Checkpoint
    /// The names of its other tensors.
    let companions: Set<String>

    /// The matrix in its mapped file, with dequantized scales. NF4 whose rows don't end with a block becomes float32.
    ///
    /// - Parameter shape: what it must be; `nil` takes the file's word.
    func matrix(shape: (rows: Int, columns: Int)?) throws -> FrozenMatrix {
        let isEightBit = companions.contains { $0.hasSuffix("SCB") || $0.hasSuffix("weight_format") }
        let isFourBit = companions.contains { $0.hasPrefix(name + ".") }
        guard isEightBit != isFourBit else { throw malformed("has tensors of 4-bit and of 8-bit quantization") }
        let result = isEightBit ? try eightBit() : try fourBit()
        if let shape, result.rows != shape.rows || result.columns != shape.columns {
            throw malformed(
                "is [\(result.rows), \(result.columns)], but config.json asks for [\(shape.rows), \(shape.columns)]")
        }
        guard result.isFinite else { throw malformed("contains NaN or infinite numbers") }
        return result
    }

    // MARK: INT8

    private func eightBit() throws -> FrozenMatrix {
        let module = String(name.dropLast(name.hasSuffix(".weight") ? "weight".count : 0))
        let file = try checkpoint.file(of: name)
        let entry = try file.entry(name)
        guard entry.type == .int8, entry.shape.count == 2 else {
            throw malformed("has scales of 8-bit quantization but is no matrix of I8")
        }
        if companions.contains(module + "weight_format") {
            let format = try checkpoint.file(of: module + "weight_format").bytes(module + "weight_format")
            // 0 as a number of any width, or its name.
            guard format.allSatisfy({ $0 == 0 }) || format.elementsEqual("row".utf8) else {
                throw LanguageModelsError(
                    .notBuiltYet,
                    "“\(shortName)” is stored in a layout of INT8 other than “row”, which is not built yet. Save the model again with a current bitsandbytes."
                )
            }
        }
        let scales = try floats(module + "SCB", count: entry.shape[0]).map { $0 / 127 }
        return try file.mappedQuantized(
            name, format: .int8, rows: entry.shape[0], columns: entry.shape[1], scales: scales)
    }

    // MARK: NF4

    private func fourBit() throws -> FrozenMatrix {
        let state = try QuantizationState(self)
        let file = try checkpoint.file(of: name)
        let bytes = try file.bytes(name)
        guard let count = elementCount(of: [state.rows, state.columns]), count <= 2 * bytes.count,
            bytes.count == (count + 1) / 2
        else {
            throw malformed("has \(bytes.count) bytes, which are not those of [\(state.rows), \(state.columns)] in NF4")
        }
        let blocks = (count + FrozenMatrix.blockSize - 1) / FrozenMatrix.blockSize
        let scales = try state.scales(of: self, count: blocks)
        let codebook = try floats(name + ".quant_map", count: 16)
        guard zip(codebook, codebook.dropFirst()).allSatisfy(<) else {
            throw malformed("has a quant_map that does not ascend")
        }
        if state.columns.isMultiple(of: FrozenMatrix.blockSize) {
            return try file.mappedQuantized(
                name, format: .nf4, rows: state.rows, columns: state.columns, scales: scales, codebook: codebook,
                rounding: state.rounding)
        }
        let values = try NormalFloat.unpack(
            bytes, count: count, scales: scales, codebook: codebook, rounding: state.rounding)
        let writer = try FrozenMatrixWriter(format: .float32, rows: state.rows, columns: state.columns)
        writer.write(values, rows: 0..<state.rows)
        return writer.finish()
    }

    // MARK: Parts

    var shortName: String { String(name.prefix(120)) }

    func malformed(_ reason: String) -> LanguageModelsError {
        LanguageModelsError(.malformedCheckpoint, "“\(shortName)” \(reason). Download the model again.")
    }

    /// A companion of exactly `count` floats.
    func floats(_ name: String, count: Int) throws -> [Float] {
        guard companions.contains(name) else { throw malformed("lacks “\(name.suffix(40))”") }
        let file = try checkpoint.file(of: name)
        let entry = try file.entry(name)
        guard entry.type == .float32, entry.count == count else {
            throw malformed("has a “\(name.suffix(40))” that is not \(count) numbers of F32")
        }
        return try file.floats(name)
    }

    /// A companion of bytes.
    func bytes(_ name: String, atMost limit: Int) throws -> [UInt8] {
        guard companions.contains(name) else { throw malformed("lacks “\(name.suffix(40))”") }
        let file = try checkpoint.file(of: name)
        guard try file.entry(name).type == .uint8, try file.bytes(name).count <= limit else {
            throw malformed("has a “\(name.suffix(40))” that is not at most \(limit) bytes")
        }
        return Array(try file.bytes(name))
    }
}
