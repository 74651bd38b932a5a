internal import CKernels
internal import COpenBLAS
internal import ConsiliumCore

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The operations on the processor: OpenBLAS for large products, `CKernels` for the rest.
public struct CPUBackend: TensorBackend {
    public init() { _ = ComputeThreads.current }

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

    public func multiplyTransposed(
        _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int, inner k: Int, alpha: Float,
        accumulate: Bool
    ) {
        product(c, a, CblasNoTrans, b, CblasTrans, m, n, k, alpha, accumulate)
    }

    public func multiply(
        _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int, inner k: Int, alpha: Float,
        accumulate: Bool
    ) {
        product(c, a, CblasNoTrans, b, CblasNoTrans, m, n, k, alpha, accumulate)
    }

    public func multiplyTransposedFirst(
        _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int, inner k: Int, alpha: Float,
        accumulate: Bool
    ) {
        product(c, a, CblasTrans, b, CblasNoTrans, m, n, k, alpha, accumulate)
    }

    private func product(
        _ c: MatrixView, _ a: MatrixView, _ transposeA: CBLAS_TRANSPOSE, _ b: MatrixView,
        _ transposeB: CBLAS_TRANSPOSE, _ m: Int, _ n: Int, _ k: Int, _ alpha: Float, _ accumulate: Bool
    ) {
        cblas_sgemm(
            CblasRowMajor, transposeA, transposeB, blasint(m), blasint(n), blasint(k), alpha, a.pointer,
            blasint(a.stride), b.pointer, blasint(b.stride), accumulate ? 1 : 0, c.pointer, blasint(c.stride))
    }

    public func add(_ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, count: Int) {
        consilium_add(y, x, count)
    }

    public func addBias(_ y: MatrixView, _ bias: UnsafePointer<Float>, rows: Int, width: Int) {
        consilium_add_bias(y.pointer, y.stride, bias, rows, width)
    }

    public func gatherRows(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], width: Int
    ) {
        consilium_gather_rows(y, x, rows, rows.count, width)
    }

    public func scatterRows(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], width: Int
    ) {
        consilium_scatter_rows(y, x, rows, rows.count, width)
    }
}
