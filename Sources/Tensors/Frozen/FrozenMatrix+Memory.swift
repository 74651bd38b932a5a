extension FrozenMatrix.Format {
    /// Bytes of `count` elements without their scales.
    public func bytes(of count: Int) -> Int {
        switch self {
        case .float32: count * 4
        case .float16, .bfloat16: count * 2
        case .int8: count
        case .nf4: (count + 1) / 2
        }
    }

    /// The safetensors type with the same bytes; `nil` for the formats that need scales.
    public var elementType: ElementType? {
        switch self {
        case .float32: .float32
        case .float16: .float16
        case .bfloat16: .bfloat16
        case .int8, .nf4: nil
        }
    }

    /// How many scales a matrix has.
    func scales(rows: Int, columns: Int) -> Int {
        switch self {
        case .float32, .float16, .bfloat16: 0
        case .int8: rows
        case .nf4: rows * columns / FrozenMatrix.blockSize
        }
    }
}

extension FrozenMatrix {
    /// What the matrix takes in memory or in the mapped file.
    public var bytes: Int { format.bytes(of: count) + format.scales(rows: rows, columns: columns) * 4 }
}
