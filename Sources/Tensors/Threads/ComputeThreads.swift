internal import CKernels
internal import COpenBLAS
internal import Synchronization

/// How many threads the operations of ``CPUBackend`` use, for the whole process.
///
/// Work is cut so that every sum is added up in the same order however many threads there are: results do not depend on
/// the number. An exception are processors without AVX2 or NEON, whose products OpenBLAS computes, on one thread a part:
/// there the last digits may depend on it.
public enum ComputeThreads {
    private static let count = Atomic<Int>(0)

    /// - Parameter count: at least 1; smaller values count as 1.
    public static func set(_ count: Int) {
        openblas_set_num_threads(1)
        Self.count.store(max(1, min(count, 256)), ordering: .relaxed)
    }

    /// The current number, 1 until somebody sets another. Reading it also makes sure that OpenBLAS does not start threads.
    public static var current: Int {
        let found = count.load(ordering: .relaxed)
        if found > 0 { return found }
        openblas_set_num_threads(1)
        // Somebody else may have set it meanwhile.
        let (exchanged, original) = count.compareExchange(expected: 0, desired: 1, ordering: .relaxed)
        return exchanged ? 1 : original
    }

    /// What computes matrix products on this processor, for `doctor`.
    public static var libraryDescription: String {
        if consilium_products_are_fast() != 0 {
            return "the built-in kernels, for this processor's vector instructions"
        }
        let configuration = openblas_get_config().map { String(cString: $0) } ?? "OpenBLAS"
        let core = openblas_get_corename().map { String(cString: $0) } ?? "unknown"
        return "\(configuration.split(separator: " ").prefix(2).joined(separator: " ")), kernels for \(core)"
    }
}
