import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@Suite("Repeatable randomness")
struct ReproducibleGeneratorTests {
    private func values(_ generator: ReproducibleGenerator, _ count: Int) -> [UInt64] {
        var generator = generator
        return (0..<count).map { _ in generator.next() }
    }

    @Test("the values are those of SplitMix64 as published")
    func publishedValues() {
        #expect(
            values(ReproducibleGenerator(seed: 0), 3)
                == [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f])
        #expect(
            values(ReproducibleGenerator(seed: 1_234_567), 5)
                == [
                    6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                    4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
                ])
    }

    @Test("labelled sequences are pinned: a change would change every adapter and every sample report")
    func pinnedLabels() {
        #expect(
            values(ReproducibleGenerator(seed: 1, label: "batches"), 2)
                == [0x0a16_fb08_ce5a_d80b, 0xac56_ccaf_94ab_c51f])
        #expect(
            values(ReproducibleGenerator(seed: 2, label: "batches"), 2)
                == [0x57f2_7b95_7e26_2fa6, 0x5408_e5f3_9deb_fac2])
        #expect(
            values(ReproducibleGenerator(seed: 1, label: ""), 2)
                == [0xde75_3b80_1857_dfbe, 0xd26c_9ce5_ac84_7e97])
    }

    @Test("labels and seeds give sequences that share nothing")
    func independence() {
        var seen: Set<UInt64> = []
        for seed in 0..<4 as Range<UInt64> {
            for label in ["", "a", "b", "ab", "ba", "round-1", "round-2"] {
                seen.formUnion(values(ReproducibleGenerator(seed: seed, label: label), 100))
            }
        }
        #expect(seen.count == 4 * 7 * 100)
    }

    @Test("a stored generator goes on where it stopped")
    func resumption() throws {
        var generator = ReproducibleGenerator(seed: 9, label: "shuffle")
        _ = generator.next()
        let stored = try CanonicalJSON.encode(generator)
        let restored = try CanonicalJSON.decode(ReproducibleGenerator.self, from: stored)
        #expect(restored == generator)
        #expect(values(restored, 10) == values(generator, 10))
    }

    @Test("numbers in [0, 1) are uniform")
    func unit() {
        var generator = ReproducibleGenerator(seed: 4)
        let values = (0..<20_000).map { _ in generator.unit() }
        #expect(values.allSatisfy { (0..<1).contains($0) })
        let counts = Dictionary(grouping: values) { Int($0 * 10) }.mapValues(\.count)
        #expect(counts.count == 10)
        // Each bin has 2,000 on average with a standard deviation of 42.
        #expect(counts.values.allSatisfy { (1800...2200).contains($0) })
    }

    @Test("the system's randomness fills all of what it is given, and differs each time")
    func systemRandom() throws {
        #expect(try SystemRandom().bytes(0).isEmpty)
        let first = try SystemRandom().bytes(4096)
        #expect(try first != SystemRandom().bytes(4096))
        #expect(Set(first).count > 200)
        #expect(Set(first.suffix(64)).count > 30)
    }

    @Test("a source that fails throws instead of handing out what it has")
    func failingRandom() throws {
        let random = FailingRandom(afterBytes: 40)
        #expect(try random.bytes(32).count == 32)
        #expect(throws: CoreError(.randomnessUnavailable, "")) { try random.bytes(32) }
    }
}
