internal import COpenBLAS
internal import Synchronization

/// How many threads the operations of ``CPUBackend`` use, for the whole process.
///
/// Work is cut so that every sum is added up in the same order however many threads there are: results do not depend on
/// the number. (But for processors without AVX2 or NEON, whose products OpenBLAS computes: there a sum may depend on it in the
/// last digits. OpenBLAS itself always runs on one thread.)
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
        set(1)
        return 1
    }

    /// Name, version and processor kind of the linear algebra library, for `doctor`.
    public static var libraryDescription: String {
        let configuration = openblas_get_config().map { String(cString: $0) } ?? "OpenBLAS"
        let core = openblas_get_corename().map { String(cString: $0) } ?? "unknown"
        return "\(configuration.split(separator: " ").prefix(2).joined(separator: " ")), kernels for \(core)"
    }
}
