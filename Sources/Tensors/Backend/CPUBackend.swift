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
        var memory: UnsafeMutableRawPointer?
        guard !overflow, posix_memalign(&memory, 64, bytes) == 0, let memory else {
            throw TensorsError(
                .outOfMemory,
                "There is not enough memory for \(count) numbers. Use a smaller model, fewer tokens a batch or a larger machine."
            )
        }
        memset(memory, 0, bytes)
        return memory.bindMemory(to: Float.self, capacity: max(count, 1))
    }

    public func deallocate(_ pointer: UnsafeMutablePointer<Float>) { free(pointer) }

    public func upload(_ values: UnsafeBufferPointer<Float>, to pointer: UnsafeMutablePointer<Float>) {
        guard let base = values.baseAddress else { return }
        copy(pointer, base, count: values.count)
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

    // MARK: Rows and vectors

    public func add(_ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, count: Int) {
        consilium_add(y, x, count)
    }

    public func sum(
        _ y: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int
    ) {
        consilium_sum(y, a, b, count)
    }

    public func addBias(_ y: MatrixView, _ bias: UnsafePointer<Float>, rows: Int, width: Int) {
        consilium_add_bias(y.pointer, y.stride, bias, rows, width)
    }

    public func addColumnSums(_ sum: UnsafeMutablePointer<Float>, _ x: MatrixView, rows: Int, width: Int) {
        consilium_add_column_sums(sum, x.pointer, x.stride, rows, 0, width)
    }

    public func gatherRows(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], width: Int
    ) {
        consilium_gather_rows(y, x, rows, nil, rows.count, width)
    }

    public func scatterRows(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], width: Int
    ) {
        consilium_scatter_rows(y, x, rows, rows.count, width)
    }

    public func scatterAddRows(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], factors: [Float]?, width: Int
    ) {
        if let factors {
            consilium_scatter_add_rows(y, x, rows, factors, rows.count, width, 0, width)
        } else {
            consilium_scatter_add_rows(y, x, rows, nil, rows.count, width, 0, width)
        }
    }

    public func gatherScaledRows(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], factors: [Float], width: Int
    ) {
        consilium_gather_rows(y, x, rows, factors, rows.count, width)
    }

    public func rowProducts(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, rows: [Int32], width: Int
    ) -> [Float] {
        var products = [Float](repeating: 0, count: rows.count)
        consilium_row_products(&products, a, b, rows, rows.count, width)
        return products
    }
}
