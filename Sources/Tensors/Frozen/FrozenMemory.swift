#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Host memory for frozen weights, aligned to 64 bytes, not initialized, freed with the last reference.
///
/// `@unchecked Sendable`: it is written while one matrix is made and only read afterwards.
final class FrozenMemory: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    /// - Throws: ``TensorsError`` `.outOfMemory`.
    init(bytes: Int) throws {
        var memory: UnsafeMutableRawPointer?
        guard bytes >= 0, posix_memalign(&memory, 64, max(bytes, 64)) == 0, let memory else {
            throw TensorsError(
                .outOfMemory,
                "There is not enough memory for weights of \(bytes) bytes. Keep them in bf16, int8 or nf4, or use a larger machine."
            )
        }
        pointer = memory
    }

    convenience init(_ values: [Float]) throws {
        try self.init(bytes: values.count * MemoryLayout<Float>.stride)
        values.withUnsafeBytes { source in
            guard let base = source.baseAddress else { return }
            pointer.copyMemory(from: base, byteCount: source.count)
        }
    }

    deinit { free(pointer) }
}
