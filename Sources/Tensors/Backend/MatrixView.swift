/// A matrix in a backend's memory, row-major; `stride` is the distance between the first elements of two rows.
public struct MatrixView {
    public let pointer: UnsafeMutablePointer<Float>
    public let stride: Int

    public init(_ pointer: UnsafeMutablePointer<Float>, stride: Int) {
        self.pointer = pointer
        self.stride = stride
    }

    /// The same matrix without its first rows and columns.
    public func dropping(rows: Int = 0, columns: Int = 0) -> MatrixView {
        MatrixView(pointer + rows * stride + columns, stride: stride)
    }
}
