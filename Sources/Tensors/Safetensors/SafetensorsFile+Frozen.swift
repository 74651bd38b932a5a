internal import Foundation

extension SafetensorsFile {
    /// The matrix `name` [rows, columns] as it stands in the file, without copying; `nil` where that is impossible: for
    /// other types than F32, F16 and BF16, and in a foreign file that does not align its numbers.
    ///
    /// - Throws: ``TensorsError`` `.missingTensor`, or `.wrongShape` for another number of elements.
    public func mapped(_ name: String, rows: Int, columns: Int) throws -> FrozenMatrix? {
        let entry = try entry(name)
        let format: FrozenMatrix.Format
        switch entry.type {
        case .float32: format = .float32
        case .float16: format = .float16
        case .bfloat16: format = .bfloat16
        default: return nil
        }
        let bytes = bytes(of: entry)
        guard rows > 0, columns > 0, elementCount(of: [rows, columns]) == entry.count, let data = bytes.baseAddress
        else {
            throw TensorsError(.wrongShape, "“\(name)” in \(url.path) is not a matrix [\(rows), \(columns)].")
        }
        guard UInt(bitPattern: data).isMultiple(of: UInt(entry.type.size)) else { return nil }
        return FrozenMatrix(format: format, rows: rows, columns: columns, data: data, owners: [file])
    }

    /// Like ``mapped(_:rows:columns:)`` for formats of bytes or less, with the scales, which are copied.
    ///
    /// - Parameters:
    ///   - format: ``FrozenMatrix/Format/int8`` or ``FrozenMatrix/Format/nf4``.
    ///   - scales: as in ``FrozenMatrix/scales``.
    ///   - codebook: NF4's sixteen values.
    /// - Throws: ``TensorsError`` `.missingTensor`, or `.wrongShape` if the bytes, the scales or the codebook have another
    ///   size than the matrix needs.
    public func mappedQuantized(
        _ name: String, format: FrozenMatrix.Format, rows: Int, columns: Int, scales: [Float],
        codebook: [Float] = [], rounding: FrozenMatrix.Rounding = .none
    ) throws -> FrozenMatrix {
        let bytes = try bytes(name)
        let isNF4 = format == .nf4
        guard format == .int8 || isNF4, rows > 0, columns > 0, let count = elementCount(of: [rows, columns]),
            count <= 2 * bytes.count, !isNF4 || columns.isMultiple(of: FrozenMatrix.blockSize),
            bytes.count == format.bytes(of: count),
            scales.count == format.scales(rows: rows, columns: columns), codebook.count == (isNF4 ? 16 : 0),
            let data = bytes.baseAddress
        else {
            throw TensorsError(
                .wrongShape,
                "“\(name)” in \(url.path) and its scales are not those of a \(format.rawValue) matrix [\(rows), \(columns)]."
            )
        }
        let scaleMemory = try FrozenMemory(scales)
        let codebookMemory = isNF4 ? try FrozenMemory(codebook) : nil
        return FrozenMatrix(
            format: format, rows: rows, columns: columns, data: data,
            scales: UnsafePointer(scaleMemory.pointer.assumingMemoryBound(to: Float.self)),
            codebook: codebookMemory.map { UnsafePointer($0.pointer.assumingMemoryBound(to: Float.self)) },
            rounding: rounding, owners: [file, scaleMemory] + [codebookMemory].compactMap { $0 })
    }
}
