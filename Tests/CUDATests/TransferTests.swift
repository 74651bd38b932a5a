import CUDAFakes
import LanguageModels
import Tensors
import Testing

@testable import CUDA

/// Copies on a stream of their own, under every order of the two streams that events leave open.
@Suite("Copies while the emulated GPU computes")
struct TransferTests {
    private func gradients(_ name: String, _ backend: CUDABackend) throws -> [(loss: Double, gradient: [Float])] {
        let pair = try ModelTests.Pair(name, .bfloat16, on: backend)
        let pass = try AdapterGradientPass(model: pair.device, adapter: pair.adapter)
        var results: [(Double, [Float])] = []
        // Batches of several shapes: rows, positions and targets are copied for each.
        for step in 0..<3 {
            let sequences = pair.sequences.map { sequence in
                let count = sequence.inputIDs.count - step
                return TokenSequence(
                    inputIDs: Array(sequence.inputIDs.prefix(count)), labels: Array(sequence.labels.prefix(count)))
            }
            let groups = sequences.map { AdapterGradientPass.Group(sequences: [$0], tokenWeight: 1) }
            try pass.run(groups, factors: (true, true)) { results.append(($1, Array($2))) }
        }
        return results
    }

    @Test(
        "give the same bits in every order of the streams, weights on the GPU or copied for every use",
        arguments: [CUDA_FAKE_LATE, CUDA_FAKE_COPIES_EARLY], ["plain", "llama-nf4", "mixtral"])
    func orders(schedule: Int, name: String) throws {
        for most in [nil, 0] {
            let expected = try withFakes {
                try gradients(name, FakeSetup.bfloat16.backend { $0.mostWeightBytes = most })
            }
            let found = try withFakes({ $0.schedule = Int32(schedule) }) {
                let backend = try FakeSetup.bfloat16.backend { $0.mostWeightBytes = most }
                let found = try gradients(name, backend)
                #expect((backend.foreseenWeights > 0) == (most == 0))
                return found
            }
            #expect(found.count == expected.count)
            for (found, expected) in zip(found, expected) {
                #expect(found.loss == expected.loss && found.gradient == expected.gradient)
            }
        }
    }

    @Test("recorded work is in order with copies, too", arguments: [CUDA_FAKE_LATE, CUDA_FAKE_COPIES_EARLY])
    func recorded(schedule: Int) throws {
        func losses() throws -> [Double] {
            let pair = try ModelTests.Pair("plain", .bfloat16)
            let pass = try AdapterGradientPass(model: pair.device, adapter: pair.adapter)
            var losses: [Double] = []
            let group = AdapterGradientPass.Group(sequences: pair.sequences, tokenWeight: 0.1)
            for step in 0..<5 {
                pass.setParameters(pair.adapter.parameters.map { $0 * Float(step) })
                try pass.run([group], factors: (true, true)) { losses.append($1 + Double($2[0])) }
            }
            #expect(cuda_fakes().pointee.graph_launches == 6)
            return losses
        }
        #expect(try withFakes({ $0.schedule = Int32(schedule) }, losses) == withFakes({ _ in }, losses))
    }

    @Test("weights without room are used from the host's memory, and the next one is copied meanwhile")
    func streamedWeights() throws {
        try withFakes {
            let kept = try FakeSetup.float32.backend()
            let streamed = try FakeSetup.float32.backend { $0.mostWeightBytes = 4096 }
            let expected = try gradients("plain", kept)
            let found = try gradients("plain", streamed)
            for (found, expected) in zip(found, expected) {
                #expect(abs(found.loss - expected.loss) <= 1e-5 * expected.loss)
                #expect(distance(found.gradient, expected.gradient) <= 1e-5)
            }
            #expect(streamed.foreseenWeights > 10 && kept.foreseenWeights == 0)
        }
    }

    @Test("the stand-in shows a use before its event, and a copy into what is still read")
    func missingEvents() throws {
        let driver = try CUDALibraries.fakes().driver
        /// What a kernel reads from memory that is copied to twice, with the events given.
        func reads(_ schedule: Int, waits: Bool, copyWaits: Bool) -> [Float] {
            withFakes({ $0.schedule = Int32(schedule) }) {
                var (computing, copying): (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?)
                var (isThere, isRead): (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?)
                var memory: UInt64 = 0
                #expect(driver.createStream(&computing, 1) == 0 && driver.createStream(&copying, 1) == 0)
                #expect(driver.createEvent(&isThere, 2) == 0 && driver.createEvent(&isRead, 2) == 0)
                #expect(driver.allocate(&memory, 8) == 0)
                let pinned = UnsafeMutablePointer<Float>.allocate(capacity: 4)
                pinned.initialize(repeating: 0, count: 4)
                defer {
                    _ = driver.destroyStream(computing)
                    _ = driver.destroyStream(copying)
                    _ = driver.free(memory)
                    _ = (driver.destroyEvent(isThere), driver.destroyEvent(isRead))
                    pinned.deallocate()
                }
                for round in 0..<2 {
                    pinned[round] = Float(round + 1)
                    if copyWaits, round > 0 { #expect(driver.waitEvent(copying, isRead, 0) == 0) }
                    #expect(driver.copyToDevice(memory, pinned + round, 4, copying) == 0)
                    #expect(driver.recordEvent(isThere, copying) == 0)
                    if waits { #expect(driver.waitEvent(computing, isThere, 0) == 0) }
                    #expect(driver.copyToHost(pinned + 2 + round, memory, 4, computing) == 0)
                    #expect(driver.recordEvent(isRead, computing) == 0)
                }
                #expect(driver.synchronizeStream(computing) == 0)
                return [pinned[2], pinned[3]]
            }
        }
        for schedule in [CUDA_FAKE_AT_ONCE, CUDA_FAKE_LATE, CUDA_FAKE_COPIES_EARLY] {
            #expect(reads(schedule, waits: true, copyWaits: true) == [1, 2])
        }
        #expect(reads(CUDA_FAKE_LATE, waits: false, copyWaits: true) != [1, 2])
        #expect(reads(CUDA_FAKE_COPIES_EARLY, waits: true, copyWaits: false) != [1, 2])
    }
}
