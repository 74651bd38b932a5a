internal import CKernels

/// Makes a ``FrozenMatrix`` in memory of its own from float32 rows, as many at a time as the caller likes.
///
/// `@unchecked Sendable`: several threads may write at the same time if their rows differ; ``finish()`` comes after all.
public struct FrozenMatrixWriter: @unchecked Sendable {
    public let format: FrozenMatrix.Format
    public let rows: Int
    public let columns: Int
    private let data: FrozenMemory
    private let scales: FrozenMemory?
    private let codebook: FrozenMemory?

    /// - Throws: ``TensorsError`` `.wrongShape` for an empty matrix, and for NF4 whose columns are no multiple of
    ///   ``FrozenMatrix/blockSize``; `.outOfMemory`.
    public init(format: FrozenMatrix.Format, rows: Int, columns: Int) throws {
        guard rows > 0, columns > 0, let count = elementCount(of: [rows, columns, 4]) else {
            throw TensorsError(.wrongShape, "A weight of [\(rows), \(columns)] can't be kept. Check config.json.")
        }
        guard format != .nf4 || columns.isMultiple(of: FrozenMatrix.blockSize) else {
            throw TensorsError(
                .wrongShape,
                "NF4 needs weights whose input width is a multiple of \(FrozenMatrix.blockSize), not \(columns). Keep this model in int8 or bf16."
            )
        }
        self.format = format
        self.rows = rows
        self.columns = columns
        data = try FrozenMemory(bytes: format.bytes(of: count / 4))
        let number = format.scales(rows: rows, columns: columns)
        scales = number == 0 ? nil : try FrozenMemory(bytes: number * MemoryLayout<Float>.stride)
        codebook = format == .nf4 ? try FrozenMemory(NormalFloat.codebook) : nil
    }

    /// Rounds dense rows to the format: to nearest even; int8 to steps of the row's largest absolute value / 127; NF4 to the
    /// nearest value of the block.
    public func write(_ values: UnsafePointer<Float>, rows range: Range<Int>) {
        let first = max(range.lowerBound, 0)
        let last = min(range.upperBound, rows)
        guard first < last else { return }
        let start = first * columns
        let count = (last - first) * columns
        if let type = format.elementType {
            type.narrow(values, count: count, into: data.pointer + start * type.size)
        } else if let scales = scales?.pointer.assumingMemoryBound(to: Float.self) {
            if format == .int8 {
                consilium_int8_quantize(
                    (data.pointer + start).assumingMemoryBound(to: Int8.self), scales + first, values, last - first,
                    columns)
            } else {
                consilium_nf4_quantize(
                    (data.pointer + start / 2).assumingMemoryBound(to: UInt8.self),
                    scales + start / FrozenMatrix.blockSize, values, NormalFloat.codebook, count)
            }
        }
    }

    /// The matrix. Every row must have been written.
    public func finish() -> FrozenMatrix {
        FrozenMatrix(
            format: format, rows: rows, columns: columns, data: UnsafeRawPointer(data.pointer),
            scales: scales.map { UnsafePointer($0.pointer.assumingMemoryBound(to: Float.self)) },
            codebook: codebook.map { UnsafePointer($0.pointer.assumingMemoryBound(to: Float.self)) },
            owners: [data] + [scales, codebook].compactMap { $0 })
    }
}
