import CUDAFakes
import ConsiliumCore
import ConsiliumTesting
import Foundation
import LanguageModels
import Tensors
import Testing

@testable import CUDA

/// Every fault is a sentence that says what to do, and never a crash.
@Suite("Faults of the GPU")
struct FaultTests {
    /// The error of `body`.
    func fault(_ code: CUDAError.Code, saying words: String..., from body: () throws -> Void) {
        let error = #expect(throws: CUDAError(code, "")) { try body() }
        for word in words { #expect(error?.message.contains(word) == true, "\(error?.message ?? "")") }
        #expect(error?.message.last == ".")
    }

    @Test("a driver without a function that is needed is too old, by name")
    func missingSymbol() {
        for symbol in ["cuInit", "cuLaunchKernel", "cuMemAlloc_v2", "cuEventElapsedTime"] {
            fault(.libraryTooOld, saying: symbol, "newer") {
                _ = try CUDALibraries.fakes(driver: FakeLibrary(missing: [symbol]))
            }
        }
    }

    @Test("a driver of an old generation is refused")
    func oldDriver() {
        withFakes({ $0.driver_version = 11080 }) {
            fault(.libraryTooOld, saying: "CUDA 11.8", "525") { _ = try CUDALibraries.fakes() }
        }
    }

    @Test("no GPU, a driver that does not start, and an old GPU are told apart")
    func devices() {
        withFakes({ $0.devices = 0 }) { fault(.noDevice, saying: "--device cpu") { try open() } }
        withFakes({ $0.initialize_result = 100 }) {
            fault(.noDevice, saying: "CUDA_ERROR_NO_DEVICE", "nvidia-smi") { try open() }
        }
        withFakes({ $0.initialize_result = 719 }) { fault(.driverFailed, saying: "nvidia-smi") { try open() } }
        withFakes({ ($0.compute_major, $0.compute_minor) = (7, 5) }) {
            fault(.deviceTooOld, saying: "7.5", "Emulated GPU") { try open() }
        }
    }

    private func open() throws { _ = try FakeSetup.bfloat16.backend() }

    @Test("without a compiler and without kept kernels it says what to install")
    func noCompiler() {
        fault(.compilerMissing, saying: "pip install nvidia-cuda-nvrtc") {
            _ = try CUDABackend(libraries: .fakes(compiler: nil), .init(cache: TemporaryFolder().url))
        }
        // A compiler that is too old is none, and cuBLASLt that is too old is left out.
        fault(.compilerMissing) {
            _ = try CUDABackend(
                libraries: .fakes(compiler: FakeLibrary(missing: ["nvrtcGetCUBIN"])),
                .init(cache: TemporaryFolder().url))
        }
        let libraries = try? CUDALibraries.fakes(matmul: FakeLibrary(missing: ["cublasLtMatmul"]))
        #expect(libraries?.matmul == nil && libraries?.notes.contains { $0.contains("cublasLtMatmul") } == true)
    }

    @Test("kernels that don't compile are reported with the compiler's words")
    func compilation() throws {
        try withFakes({ $0.compiler_fails = 1 }) {
            let backend = try FakeSetup.bfloat16.backend()
            let x = try TensorBuffer(count: 16, backend: backend)
            backend.add(x.pointer, x.pointer + 8, count: 8)
            fault(.compilationFailed, saying: "identifier", "--device cpu") { try backend.synchronize() }
        }
    }

    @Test("a launch that fails: nothing more is computed, downloads are NaN, and the error is told each time")
    func launch() throws {
        try withFakes {
            let backend = try FakeSetup.bfloat16.backend()
            let x = try TensorBuffer([1, 2, 3, 4], backend: backend)
            try backend.synchronize()
            cuda_fakes().pointee.launches_until_failure = 0
            backend.add(x.pointer, x.pointer + 2, count: 2)
            cuda_fakes().pointee.launches_until_failure = -1
            backend.add(x.pointer, x.pointer + 2, count: 2)
            #expect(x.values().allSatisfy { $0.isNaN })
            for _ in 0..<2 {
                fault(.launchFailed, saying: "CUDA_ERROR_LAUNCH_FAILED", "doctor") { try backend.synchronize() }
            }
            #expect(throws: (any Error).self) { try TensorBuffer(count: 4, backend: backend) }
        }
    }

    @Test("a fault that shows only when somebody waits")
    func asynchronous() throws {
        try withFakes {
            let backend = try FakeSetup.bfloat16.backend()
            let x = try TensorBuffer([1, 2, 3, 4], backend: backend)
            cuda_fakes().pointee.fails_on_wait = 1
            #expect(x.values().allSatisfy { $0.isNaN })
            cuda_fakes().pointee.fails_on_wait = 0
            fault(.launchFailed, saying: "finish") { try backend.synchronize() }
        }
    }

    @Test("too little memory says what is free; for a pass, how many tokens would fit")
    func memory() throws {
        try withFakes({ $0.memory = 96 << 20 }) {
            let backend = try FakeSetup.bfloat16.backend()
            let error = #expect(throws: TensorsError(.outOfMemory, "")) { try backend.allocate(1 << 26) }
            #expect(error?.message.contains("MiB of 96 MiB free, and 256 MiB more are needed") == true)
            #expect(throws: TensorsError(.outOfMemory, "")) { try backend.allocate(.max / 2) }
            // It still works.
            #expect(try TensorBuffer([1, 2], backend: backend).values() == [1, 2])
            let model = try LanguageModel.random(
                ModelConfiguration(vocabularySize: 64, hiddenSize: 512, intermediateSize: 1024, layers: 4, heads: 8),
                seed: 1, backend: backend)
            let ids = [Int32](repeating: 1, count: 2048)
            let adapter = try LoRAAdapter(
                configuration: LoRAConfiguration(rank: 4, alpha: 8), for: model.configuration, seed: 1)
            let pass = try AdapterGradientPass(model: model, adapter: adapter)
            let group = AdapterGradientPass.Group(
                sequences: (0..<8).map { _ in TokenSequence(inputIDs: ids, labels: ids) }, tokenWeight: 1)
            let lack = #expect(throws: TensorsError(.outOfMemory, "")) {
                try pass.run([group], factors: (true, true)) { _, _, _ in }
            }
            let message = lack?.message ?? ""
            #expect(message.contains("One pass over 16376 tokens was wanted; about "), "\(message)")
        }
    }

    @Test("lack of memory inside of an operation passes once it was told")
    func memoryOfOperation() throws {
        try withFakes {
            let backend = try FakeSetup.bfloat16.backend()
            let x = try TensorBuffer(count: 4096 * 64, backend: backend)
            cuda_fakes().pointee.memory = cuda_fakes().pointee.used_memory
            backend.multiplyTransposed(
                x.matrix(columns: 64), x.matrix(columns: 64), x.matrix(columns: 64), rows: 64, columns: 64, inner: 64,
                alpha: 1, accumulate: false)
            #expect(throws: TensorsError(.outOfMemory, "")) { try backend.synchronize() }
            cuda_fakes().pointee.memory = 1 << 33
            try backend.synchronize()
            #expect(x.values().allSatisfy { $0 == 0 })
        }
    }
}

extension CUDABackend.Configuration {
    init(cache: URL) {
        self.init()
        self.cache = KernelCache(folder: cache)
    }
}
