/// A matrix of bf16 numbers in device memory.
struct RoundedMatrix {
    var address: DeviceAddress
    /// Elements between two rows, a multiple of eight.
    var stride: Int
}

/// Which activations are at hand in bf16 already.
struct ConversionCache {
    private struct Entry {
        var matrix: RoundedMatrix
        var pointer: UnsafePointer<Float>
        var stride: Int
        var rows: Int
        var width: Int
        /// Further columns in every row, for who multiplies with more than the activations.
        var room: Int

        var end: UnsafePointer<Float> { pointer + (max(rows, 1) - 1) * stride + width }
    }

    /// The input and the output's gradient of a layer, and one to spare: more would keep memory for nothing.
    private static let most = 3

    private var entries: [Entry] = []

    /// Also a part of a larger matrix, where that begins at a multiple of 16 bytes.
    func find(_ pointer: UnsafePointer<Float>, stride: Int, rows: Int, width: Int, room: Int) -> RoundedMatrix? {
        for entry in entries where entry.stride == stride && pointer >= entry.pointer && pointer < entry.end {
            let distance = pointer - entry.pointer
            let (row, column) = stride > 0 ? (distance / stride, distance % stride) : (0, distance)
            let isWhole = column == 0 && width == entry.width && entry.room >= room
            guard row + rows <= entry.rows, column + width <= entry.width,
                isWhole || (room == 0 && column % 8 == 0)
            else { continue }
            let skipped = row * entry.matrix.stride + column
            return RoundedMatrix(
                address: entry.matrix.address.advanced(bytes: skipped * 2), stride: entry.matrix.stride)
        }
        return nil
    }

    /// - Returns: a matrix that had to make room; the caller frees it.
    mutating func add(
        _ matrix: RoundedMatrix, _ pointer: UnsafePointer<Float>, stride: Int, rows: Int, width: Int, room: Int
    ) -> RoundedMatrix? {
        let old = entries.count >= Self.most ? entries.removeFirst().matrix : nil
        entries.append(Entry(matrix: matrix, pointer: pointer, stride: stride, rows: rows, width: width, room: room))
        return old
    }

    /// Drops what overlaps `count` floats at `pointer`.
    mutating func invalidate(_ pointer: UnsafePointer<Float>, count: Int) -> [RoundedMatrix] {
        let end = pointer + count
        let hit = entries.filter { $0.pointer < end && pointer < $0.end }
        guard !hit.isEmpty else { return [] }
        entries.removeAll { $0.pointer < end && pointer < $0.end }
        return hit.map(\.matrix)
    }

    mutating func removeAll() -> [RoundedMatrix] {
        defer { entries = [] }
        return entries.map(\.matrix)
    }
}
