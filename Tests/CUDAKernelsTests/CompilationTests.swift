internal import CUDAKernels
internal import Foundation
internal import Testing

/// Every kernel is compiled for every GPU that is meant, without one. Without NVIDIA's compiler the tests skip themselves.
@Suite(
    "GPU compilation",
    .enabled(
        if: Compiler.shared != nil,
        "NVRTC is not installed: make nvrtc gets it, or CONSILIUM_CUDA_LIBS names its folder."))
struct CompilationTests {
    /// CONSILIUM_CUDA_ARCHITECTURES names others.
    static let architectures =
        ProcessInfo.processInfo.environment["CONSILIUM_CUDA_ARCHITECTURES"]?.split(separator: ",").map(String.init)
        ?? ["sm_80", "sm_90a"]

    static let modules = (0..<cuda_module_count()).compactMap {
        cuda_module_at($0).map { String(cString: $0.pointee.name) }
    }

    /// Registers a thread may have so that enough warps fit a multiprocessor (65,536 registers).
    private func registerLimit(_ kernel: String) -> Int {
        if kernel.hasPrefix("attention_") && !kernel.hasSuffix("_f32") { return 255 }
        let hasTiles = ["lora_gradient_partial", "lora_gradient_bf16_partial"].contains(kernel)
        if hasTiles || kernel.hasPrefix("gemm_") || kernel.hasPrefix("attention_") { return 168 }
        return kernel.hasPrefix("gemv_") ? 80 : 64
    }

    @Test("every kernel compiles within its registers, without spills", arguments: architectures, modules)
    func compile(architecture: String, name: String) throws {
        let compiler = try #require(Compiler.shared)
        let module = try #require(
            (0..<cuda_module_count()).compactMap { cuda_module_at($0)?.pointee }.first {
                String(cString: $0.name) == name
            })
        let result = compiler.build(module, architecture: architecture)
        let kernels = try #require(result.kernels, "\(result.log)")
        #expect(
            kernels.keys.sorted() == String(cString: module.kernels).split(separator: " ").map(String.init).sorted())
        for (kernel, figures) in kernels {
            #expect(figures.spilledBytes == 0, "\(kernel) spills on \(architecture)")
            #expect((1...registerLimit(kernel)).contains(figures.registers), "\(kernel) on \(architecture): \(figures)")
            #expect(figures.sharedBytes <= 48 << 10)
        }
        #expect(!result.log.contains("warning"), "\(result.log)")
    }
}
