import CUDAFakes
import LanguageModels
import Tensors
import Testing

@testable import CUDA

/// Steps that are recorded and done again as one.
@Suite("Recorded work on the emulated GPU")
struct ReplayTests {
    /// Losses and gradients of several steps, the texts and the adapter different in each.
    private func steps(
        _ name: String, on backend: CUDABackend, apart: Bool, checkpointing: Bool = false, count: Int = 4,
        between: () throws -> Void = {}
    ) throws -> [(loss: Double, gradient: [Float])] {
        let pair = try ModelTests.Pair(name, .bfloat16, on: backend)
        let pass = try AdapterGradientPass(model: pair.device, adapter: pair.adapter, checkpointing: checkpointing)
        var results: [(Double, [Float])] = []
        for step in 0..<count {
            pass.setParameters(pair.adapter.parameters.map { $0 * (1 + 0.1 * Float(step)) })
            let sequences = pair.sequences.map { sequence in
                TokenSequence(
                    inputIDs: sequence.inputIDs.map { ($0 + Int32(step)) % 32 },
                    labels: sequence.labels.map { $0 < 0 ? $0 : ($0 + Int32(step)) % 32 })
            }
            let groups =
                apart
                ? sequences.map { AdapterGradientPass.Group(sequences: [$0], tokenWeight: 1) }
                : [AdapterGradientPass.Group(sequences: sequences, tokenWeight: 0.1)]
            try pass.run(groups, factors: (true, true)) { results.append(($1, Array($2))) }
            try between()
        }
        return results
    }

    private func expectEqual(_ found: [(loss: Double, gradient: [Float])], _ expected: [(Double, [Float])]) {
        #expect(found.count == expected.count)
        for (found, expected) in zip(found, expected) {
            #expect(found.loss == expected.0 && found.gradient == expected.1)
        }
    }

    struct Case: CustomStringConvertible {
        var setup: FakeSetup
        var name: String
        var apart: Bool
        var description: String { "\(name), \(setup)\(apart ? ", patient by patient" : "")" }
    }

    static let cases = [
        Case(setup: .bfloat16, name: "plain", apart: false), Case(setup: .bfloat16, name: "qwen2-tied", apart: true),
        Case(setup: .library, name: "gemma2", apart: false), Case(setup: .float32, name: "bert-mlm", apart: true),
    ]

    @Test("gives the bits of work that is called, and only two launches a step", arguments: cases)
    func sameBits(_ own: Case) throws {
        try withFakes {
            let expected = try steps(
                own.name, on: own.setup.backend { $0.recordsRepeatedWork = false }, apart: own.apart)
            #expect(cuda_fakes().pointee.graph_launches == 0)
            let found = try steps(own.name, on: own.setup.backend(), apart: own.apart)
            expectEqual(found, expected)
            #expect(cuda_fakes().pointee.captures == 2)
            #expect(cuda_fakes().pointee.graph_launches == 2 * 2)
        }
    }

    @Test("with layers computed again, and with 4-bit weights", arguments: ["plain", "llama-nf4"])
    func checkpointing(name: String) throws {
        try withFakes {
            let expected = try steps(
                name, on: FakeSetup.bfloat16.backend { $0.recordsRepeatedWork = false }, apart: false,
                checkpointing: true)
            let found = try steps(name, on: FakeSetup.bfloat16.backend(), apart: false, checkpointing: true)
            expectEqual(found, expected)
            #expect(cuda_fakes().pointee.graph_launches == 2 * 2)
        }
    }

    @Test("touches no memory that others have got meanwhile")
    func memory() throws {
        try withFakes {
            let backend = try FakeSetup.bfloat16.backend()
            let expected = try steps("plain", on: FakeSetup.bfloat16.backend(), apart: true)
            var others: [TensorBuffer] = []
            let found = try steps("plain", on: backend, apart: true) {
                for size in [16, 300, 1000, 5000, 20000, 100_000] {
                    others.append(try TensorBuffer([Float](repeating: 7, count: size), backend: backend))
                }
                #expect(others.allSatisfy { $0.values().allSatisfy { $0 == 7 } })
            }
            expectEqual(found, expected)
        }
    }

    @Test("gives its memory back with the pass")
    func release() throws {
        try withFakes {
            let backend = try FakeSetup.bfloat16.backend()
            let before = cuda_fakes().pointee.used_memory
            _ = try steps("plain", on: backend, apart: false)
            backend.releaseUnused()
            // Rows and positions are kept for the next batch.
            #expect(cuda_fakes().pointee.used_memory <= before + 1 << 16)
        }
    }

    @Test("where the driver can't record, and where routing is the host's, work is called as ever")
    func notPossible() throws {
        try withFakes {
            let expected = try steps("plain", on: FakeSetup.bfloat16.backend(), apart: false)
            let old = FakeLibrary(missing: ["cuGraphInstantiateWithFlags"])
            cuda_fakes_reset()
            expectEqual(
                try steps("plain", on: FakeSetup.bfloat16.backend(driver: old), apart: false), expected)
            cuda_fakes().pointee.capture_fails = 1
            expectEqual(try steps("plain", on: FakeSetup.bfloat16.backend(), apart: false), expected)
            cuda_fakes().pointee.capture_fails = 0
            _ = try steps("mixtral", on: FakeSetup.bfloat16.backend(), apart: false)
            // Weights that are copied for every use; q, k and v are no single product then.
            let streamed = try steps(
                "plain", on: FakeSetup.bfloat16.backend { $0.mostWeightBytes = 0 }, apart: false)
            for (found, expected) in zip(streamed, expected) {
                // Two roundings apart.
                #expect(distance(found.gradient, expected.gradient) <= 0.1)
            }
            #expect(cuda_fakes().pointee.graph_launches == 0)
        }
    }

    @Test("an operation that asks for results, or for memory, ends a recording without a trace")
    func questions() throws {
        try withFakes {
            let backend = try FakeSetup.bfloat16.backend()
            let x = try TensorBuffer([Float](repeating: 1, count: 64), backend: backend)
            for asks in [true, false] {
                let replay = try #require(backend.makeReplay())
                for step in 0..<5 {
                    try replay.run([asks ? 1 : 0]) {
                        backend.add(x.pointer, x.pointer + 32, count: 32)
                        if asks {
                            #expect(x.values()[0] >= 0 || step == 2)
                        } else {
                            _ = try TensorBuffer(count: 8, backend: backend)
                        }
                    }
                }
            }
            #expect(x.values()[0] == 11)
            try backend.synchronize()
            #expect(cuda_fakes().pointee.graph_launches == 0)
        }
    }

    @Test("a fault in recorded work is told, and no patient's gradient handed on")
    func fault() throws {
        try withFakes {
            let pair = try ModelTests.Pair("plain", .bfloat16)
            let groups = pair.sequences.map { AdapterGradientPass.Group(sequences: [$0], tokenWeight: 1) }
            let pass = try AdapterGradientPass(model: pair.device, adapter: pair.adapter)
            for _ in 0..<3 { try pass.run(groups, factors: (true, true)) { _, _, _ in } }
            cuda_fakes().pointee.launches_until_failure = 60
            var handed = 0
            #expect(throws: CUDAError(.launchFailed, "")) {
                try pass.run(groups, factors: (true, true)) { _, _, _ in handed += 1 }
            }
            #expect(handed == 0)
        }
    }
}
