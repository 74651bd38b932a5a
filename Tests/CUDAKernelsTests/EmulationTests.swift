internal import CUDAEmulation
internal import CUDAKernels
internal import Testing

/// What the tests of the kernels rest on.
@Suite("GPU emulation")
struct EmulationTests {
    private func run(_ kernel: String, threads: Int, _ way: Emulation = .ascending, _ more: [Argument] = []) throws
        -> [Float]
    {
        let y = try DeviceArray<Float>(count: threads)
        try launch(kernel, Grid(1, threads: threads), [.array(y)] + more, as: way)
        return y.values
    }

    @Test(
        "a kernel that breaks a rule is stopped",
        arguments: [
            ("fault_divergent_barrier", 64), ("fault_missing_lane", 32), ("fault_mixed_operations", 32),
            ("fault_misaligned_matrix", 32),
        ])
    func faults(kernel: String, threads: Int) throws {
        for way in Emulation.allCases {
            way.configure()
            let y = try DeviceArray<Float>(count: threads)
            var pointer: UnsafeMutableRawPointer? = UnsafeMutableRawPointer(y.pointer)
            let result = withUnsafeMutablePointer(to: &pointer) { slot in
                var parameters: [UnsafeMutableRawPointer?] = [UnsafeMutableRawPointer(slot)]
                return consilium_emulate_kernel(kernel, 1, 1, 1, UInt32(threads), 1, 1, 0, &parameters)
            }
            #expect(result == CONSILIUM_EMULATION_FAULT)
            #expect(String(cString: consilium_emulation_message()).contains("block 0,0,0"))
            withExtendedLifetime(y) {}
        }
    }

    @Test("a missing barrier shows in another order of the threads")
    func missingBarrier() throws {
        let results = try Emulation.allCases.map { try run("fault_missing_barrier", threads: 64, $0).map(\.bitPattern) }
        #expect(Set(results).count > 1)
    }

    @Test("a copy that isn't waited for has not arrived, unless copies are immediate")
    func missingWait() throws {
        let x = try DeviceArray(randoms(128, 1))
        #expect(try run("fault_missing_wait", threads: 32, .ascending, [.array(x)]).allSatisfy(\.isNaN))
        #expect(
            try run("fault_missing_wait", threads: 32, .immediateCopies, [.array(x)]) == Array(x.values.prefix(32)))
    }

    @Test("shared memory holds NaN at first")
    func poison() throws {
        #expect(try run("fault_unwritten", threads: 32).allSatisfy(\.isNaN))
    }

    @Test("launches that no GPU takes are refused")
    func launches() {
        var none: [UnsafeMutableRawPointer?] = [nil]
        #expect(consilium_emulate_kernel("no such", 1, 1, 1, 32, 1, 1, 0, &none) == CONSILIUM_EMULATION_NO_KERNEL)
        for (grid, threads, shared) in [(0, 32, 0), (1, 33, 0), (1, 2048, 0), (1, 32, 300 << 10)]
            as [(UInt32, UInt32, UInt32)]
        {
            #expect(
                consilium_emulate_kernel("vector_add", grid, 1, 1, threads, 1, 1, shared, &none)
                    == CONSILIUM_EMULATION_BAD_LAUNCH)
        }
    }

    @Test("every kernel of the texts is emulated, and no other")
    func complete() throws {
        var listed: Set<String> = []
        for index in 0..<cuda_module_count() {
            let module = try #require(cuda_module_at(index)?.pointee)
            for name in String(cString: module.kernels).split(separator: " ") {
                #expect(listed.insert(String(name)).inserted)
            }
            #expect(String(cString: module.source.text).utf8.count == module.source.length)
            #expect(module.source.length > 200)
        }
        var emulated: Set<String> = []
        var index = 0
        while let name = consilium_emulation_kernel(index) {
            emulated.insert(String(cString: name))
            index += 1
        }
        #expect(emulated.filter { !$0.hasPrefix("fault_") } == listed)
    }

    @Test("shared memory fits the smallest GPU that is meant, and workspaces their products")
    func launchNumbers() {
        // sm_86 and sm_89 have 99 KiB a block.
        let most: Int64 = 99 << 10
        #expect(cuda_gemm_shared() <= most)
        for size in Int64(1)...256 {
            let instance = cuda_attention_instance(size)
            #expect(instance >= size)
            #expect(cuda_attention_forward_shared(instance) <= most && cuda_attention_backward_shared(instance) <= most)
            #expect(cuda_attention_f32_shared(size) <= 48 << 10)
        }
        #expect(cuda_attention_instance(257) == 0)
        for k in [Int64(1), 63, 64, 1000, 16384] {
            for width in [Int64(1), 48, 4096] {
                let chunk = cuda_split_chunk(16, width, k)
                #expect(chunk >= k || (chunk > 0 && chunk % 16 == 0))
            }
            #expect(cuda_segment_chunk(k) % 16 == 0 && cuda_row_chunk(k) % 8 == 0)
            #expect(cuda_decode_chunk(k, 32) >= 32 && cuda_norm_blocks(k) >= 1)
            #expect(cuda_norm_threads(k) % 32 == 0 && cuda_norm_threads(k) <= 256)
        }
    }
}
