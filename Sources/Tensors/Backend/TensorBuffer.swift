/// Floats in a backend's memory, freed with the last reference.
///
/// `@unchecked Sendable`: weights are written once while they are loaded and only read afterwards; a workspace belongs to
/// one task. The type itself does not guard against two writers.
public final class TensorBuffer: @unchecked Sendable {
    public let pointer: UnsafeMutablePointer<Float>
    public let count: Int
    private let backend: any TensorBackend

    /// Zeroed memory.
    /// - Throws: ``TensorsError`` `.outOfMemory`.
    public init(count: Int, backend: any TensorBackend) throws {
        self.backend = backend
        self.count = count
        pointer = try backend.allocate(count)
    }

    public convenience init(_ values: [Float], backend: any TensorBackend) throws {
        try self.init(count: values.count, backend: backend)
        values.withUnsafeBufferPointer { backend.upload($0, to: pointer) }
    }

    deinit { backend.deallocate(pointer) }

    /// A copy for the host.
    public func values() -> [Float] {
        [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            backend.download(UnsafeMutableBufferPointer(rebasing: buffer[..<count]), from: pointer)
            initialized = count
        }
    }

    /// As a matrix with rows of `columns` elements.
    public func matrix(columns: Int) -> MatrixView { MatrixView(pointer, stride: columns) }
}
