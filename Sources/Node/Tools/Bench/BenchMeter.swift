internal import ConsiliumCore
internal import Foundation
internal import Tensors

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Which time a benchmark counts.
public enum BenchClock: String, Sendable, Codable, CaseIterable {
    /// `cpu` for one thread, `wall` otherwise.
    case auto
    /// The process's own processor time: other programs on the machine don't disturb it. With several threads it counts
    /// waiting at barriers as work.
    case cpu
    case wall

    func resolved(threads: Int) -> BenchClock {
        self == .auto ? (threads == 1 ? .cpu : .wall) : self
    }

    private static let start = ContinuousClock.now

    /// Seconds since an arbitrary start.
    func now() -> Double {
        // POSIX has clock() count in microseconds.
        guard self == .cpu else { return (ContinuousClock.now - Self.start) / .seconds(1) }
        return Double(clock()) * 1e-6
    }
}

/// Resident memory of this process as Linux counts it, in MiB; 0 where `/proc` is missing.
enum BenchMemory {
    /// Makes the high-water mark start again from what is resident now.
    static func resetPeak() {
        guard let file = fopen("/proc/self/clear_refs", "w") else { return }
        fputs("5", file)
        fclose(file)
    }

    static func peak() -> Double { field("VmHWM:") }
    static func resident() -> Double { field("VmRSS:") }

    private static func field(_ name: String) -> Double {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return 0 }
        for line in status.split(separator: "\n") where line.hasPrefix(name) {
            let parts = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            return parts.count > 1 ? (Double(parts[1]) ?? 0) / 1024 : 0
        }
        return 0
    }
}

/// The rate of a large float32 matrix product in this process: what the steps beside it are compared with, so that a busy
/// machine slows both sides of the ratio.
struct BenchMatrixRate {
    /// Rows, columns and inner size, as in the peers' scripts.
    static let side = 1536

    private let backend = CPUBackend()
    private let left: TensorBuffer
    private let right: TensorBuffer
    private let product: TensorBuffer

    init() throws {
        let count = Self.side * Self.side
        // Zeros would flatter the rate on processors that save power on them.
        var generator = ReproducibleGenerator(seed: 0, label: "bench matrices")
        let values = (0..<count).map { _ in Float(generator.unit() * 2 - 1) }
        left = try TensorBuffer(values, backend: backend)
        right = try TensorBuffer(values.reversed(), backend: backend)
        product = try TensorBuffer(count: count, backend: backend)
        _ = measure(.wall)
    }

    /// GFLOP/s over two products, with the number of threads that is set.
    func measure(_ clock: BenchClock) -> Double {
        let side = Self.side
        let start = clock.now()
        for _ in 0..<2 {
            backend.multiply(
                product.matrix(columns: side), left.matrix(columns: side), right.matrix(columns: side), rows: side,
                columns: side, inner: side, alpha: 1, accumulate: false)
        }
        let flop = 4 * Double(side) * Double(side) * Double(side)
        return flop / max(clock.now() - start, 1e-9) / 1e9
    }
}

extension [Double] {
    /// The middle value, or the mean of the two in the middle; 0 without values.
    var median: Double {
        guard !isEmpty else { return 0 }
        let sorted = self.sorted()
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
    }
}
