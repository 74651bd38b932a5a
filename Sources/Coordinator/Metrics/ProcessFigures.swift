import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What the operating system knows about this process, by the names that every Prometheus client uses.
struct ProcessFigures: Sendable {
    var processorSeconds: Double
    var residentBytes: Double
    var openFiles: Double
    var startTime: Double

    /// From `/proc`; zeros where there is none.
    static func current() -> ProcessFigures {
        // Behind the name, which may hold anything: state is field 0, user and system time 11 and 12, start 19, pages 21.
        let stat = (try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8)) ?? ""
        let fields = (stat.split(separator: ")").last ?? "").split(separator: " ").map { Double($0) ?? 0 }
        func field(_ index: Int) -> Double { fields.indices.contains(index) ? fields[index] : 0 }
        let ticks = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
        let boot =
            (try? String(contentsOfFile: "/proc/stat", encoding: .utf8))?.split(separator: "\n")
            .first { $0.hasPrefix("btime ") }.flatMap { Double($0.dropFirst(6)) } ?? 0
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
        return ProcessFigures(
            processorSeconds: (field(11) + field(12)) / ticks,
            residentBytes: field(21) * Double(max(1, sysconf(Int32(_SC_PAGESIZE)))), openFiles: Double(files),
            startTime: fields.isEmpty ? 0 : boot + (field(19) / ticks).rounded(.down))
    }

    func write(to text: inout MetricsText) {
        text.add(.processorSeconds, processorSeconds)
        text.add(.residentBytes, residentBytes)
        text.add(.openFiles, openFiles)
        text.add(.startTime, startTime)
    }
}
