import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import SecureAggregation

@Suite("Sharing of secrets")
struct SecretSharingTests {
    @Test(
        "any threshold of the shares gives the secret, and one fewer is independent of it", arguments: [1, 2, 3, 7, 43])
    func threshold(_ threshold: Int) throws {
        let random = SeededRandom(seed: UInt64(threshold))
        var generator = ReproducibleGenerator(seed: UInt64(threshold))
        let secret = try random.bytes(32)
        let points = Array(1...(threshold + 5))
        let shares = try SecretSharing.share(secret, threshold: threshold, points: points, random: random)
        for _ in 0..<20 {
            let chosen = points.shuffled(using: &generator).prefix(threshold).map { (point: $0, share: shares[$0 - 1]) }
            #expect(try SecretSharing.combine(chosen) == secret)
            guard threshold > 1 else { continue }
            // Without one of the shares every secret is possible: another value in its place gives another secret.
            let missing = chosen.last?.point ?? 0
            var forged = Array(chosen.dropLast())
            forged.append((point: missing, share: try random.bytes(32)))
            #expect(try SecretSharing.combine(forged) != secret)
        }
    }

    @Test("impossible requests are refused")
    func impossible() throws {
        let random = SeededRandom(seed: 1)
        let cases: [(Data, Int, [Int])] = [
            (Data(), 1, [1]), (Data([1]), 0, [1]), (Data([1]), 3, [1, 2]), (Data([1]), 1, [0]), (Data([1]), 1, [256]),
            (Data([1]), 1, [2, 2]), (Data([1]), 1, [-1]),
        ]
        for (secret, threshold, points) in cases {
            #expect(throws: SecureAggregationError(.invalidParameter, "")) {
                try SecretSharing.share(secret, threshold: threshold, points: points, random: random)
            }
        }
        #expect(throws: SecureAggregationError(.invalidParameter, "")) { try SecretSharing.combine([]) }
        #expect(throws: SecureAggregationError(.invalidParameter, "")) {
            try SecretSharing.combine([(1, Data([1])), (2, Data([1, 2]))])
        }
    }

    @Test("without randomness no share is made")
    func noRandomness() {
        #expect(throws: CoreError.self) {
            try SecretSharing.share(
                Data(count: 32), threshold: 3, points: [1, 2, 3], random: FailingRandom(afterBytes: 63))
        }
    }
}

@Suite("Masks")
struct SecureSumMaskTests {
    private func masks(_ count: Int) throws -> SecureSumMasks {
        let random = SeededRandom(seed: UInt64(count))
        return SecureSumMasks(
            try (0..<count).map { .init(key: try random.bytes(MaskStream.keyLength), isAdded: $0 % 3 != 0) })
    }

    @Test(
        "threads and pieces don't change the result, and the inverse takes it off",
        arguments: [0, 1, 3, 4, 5, 8191, 8192, 8193, 50_000])
    func pieces(words: Int) throws {
        let masks = try masks(5)
        let plain = try SeededRandom(seed: 3).bytes(words * 4)
        var whole = plain
        try masks.apply(to: &whole)
        if words > 0 { #expect(whole != plain) }
        var threaded = plain
        try masks.apply(to: &threaded, threads: 3)
        #expect(threaded == whole)
        var parts = Data()
        for offset in stride(from: 0, to: plain.count, by: 1 << 12) {
            var part = Data(plain[offset..<min(plain.count, offset + 1 << 12)])
            try masks.apply(to: &part, at: offset)
            parts += part
        }
        #expect(parts == whole)
        try masks.inverse.apply(to: &whole, threads: 2)
        #expect(whole == plain)
    }

    @Test("pieces that are cut in the middle of a word or a block are refused")
    func badPieces() throws {
        var data = Data(count: 7)
        #expect(throws: SecureAggregationError(.wrongLength, "")) { try masks(1).apply(to: &data) }
        data = Data(count: 8)
        #expect(throws: SecureAggregationError(.wrongLength, "")) { try masks(1).apply(to: &data, at: 8) }
        #expect(throws: SecureAggregationError(.wrongLength, "")) { try masks(1).apply(to: &data, at: -16) }
    }

    @Test("keys and secrets don't show when a value is printed")
    func silence() throws {
        var simulation = try SecureSumSimulation(clinics: 3)
        _ = try simulation.advance(to: .masked)
        let node = try #require(simulation.nodes[simulation.ids[0]])
        let seeds = try #require(node.current?.seeds)
        let stored = String(decoding: try CanonicalJSON.encode(node), as: UTF8.self)
        #expect(stored.contains(seeds.own.base64EncodedString()))
        for text in ["\(node)", String(reflecting: node), "\(try masks(2))", String(reflecting: try masks(2))] {
            #expect(!text.contains(seeds.own.base64EncodedString()) && !text.contains("key:"))
        }
        var dumped = ""
        dump(node, to: &dumped)
        #expect(!dumped.contains("seeds"))
    }
}
