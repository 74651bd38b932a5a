#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// This process's own processor time, of all its threads: other programs on the machine don't disturb it.
enum ProcessorTime {
    /// Seconds that `body` took. POSIX has clock() count in microseconds.
    static func of<Value>(_ body: () throws -> Value) rethrows -> (value: Value, seconds: Double) {
        let start = clock()
        let value = try body()
        return (value, Double(clock() - start) * 1e-6)
    }
}
