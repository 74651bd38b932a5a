import CUDAFakes
import Tensors
import Testing

@testable import CUDA

@Suite("Operations on the emulated GPU")
struct OperationTests {
    @Test("give the CPU's numbers", arguments: FakeSetup.allCases)
    func agreement(setup: FakeSetup) throws {
        let backend = try setup.backend()
        for (name, difference) in try BackendCheck.differences(of: backend) {
            #expect(difference <= (setup == .float32 ? 1e-5 : 1e-2), "\(name)")
        }
        try backend.check()
        #expect(backend.launches > 40)
    }

    @Test("a GPU that computes wrong numbers is found out")
    func wrongNumbers() throws {
        let backend = try FakeSetup.bfloat16.backend()
        var wrong = CUDABackend.Configuration()
        wrong.precision = .float32
        // The bound of float32 is one that bf16 products can't keep.
        let differences = try BackendCheck.differences(of: backend)
        #expect(differences.contains { $0.difference > 1e-4 })
    }

    @Test("the first use of a shape asks cuBLASLt for proposals, a repeated one has them timed")
    func timedProducts() throws {
        try withFakes {
            let backend = try FakeSetup.library.backend()
            let a = try TensorBuffer([Float](repeating: 1, count: 32 * 16), backend: backend)
            let c = try TensorBuffer(count: 32 * 32, backend: backend)
            func multiply() {
                backend.multiplyTransposed(
                    c.matrix(columns: 32), a.matrix(columns: 16), a.matrix(columns: 16), rows: 32, columns: 32,
                    inner: 16, alpha: 1, accumulate: true)
            }
            multiply()
            multiply()
            #expect(cuda_fakes().pointee.multiplications == 2)
            multiply()
            // Three proposals, twice each, and the product itself.
            #expect(cuda_fakes().pointee.multiplications == 2 + 7)
            multiply()
            #expect(cuda_fakes().pointee.multiplications == 2 + 7 + 1)
            // Trying out adds nothing to the result.
            #expect(c.values().allSatisfy { $0 == 64 })
        }
    }

    @Test("where cuBLASLt refuses or fails, the own kernel computes", arguments: [true, false])
    func refusedProducts(proposesNothing: Bool) throws {
        try withFakes({
            $0.matmul_proposes_nothing = proposesNothing ? 1 : 0
            $0.matmul_fails = proposesNothing ? 0 : 1
        }) {
            let backend = try FakeSetup.library.backend()
            let a = try TensorBuffer([Float](repeating: 1, count: 32 * 16), backend: backend)
            let c = try TensorBuffer(count: 32 * 32, backend: backend)
            backend.multiplyTransposed(
                c.matrix(columns: 32), a.matrix(columns: 16), a.matrix(columns: 16), rows: 32, columns: 32, inner: 16,
                alpha: 1, accumulate: false)
            #expect(c.values().allSatisfy { $0 == 16 })
            try backend.synchronize()
        }
    }

    @Test("rounded copies of activations are never older than the activations")
    func freshConversions() throws {
        let backend = try FakeSetup.bfloat16.backend()
        let x = try TensorBuffer([Float](repeating: 1, count: 16 * 16), backend: backend)
        let c = try TensorBuffer(count: 16 * 16, backend: backend)
        func product() -> Float {
            backend.multiplyTransposed(
                c.matrix(columns: 16), x.matrix(columns: 16), x.matrix(columns: 16), rows: 16, columns: 16, inner: 16,
                alpha: 1, accumulate: false)
            return c.values()[0]
        }
        #expect(product() == 16)
        #expect(product() == 16)
        backend.add(x.pointer, x.pointer + 16, count: 16)
        #expect(product() == 64)
        [Float](repeating: 3, count: 256).withUnsafeBufferPointer { backend.upload($0, to: x.pointer) }
        #expect(product() == 144)
        backend.zero(x.pointer + 8, count: 8)
        #expect(product() == 72)
        backend.copy(x.pointer, c.pointer, count: 1)
        #expect(product() == 72 * 72 + 63)
        backend.copyRows(x.matrix(columns: 16), c.matrix(columns: 16), rows: 1, width: 16)
        let row = c.values()[..<16].map { $0 * $0 }.reduce(0, +)
        #expect(abs(product() - row) < row / 100)
    }

    @Test("memory is handed out again, and given back to the driver at the end")
    func memory() throws {
        try withFakes {
            let before = cuda_fakes().pointee.used_memory
            do {
                let backend = try FakeSetup.bfloat16.backend()
                let first = try TensorBuffer(count: 1000, backend: backend)
                let address = UInt(bitPattern: first.pointer)
                #expect(first.values().allSatisfy { $0 == 0 })
                _ = consume first
                let second = try TensorBuffer([Float](repeating: 1, count: 1000), backend: backend)
                #expect(UInt(bitPattern: second.pointer) == address)
                let available = try #require(backend.availableBytes)
                #expect(available > 0)
            }
            #expect(cuda_fakes().pointee.used_memory == before)
        }
    }

    @Test(
        "blocks have few sizes, and waste little", arguments: [1, 511, 513, 1 << 20, (1 << 20) + 1, 5 << 20, 1 << 34])
    func sizes(bytes: Int) {
        let size = DeviceAllocator.rounded(bytes)
        #expect(size >= bytes && size % 512 == 0)
        #expect(size - bytes <= max(512, 1 << 20, bytes / 7))
    }
}
