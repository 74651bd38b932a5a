internal import CKernels
internal import ConsiliumCore

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The operations on the processor, with the kernels of `CKernels`; on a processor without AVX2 or NEON, products are
/// OpenBLAS's.
public struct CPUBackend: TensorBackend {
    let scratch = ScratchPool()
    let usesLibrary: Bool

    public init() { self.init(usesLibrary: consilium_products_are_fast() == 0) }

    /// - Parameter usesLibrary: take OpenBLAS for all products.
    init(usesLibrary: Bool) {
        self.usesLibrary = usesLibrary
        _ = ComputeThreads.current
    }

    // MARK: Memory

    public func allocate(_ count: Int) throws -> UnsafeMutablePointer<Float> {
        let (bytes, overflow) = max(count, 1).multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
        // calloc takes large pieces as untouched pages: what is never used costs nothing, such as the rest of a cache.
        guard !overflow, bytes <= Int.max - 2 * Self.alignment, let memory = calloc(1, bytes + 2 * Self.alignment) else {
            throw TensorsError(
                .outOfMemory,
                "There is not enough memory for \(count) numbers. Use a smaller model, fewer tokens a batch or a larger machine."
            )
        }
        let aligned = (memory + Self.alignment + MemoryLayout<UInt>.size - 1).alignedDown(toMultipleOf: Self.alignment)
        // What is to be freed stands in front.
        (aligned - MemoryLayout<UInt>.size).storeBytes(of: UInt(bitPattern: memory), as: UInt.self)
        return aligned.bindMemory(to: Float.self, capacity: max(count, 1))
    }

    public func deallocate(_ pointer: UnsafeMutablePointer<Float>) {
        let word = UnsafeMutableRawPointer(pointer) - MemoryLayout<UInt>.size
        free(UnsafeMutableRawPointer(bitPattern: word.load(as: UInt.self)))
    }

    private static let alignment = 64

    public func upload(_ values: UnsafeBufferPointer<Float>, to pointer: UnsafeMutablePointer<Float>) {
        guard let base = values.baseAddress else { return }
        copy(pointer, base, count: values.count)
    }

    public func withHostView<Result>(
        _ pointer: UnsafeMutablePointer<Float>, count: Int,
        _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
    ) rethrows -> Result {
        try body(UnsafeMutableBufferPointer(start: pointer, count: count))
    }

    public func download(_ values: UnsafeMutableBufferPointer<Float>, from pointer: UnsafePointer<Float>) {
        guard let base = values.baseAddress else { return }
        copy(base, pointer, count: values.count)
    }

    public func copy(_ destination: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>, count: Int) {
        memcpy(destination, source, count * MemoryLayout<Float>.stride)
    }

    public func zero(_ pointer: UnsafeMutablePointer<Float>, count: Int) {
        memset(pointer, 0, count * MemoryLayout<Float>.stride)
    }
}
