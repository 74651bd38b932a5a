import Foundation
import LanguageModels
import Testing

@Suite("Choosing the next token")
struct TokenSamplerTests {
    /// Logarithms of 0.5, 0.25, 0.15, 0.1, not in order.
    static let logits: [Float] = [0.15, 0.5, 0.1, 0.25].map { Float(log($0)) }

    /// How often each token was chosen in `count` draws.
    static func frequencies(_ settings: SamplingSettings, _ logits: [Float], count: Int = 20000) throws -> [Double] {
        var sampler = try TokenSampler(settings)
        var hits = [Double](repeating: 0, count: logits.count)
        for _ in 0..<count { hits[Int(try sampler.next(logits))] += 1 }
        return hits.map { $0 / Double(count) }
    }

    static func settings(
        temperature: Double = 1, topK: Int? = nil, topP: Double = 1, seed: UInt64 = 1
    ) -> SamplingSettings {
        SamplingSettings(temperature: temperature, topK: topK, topP: topP, seed: seed)
    }

    @Test("greedy choice takes the largest logit, the lowest id among equal ones")
    func greedy() throws {
        var sampler = try TokenSampler(SamplingSettings())
        #expect(try sampler.next([-3, 2, 7, 1]) == 2)
        #expect(try sampler.next([-3, 7, 1, 7]) == 1)
        #expect(try sampler.next([0.5, 0.5, 0.5]) == 0)
        #expect(try sampler.next([-.infinity, -9, -.infinity]) == 1)
    }

    @Test(
        "draws follow the distribution that temperature, top-k and top-p leave",
        arguments: [
            (1.0, nil, 1.0, [0.15, 0.5, 0.1, 0.25]),
            // Half the temperature squares the probabilities.
            (0.5, nil, 1.0, [0.0652, 0.7246, 0.0290, 0.1812]),
            (1.0, 2, 1.0, [0, 2.0 / 3, 0, 1.0 / 3]),
            (1.0, 1, 1.0, [0, 1, 0, 0]),
            (1.0, 100, 1.0, [0.15, 0.5, 0.1, 0.25]),
            (1.0, nil, 0.74, [0, 2.0 / 3, 0, 1.0 / 3]),
            (1.0, nil, 0.76, [1.0 / 6, 5.0 / 9, 0, 5.0 / 18]),
            // The nucleus never is empty.
            (1.0, nil, 1e-12, [0, 1, 0, 0]),
            // After top-k 3 the probabilities are 5/9, 5/18, 3/18: two of them have 83 %.
            (1.0, 3, 0.8, [0, 2.0 / 3, 0, 1.0 / 3]),
        ] as [(Double, Int?, Double, [Double])])
    func distribution(temperature: Double, topK: Int?, topP: Double, expected: [Double]) throws {
        let found = try Self.frequencies(
            Self.settings(temperature: temperature, topK: topK, topP: topP), Self.logits)
        for (found, expected) in zip(found, expected) {
            // Five standard deviations of 20,000 draws; impossible tokens never come.
            #expect(abs(found - expected) <= 5 * (expected * (1 - expected) / 20000).squareRoot() + 1e-4)
            if expected == 0 { #expect(found == 0) }
        }
    }

    @Test("among equally likely tokens top-k and top-p keep the lowest ids", arguments: [(3, 1.0), (nil, 0.3)])
    func ties(topK: Int?, topP: Double) throws {
        let found = try Self.frequencies(
            Self.settings(topK: topK, topP: topP), [Float](repeating: 2, count: 10), count: 3000)
        #expect(found.prefix(3).allSatisfy { abs($0 - 1.0 / 3) < 0.05 })
        #expect(found.dropFirst(3).allSatisfy { $0 == 0 })
    }

    @Test("equal logits are drawn evenly")
    func flat() throws {
        let found = try Self.frequencies(Self.settings(), [Float](repeating: -7, count: 8))
        #expect(found.allSatisfy { abs($0 - 0.125) < 0.012 })
    }

    @Test("equal seeds give equal tokens, other seeds others")
    func seeds() throws {
        func tokens(seed: UInt64) throws -> [Int32] {
            var sampler = try TokenSampler(Self.settings(seed: seed))
            return try (0..<64).map { _ in try sampler.next(Self.logits) }
        }
        #expect(try tokens(seed: 3) == tokens(seed: 3))
        #expect(try tokens(seed: 3) != tokens(seed: 4))
    }

    @Test("filters that leave everything change no draw")
    func filtersOff() throws {
        var plain = try TokenSampler(Self.settings())
        var filtered = try TokenSampler(Self.settings(topK: 4))
        for _ in 0..<100 { #expect(try plain.next(Self.logits) == filtered.next(Self.logits)) }
    }

    @Test("excluded tokens are never drawn, however high the temperature", arguments: [1.0, 1e6, 1e300])
    func excluded(temperature: Double) throws {
        let found = try Self.frequencies(
            Self.settings(temperature: temperature), [-.infinity, 1, -.infinity, 1.5], count: 500)
        #expect(found[0] == 0 && found[2] == 0 && found[1] > 0 && found[3] > 0)
    }

    @Test("a tiny temperature is greedy", arguments: [1e-300, Double.leastNonzeroMagnitude])
    func cold(temperature: Double) throws {
        #expect(try Self.frequencies(Self.settings(temperature: temperature), Self.logits, count: 50)[1] == 1)
    }

    @Test("a whole vocabulary is filtered as a sort would")
    func largeVocabulary() throws {
        let logits = (0..<5000).map { Float(($0 * 7919) % 5003) / 500 }
        let order = logits.indices.sorted { logits[$0] > logits[$1] }
        var sampler = try TokenSampler(Self.settings(topK: 20))
        var seen: Set<Int> = []
        for _ in 0..<600 { seen.insert(Int(try sampler.next(logits))) }
        #expect(seen == Set(order.prefix(20)))
    }

    @Test(
        "logits that are no distribution are refused",
        arguments: [[1, .nan, 0], [.nan], [0, .infinity], [-.infinity, -.infinity], []] as [[Float]], [0.0, 1.0])
    func unsound(logits: [Float], temperature: Double) throws {
        var sampler = try TokenSampler(Self.settings(temperature: temperature))
        #expect(throws: LanguageModelsError(.numericalFault, "")) { try sampler.next(logits) }
    }

    @Test(
        "settings that make no sense are refused",
        arguments: [
            SamplingSettings(temperature: -0.1), SamplingSettings(temperature: .nan),
            SamplingSettings(temperature: .infinity), SamplingSettings(topK: 0), SamplingSettings(topK: -1),
            SamplingSettings(topP: 0), SamplingSettings(topP: 1.01), SamplingSettings(topP: .nan),
            SamplingSettings(maximumTokens: -1), SamplingSettings(stopStrings: [""]),
            SamplingSettings(stopStrings: [String](repeating: "x", count: 65)),
            SamplingSettings(stopStrings: [String(repeating: "x", count: 1025)]),
        ])
    func settings(_ settings: SamplingSettings) {
        #expect(throws: LanguageModelsError(.invalidConfiguration, "")) { try settings.validate() }
        #expect(throws: LanguageModelsError(.invalidConfiguration, "")) { try TokenSampler(settings) }
    }
}
