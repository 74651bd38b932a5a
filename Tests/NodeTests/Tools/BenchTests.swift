import ConsiliumCore
import FineTuning
import Foundation
import LanguageModels
import Testing

@testable import Node

@Suite("Benchmarks", .serialized)
struct BenchTests {
    static func request(_ change: (inout BenchRequest) throws -> Void = { _ in }) rethrows -> BenchRequest {
        var request = BenchRequest()
        request.shape = .tiny
        request.batch = 3
        request.sequence = 24
        request.steps = 2
        request.promptTokens = 5
        request.newTokens = 6
        try change(&request)
        return request
    }

    static func keys(_ value: some Encodable) throws -> Set<String> {
        let object = try JSONSerialization.jsonObject(with: CanonicalJSON.encode(value))
        return Set(try #require(object as? [String: Any]).keys)
    }

    @Test(
        "the necessary arithmetic is that of the peers' script",
        arguments: [
            (.smol, 4, 256, 8, 591_881_306_112), (.qwen05, 1, 256, 8, 520_500_543_488),
            (.tinyllama, 2, 128, 16, 1_084_798_009_344), (.tiny, 3, 32, 4, 40_108_032),
        ] as [(BenchShape, Int, Int, Int, Double)])
    func floor(shape: BenchShape, batch: Int, sequence: Int, rank: Int, expected: Double) {
        let work = BenchWork(
            configuration: shape.configuration(), batch: batch, sequence: sequence, lengths: nil, fraction: 1)
        #expect(work.floorFLOP(rank: rank) == expected)
    }

    @Test("the head counts at supervised positions only")
    func supervisedHead() {
        func floor(_ fraction: Double) -> Double {
            BenchWork(
                configuration: BenchShape.tiny.configuration(), batch: 2, sequence: 32, lengths: nil, fraction: fraction
            ).floorFLOP(rank: 1)
        }
        #expect(floor(1) - floor(0.25) == 4 * 48 * 64 * 256)
    }

    @Test("mixed lengths and supervised tokens are those of the peers' script")
    func mixedLengths() {
        let work = BenchWork(
            configuration: BenchShape.tiny.configuration(), batch: 8, sequence: 1, lengths: 32...256, fraction: 0.25)
        #expect(work.lengths == [57, 82, 107, 132, 156, 181, 206, 231])
        #expect(work.supervised == [14, 21, 27, 33, 39, 45, 52, 58])
        #expect(work.tokens == 1152)
    }

    @Test("a batch has random tokens of the vocabulary and labels at the end of each sequence")
    func batch() {
        let work = BenchWork(
            configuration: BenchShape.tiny.configuration(), batch: 2, sequence: 100, lengths: nil, fraction: 0.3)
        var generator = ReproducibleGenerator(seed: 1)
        let batch = work.batch(using: &generator)
        #expect(batch.map(\.inputIDs.count) == [100, 100])
        for sequence in batch {
            #expect(sequence.inputIDs.allSatisfy { (0..<256).contains($0) })
            #expect(Set(sequence.inputIDs).count > 50)
            #expect(sequence.labels.prefix(70).allSatisfy { $0 == TokenSequence.ignored })
            #expect(sequence.labels.suffix(30) == sequence.inputIDs.suffix(30))
        }
        #expect(work.batch(using: &generator) != batch)
    }

    @Test("lengths that are no range are refused", arguments: ["", "5", "9-5", "a-b", "1-2-3", "-3"])
    func lengths(_ text: String) {
        #expect(throws: NodeError(.badInput, "")) { try BenchRequest.lengths(from: text) }
    }

    @Test(
        "settings out of bounds are refused before a model is built",
        arguments: [
            { $0.batch = 0 }, { $0.sequence = 1 }, { $0.sequence = 40000 }, { $0.rank = 0 }, { $0.steps = 0 },
            { $0.warmup = -1 }, { $0.threads = 0 }, { $0.supervised = 0 }, { $0.supervised = 1.1 },
            { $0.supervised = .nan }, { $0.lengths = 1...9 }, { $0.lengths = 9...40000 }, { $0.dtype = .automatic },
            { $0.promptTokens = 0 }, { $0.newTokens = 0 }, { $0.newTokens = .max },
        ] as [@Sendable (inout BenchRequest) -> Void])
    func refused(_ change: @Sendable (inout BenchRequest) -> Void) {
        let request = Self.request(change)
        #expect(throws: NodeError(.badInput, "")) { try BenchTrainService.run(request, progress: { _ in }) }
    }

    @Test("training steps are timed one by one and reported under the keys of the command contract")
    func train() throws {
        let request = Self.request { $0.lengths = 8...32 }
        let outcome = try BenchTrainService.run(request, progress: { _ in })
        #expect(outcome.stepSeconds.count == 2)
        #expect(outcome.stepSeconds.allSatisfy { $0 > 0 })
        // 14, 20 and 26 tokens.
        #expect(abs(outcome.tokensPerSecond * outcome.stepSeconds.median - 60) < 1e-6)
        #expect(outcome.seq == 26)
        #expect(outcome.clock == .cpu)
        #expect(outcome.trainable == 16384)
        #expect(outcome.gemmGflops > 0 && outcome.pctOfPeak > 0 && outcome.gflops > 0)
        #expect(outcome.peakRssMib >= outcome.modelRssMib && outcome.modelRssMib > 1)
        // Random tokens: about ln 256.
        #expect(abs(outcome.lastLoss - 5.9) < 1)
        let contract: Set = [
            "tokens_per_second", "peak_rss_mib", "step_seconds", "gflops", "pct_of_peak", "useful_tokens_per_second",
            "shape", "batch", "seq", "rank", "dtype", "threads", "clock",
        ]
        #expect(try Self.keys(outcome).isSuperset(of: contract))
    }

    @Test("private and ordinary steps are timed in pairs")
    func privacy() throws {
        let outcome = try BenchPrivacyService.run(Self.request(), progress: { _ in })
        #expect(outcome.stepSeconds.count == 2 && outcome.plainStepSeconds.count == 2)
        let ratios = zip(outcome.stepSeconds, outcome.plainStepSeconds).map { $0 / $1 }
        #expect(abs(outcome.timeRatio - ratios.reduce(0, +) / 2) < 1e-9)
        #expect(outcome.extraMib == outcome.peakRssMib - outcome.plainPeakRssMib)
        #expect(
            try Self.keys(outcome).isSuperset(of: ["tokens_per_second", "time_ratio", "extra_mib", "step_seconds"]))
    }

    @Test("decoding is timed without the prompt")
    func decode() throws {
        let outcome = try BenchDecodeService.run(Self.request { $0.newTokens = 200 }, progress: { _ in })
        #expect(outcome.stepSeconds.count == 2)
        #expect(outcome.promptTokens == 5 && outcome.newTokens == 200)
        #expect(abs(outcome.tokensPerSecond * outcome.stepSeconds.median - 1) < 1e-9)
        #expect(try Self.keys(outcome).isSuperset(of: ["tokens_per_second", "peak_rss_mib", "step_seconds", "gflops"]))
    }

    @Test("processor time does not run while the process sleeps, wall time does")
    func clocks() async throws {
        #expect(BenchClock.auto.resolved(threads: 1) == .cpu)
        #expect(BenchClock.auto.resolved(threads: 2) == .wall)
        #expect(BenchClock.wall.resolved(threads: 1) == .wall)
        let wall = BenchClock.wall.now()
        try await Task.sleep(for: .milliseconds(60))
        #expect(BenchClock.wall.now() - wall >= 0.06)
        let start = BenchClock.cpu.now()
        var sum = 0.0
        for index in 0..<200_000 { sum += Double(index).squareRoot() }
        #expect(sum > 0)
        #expect(BenchClock.cpu.now() > start)
    }

    /// Memory is the whole process's, and other tests run in it at the same time: an undisturbed moment must come.
    @Test("the peak of resident memory can start again")
    func memory() {
        func touch(megabytes: Int) -> Double {
            let bytes = UnsafeMutableRawPointer.allocate(byteCount: megabytes << 20, alignment: 4096)
            defer { bytes.deallocate() }
            memset(bytes, 1, megabytes << 20)
            return BenchMemory.resident()
        }
        let isSeen = (0..<50).contains { _ in
            let before = BenchMemory.resident()
            let during = touch(megabytes: 200)
            let peak = BenchMemory.peak()
            BenchMemory.resetPeak()
            let after = BenchMemory.peak()
            return before > 0 && during > before + 150 && peak > before + 150 && after < before + 100
        }
        #expect(isSeen)
    }

    @Test("the median of an even number of values is the mean of the two in the middle")
    func median() {
        #expect([3.0, 1, 2].median == 2)
        #expect([4.0, 1, 2, 3].median == 2.5)
        #expect([Double]().median == 0)
    }
}
