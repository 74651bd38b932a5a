internal import COpenBLAS
internal import Synchronization

/// How many threads matrix products use, for the whole process.
///
/// One by default: then the same step gives the same bits on the same machine, which resuming and comparing rely on. With
/// more threads sums are split differently and results differ in the last digits.
public enum ComputeThreads {
    private static let state = Mutex(0)

    /// - Parameter count: at least 1; smaller values count as 1.
    public static func set(_ count: Int) {
        let count = max(1, min(count, 256))
        state.withLock { current in
            guard current != count else { return }
            openblas_set_num_threads(Int32(count))
            current = count
        }
    }

    /// The current number; reading it also makes sure that OpenBLAS does not start with one thread per core.
    public static var current: Int {
        state.withLock { current in
            if current == 0 {
                openblas_set_num_threads(1)
                current = 1
            }
            return current
        }
    }

    /// Name, version and processor kind of the linear algebra library, for `doctor`.
    public static var libraryDescription: String {
        let configuration = openblas_get_config().map { String(cString: $0) } ?? "OpenBLAS"
        let core = openblas_get_corename().map { String(cString: $0) } ?? "unknown"
        return "\(configuration.split(separator: " ").prefix(2).joined(separator: " ")), kernels for \(core)"
    }
}
