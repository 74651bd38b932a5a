import CUDAFakes
import ConsiliumTesting
import Foundation
import Tensors
import Testing

@testable import CUDA

@Suite("Compiled kernels on disk")
struct KernelCacheTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Compilations of a program that adds once.
    func compilations() throws -> Int64 {
        let before = cuda_fakes().pointee.compilations
        let backend = try FakeSetup.bfloat16.backend(cache: folder.url)
        let x = try TensorBuffer([1, 2], backend: backend)
        backend.add(x.pointer, x.pointer + 1, count: 1)
        #expect(x.values() == [3, 2])
        try backend.synchronize()
        return cuda_fakes().pointee.compilations - before
    }

    func files() throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder.url, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "cubin" }
    }

    @Test("a second start compiles nothing; another GPU or compiler does")
    func reuse() throws {
        try withFakes {
            let first = try compilations()
            #expect(first == 1)
            #expect(try compilations() == 0)
            cuda_fakes().pointee.compute_major = 8
            #expect(try compilations() == 1)
            cuda_fakes().pointee.driver_version = 12080
            #expect(try compilations() == 1)
            #expect(try files().count == 3)
        }
    }

    @Test("a damaged entry is compiled again", arguments: [0, 31, 32, 40])
    func damage(length: Int) throws {
        try withFakes {
            #expect(try compilations() == 1)
            let file = try #require(try files().first)
            let whole = try Data(contentsOf: file)
            try whole.prefix(length).write(to: file)
            #expect(try compilations() == 1)
            #expect(try Data(contentsOf: file) == whole)
            var flipped = whole
            flipped[flipped.count - 3] ^= 1
            try flipped.write(to: file)
            #expect(try compilations() == 1)
            #expect(try Data(contentsOf: file) == whole)
        }
    }

    @Test("an entry that the driver does not take is compiled again")
    func refusedImage() throws {
        try withFakes {
            let first = try compilations()
            cuda_fakes().pointee.rejected_images = 1
            let second = try compilations()
            #expect(first == 1 && second == 1)
        }
    }

    @Test("a folder that can't be written to costs time only")
    func unwritable() throws {
        try withFakes {
            let file = folder.url.appendingPathComponent("file")
            try Data().write(to: file)
            let backend = try FakeSetup.bfloat16.backend(cache: file.appendingPathComponent("below"))
            #expect(try TensorBuffer([1, 2], backend: backend).values() == [1, 2])
            let x = try TensorBuffer([1, 2], backend: backend)
            backend.add(x.pointer, x.pointer + 1, count: 1)
            try backend.synchronize()
        }
    }

    @Test("with all kernels kept no compiler is needed; of a newer generation than the driver's they don't count")
    func withoutCompiler() throws {
        try withFakes {
            let cache = KernelCache(folder: folder.url)
            let device = try CUDADevice(.fakes(), index: 0)
            #expect(!cache.isComplete(for: device))
            for source in KernelSource.all {
                cache.store(
                    Array("\u{7f}ELF kept".utf8), KernelCache.key(source, architecture: device.architecture),
                    version: (13, 1))
            }
            #expect(cache.isComplete(for: device))
            let backend = try CUDABackend(libraries: .fakes(compiler: nil), .init(cache: folder.url))
            let x = try TensorBuffer([1, 2], backend: backend)
            backend.add(x.pointer, x.pointer + 1, count: 1)
            #expect(x.values() == [3, 2])
            cuda_fakes().pointee.driver_version = 12080
            let older = try CUDADevice(.fakes(compiler: nil), index: 0)
            #expect(!cache.isComplete(for: older))
        }
    }
}
