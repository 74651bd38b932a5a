import CUDAFakes
import ConsiliumTesting
import Foundation
import Testing

@testable import CUDA

@Suite("What doctor tells of the GPU")
struct DoctorTests {
    @Test("everything there")
    func complete() throws {
        try withFakes {
            let report = DeviceReport.examine(try .fakes(matmul: FakeLibrary()))
            #expect(report.isUsable && report.lines.allSatisfy { !$0.isNote })
            #expect(report.lines.map(\.name) == ["graphics processor", "NVIDIA driver", "NVRTC", "cuBLASLt"])
            #expect(report.lines[0].finding.contains("Emulated GPU, 8192 MiB"))
            #expect(report.lines[0].finding.contains("compute capability 9.0"))
            #expect(report.lines[1].finding.contains("CUDA 13.0"))
        }
    }

    @Test("what is missing, and what to do")
    func missing() throws {
        try withFakes {
            let folder = try TemporaryFolder()
            let report = DeviceReport.examine(try .fakes(compiler: nil), cache: KernelCache(folder: folder.url))
            #expect(!report.isUsable)
            #expect(report.lines.filter(\.isNote).count == 2)
            #expect(report.lines.contains { $0.name == "NVRTC" && $0.finding.contains("pip install") })
            #expect(report.lines.contains { $0.name == "cuBLASLt" && $0.finding.contains("built-in") })
        }
        try withFakes({ $0.compute_major = 6 }) {
            let report = DeviceReport.examine(try .fakes())
            #expect(!report.isUsable && report.lines.count == 1)
        }
    }

    @Test("libraries are looked for in named folders first, then the loader's, toolkits' and wheels'")
    func search() throws {
        let folder = try TemporaryFolder()
        let wheels = folder.url.appendingPathComponent("lib/python3.11/site-packages/nvidia/cu13/lib")
        try FileManager.default.createDirectory(at: wheels, withIntermediateDirectories: true)
        let search = LibrarySearch(environment: [
            "CONSILIUM_CUDA_LIBS": "/named/a:/named/b", "VIRTUAL_ENV": folder.url.path,
        ])
        let candidates = search.candidates(["libx.so.2", "libx.so.1"])
        #expect(
            candidates.prefix(6) == [
                "/named/a/libx.so.2", "/named/a/libx.so.1", "/named/b/libx.so.2", "/named/b/libx.so.1", "libx.so.2",
                "libx.so.1",
            ])
        #expect(candidates.contains("\(wheels.path)/libx.so.2"))
        #expect(search.open(["libthere-is-none.so.1"]) == nil)
        // Not a library, and not a crash.
        try Data("no library".utf8).write(to: wheels.appendingPathComponent("libtext.so.1"))
        #expect(LibrarySearch(named: [wheels.path], known: []).open(["libtext.so.1"]) == nil)
    }

    @Test("this machine is examined without a crash")
    func here() {
        #expect(!DeviceReport.examine().lines.isEmpty)
    }
}
