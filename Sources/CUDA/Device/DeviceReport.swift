internal import Foundation

/// What `doctor` tells about the GPU: what was found, what is missing, and what to do about it.
public struct DeviceReport: Sendable {
    public struct Line: Sendable {
        public var name: String
        public var finding: String
        /// Something is missing that would help; the program works without it.
        public var isNote: Bool
    }

    public var lines: [Line] = []
    /// Whether `--device cuda` would work.
    public var isUsable = false

    /// Looks without changing anything; never throws.
    public static func examine() -> DeviceReport {
        do { return examine(try CUDALibraries.find()) } catch { return DeviceReport(missing: error) }
    }

    private init(missing error: any Error) {
        lines.append(Line(name: "graphics processor", finding: Self.message(error), isNote: true))
    }

    static func examine(_ libraries: CUDALibraries, cache: KernelCache = .standard) -> DeviceReport {
        do {
            var report = DeviceReport(lines: [], isUsable: true)
            let device = try CUDADevice(libraries, index: 0)
            report.add(
                "graphics processor",
                "\(device.name), \(device.totalMemory >> 20) MiB (\(device.freeMemory >> 20) MiB free), compute capability \(device.computeMajor).\(device.computeMinor)"
            )
            report.add("NVIDIA driver", "\(libraries.driver.name), up to CUDA \(libraries.driverText)")
            if let compiler = libraries.compiler {
                report.add("NVRTC", "\(compiler.name), version \(compiler.version.major).\(compiler.version.minor)")
            } else if cache.isComplete(for: device) {
                report.add("NVRTC", "not found; not needed, the kernels for this GPU are in \(cache.folder.path)")
            } else {
                report.isUsable = false
                report.add("NVRTC", CUDALibraries.compilerAdvice(libraries.driverVersion / 1000), isNote: true)
            }
            if let matmul = libraries.matmul {
                report.add("cuBLASLt", "\(matmul.name), version \(matmul.version())")
            } else if let note = libraries.notes.first(where: { $0.contains("cuBLASLt") || $0.contains("cublasLt") }) {
                report.add("cuBLASLt", note, isNote: true)
            }
            return report
        } catch {
            return DeviceReport(missing: error)
        }
    }

    private init(lines: [Line], isUsable: Bool) {
        self.lines = lines
        self.isUsable = isUsable
    }

    private mutating func add(_ name: String, _ finding: String, isNote: Bool = false) {
        lines.append(Line(name: name, finding: finding, isNote: isNote))
    }

    private static func message(_ error: any Error) -> String {
        (error as? CUDAError)?.message ?? "The GPU can't be examined; the CPU is used."
    }
}
