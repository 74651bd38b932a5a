import CUDAFakes
import Foundation

@testable import CUDA

/// NVIDIA's libraries as the tests have them, without some of their functions if a test says so.
struct FakeLibrary: SymbolTable {
    var name = "the emulation"
    var missing: Set<String> = []

    func address(of symbol: String) -> UnsafeMutableRawPointer? {
        missing.contains(symbol) ? nil : cuda_fake_symbol(symbol)
    }
}

extension CUDALibraries {
    static func fakes(
        driver: FakeLibrary? = FakeLibrary(), compiler: FakeLibrary? = FakeLibrary(), matmul: FakeLibrary? = nil
    ) throws -> CUDALibraries {
        try CUDALibraries(driver: driver ?? FakeLibrary(), compiler: { _ in compiler }, matmul: { _ in matmul })
    }
}

/// A way of computing that all models are tried with.
enum FakeSetup: String, CaseIterable {
    case float32
    case bfloat16
    /// bf16 with the products of (the stand-in for) cuBLASLt.
    case library

    /// A backend on the emulated GPU. Small models go through the tensor cores' kernels too.
    func backend(
        cache: URL? = nil, driver: FakeLibrary = FakeLibrary(),
        _ change: (inout CUDABackend.Configuration) -> Void = { _ in }
    ) throws -> CUDABackend {
        var configuration = CUDABackend.Configuration()
        configuration.precision = self == .float32 ? .float32 : .bfloat16
        // The mixtures have four experts: their router stays in float32.
        configuration.exactRows = 8
        configuration.shortestTensorSide = 1
        configuration.cache = KernelCache(
            folder: cache ?? URL(fileURLWithPath: "/dev/null/none"))
        change(&configuration)
        return try CUDABackend(
            libraries: .fakes(driver: driver, matmul: self == .library ? FakeLibrary() : nil), configuration)
    }
}

/// Undoes what a test made the stand-ins pretend.
func withFakes<Result>(
    _ change: (inout cuda_fake_state) -> Void = { _ in }, _ body: () throws -> Result
) rethrows -> Result {
    cuda_fakes_reset()
    change(&cuda_fakes().pointee)
    defer { cuda_fakes_reset() }
    return try body()
}
