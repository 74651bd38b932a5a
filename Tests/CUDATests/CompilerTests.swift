import CUDAFakes
import ConsiliumTesting
import Foundation
import Testing

@testable import CUDA

/// NVIDIA's own compiler under the emulated driver, where it is installed: folders of CONSILIUM_CUDA_LIBS, or what
/// scripts/install-nvrtc.sh fetched.
@Suite("The real compiler")
struct CompilerTests {
    static let search: LibrarySearch = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let wheels = LibrarySearch.children(of: root.appendingPathComponent(".cuda/nvidia").path).map { "\($0)/lib" }
        return LibrarySearch(named: LibrarySearch().named + wheels, known: [])
    }()

    static let isThere = CUDALibraries.openCompiler(search, major: 13) != nil

    @Test(
        "compiles for the device, keeps the code, and says what it does not understand",
        .enabled(if: isThere, "NVRTC is not installed: make nvrtc gets it, or CONSILIUM_CUDA_LIBS names its folder."))
    func compiles() throws {
        try withFakes {
            let folder = try TemporaryFolder()
            let libraries = try CUDALibraries(
                driver: FakeLibrary(), compiler: { CUDALibraries.openCompiler(Self.search, major: $0) },
                matmul: { _ in nil })
            let compiler = try #require(libraries.compiler)
            #expect(compiler.version.major >= 12)
            let queue = try CommandQueue(
                device: try CUDADevice(libraries, index: 0), cache: KernelCache(folder: folder.url))
            _ = try queue.kernels.function("vector_add", shared: 0)
            let source = try #require(KernelSource.all.first { $0.kernels.contains("vector_add") })
            let code = try #require(
                KernelCache(folder: folder.url).load(
                    KernelCache.key(source, architecture: queue.device.architecture), version: compiler.version))
            #expect(code.starts(with: Array("\u{7f}ELF".utf8)) && code.count > 1000)
            let error = #expect(throws: CUDAError(.compilationFailed, "")) {
                try compiler.machineCode(
                    "extern \"C\" __global__ void f() { nowhere(); }", file: "f.cu", headers: [],
                    options: ["--gpu-architecture=sm_80"])
            }
            #expect(error?.message.contains("nowhere") == true)
        }
    }
}
