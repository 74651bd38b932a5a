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
    private static let largePage = 1 << 21

    let pointer: UnsafeMutableRawPointer

    /// - Throws: ``TensorsError`` `.outOfMemory`.
    init(bytes: Int) throws {
        var memory: UnsafeMutableRawPointer?
        let isLarge = bytes >= 2 * Self.largePage
        guard bytes >= 0, posix_memalign(&memory, isLarge ? Self.largePage : 64, max(bytes, 64)) == 0, let memory else {
            throw TensorsError(
                .outOfMemory,
                "There is not enough memory for weights of \(bytes) bytes. Keep them in bf16, int8 or nf4, or use a larger machine."
            )
        }
        pointer = memory
        #if os(Linux)
        // Fewer page faults while it is written, and fewer misses of the address cache in products.
        if isLarge { madvise(memory, bytes, MADV_HUGEPAGE) }
        #endif
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
