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

        var end: UnsafePointer<Float> { pointer + (max(rows, 1) - 1) * stride + width }
    }

    /// The input and the output's gradient of a layer, and one to spare: more would keep memory for nothing.
    private static let most = 3

    private var entries: [Entry] = []

    func find(_ pointer: UnsafePointer<Float>, stride: Int, rows: Int, width: Int) -> RoundedMatrix? {
        // The first rows of a larger matrix will do.
        entries.first { $0.pointer == pointer && $0.stride == stride && $0.rows >= rows && $0.width == width }?.matrix
    }

    /// - Returns: a matrix that had to make room; the caller frees it.
    mutating func add(
        _ matrix: RoundedMatrix, _ pointer: UnsafePointer<Float>, stride: Int, rows: Int, width: Int
    ) -> RoundedMatrix? {
        let old = entries.count >= Self.most ? entries.removeFirst().matrix : nil
        entries.append(Entry(matrix: matrix, pointer: pointer, stride: stride, rows: rows, width: width))
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
