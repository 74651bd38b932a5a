import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import Privacy

@Suite("What right guesses about canaries prove")
struct EmpiricalAuditTests {
    struct Vector: Decodable, Sendable, CustomTestStringConvertible {
        var m: Int
        var r: Int
        var v: Int
        var p: Double
        var delta: Double
        var epsilonLower: Double
        var pAtEps1: Double
        var pAtEps4: Double
        var testDescription: String { "\(v) of \(r), \(m) canaries, delta \(delta)" }
    }
    private struct File: Decodable { var vectors: [Vector] }

    /// The customer's development vectors, if they are there.
    static let shared: [Vector] = {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return SharedData.file("data/dp/audit_vectors.json").flatMap { try? Data(contentsOf: $0) }
            .flatMap { try? decoder.decode(File.self, from: $0).vectors } ?? []
    }()

    @Test("the shared vectors can be read", .enabled(if: SharedData.isPresent, "../shared is absent"))
    func readable() { #expect(Self.shared.count >= 10) }

    @Test("bound and p-values are those of the shared vectors to 1e-6", arguments: shared)
    func vectors(_ vector: Vector) throws {
        let audit = try OneRunAudit(
            canaries: vector.m, guesses: vector.r, errorRate: vector.p, delta: vector.delta)
        #expect(abs(audit.lowerBound(correct: vector.v) - vector.epsilonLower) <= 1e-6)
        #expect(abs(audit.pValue(correct: vector.v, epsilon: 1) - vector.pAtEps1) <= 1e-9)
        #expect(abs(audit.pValue(correct: vector.v, epsilon: 4) - vector.pAtEps4) <= 1e-9)
    }

    @Test(
        "a file of audits is answered like any other question",
        .enabled(if: SharedData.isPresent, "../shared is absent"))
    func file() throws {
        let data = try Data(contentsOf: #require(SharedData.file("data/dp/audit_vectors.json")))
        let answers = try PrivacyVectors(json: data).evaluate()
        #expect(answers.unanswered.isEmpty && answers.answers.count == Self.shared.count)
        for vector in Self.shared {
            let name = "\(vector.m)/\(vector.r)/\(vector.v)/\(vector.p)/\(vector.delta)"
            #expect(abs(try #require(answers.answers[name]?.value) - vector.epsilonLower) <= 1e-6)
        }
        let named =
            #"{"vectors":[{"id":"a","kind":"audit","m":500,"r":50,"v":50,"p":0.01,"delta":1e-06},{"id":"b","kind":"audit"}]}"#
        let others = try PrivacyVectors(json: Data(named.utf8)).evaluate()
        #expect(others.answers["a"] != nil && others.unanswered["b"]?.contains("“m”") == true)
    }

    @Test("without delta all guesses right bound epsilon by the p-th root alone", arguments: [20, 100, 1000])
    func closedForm(guesses: Int) throws {
        let audit = try OneRunAudit(canaries: 10 * guesses, guesses: guesses, delta: 0)
        // q^r = p.
        let q = exp(log(0.05) / Double(guesses))
        #expect(abs(audit.ceiling - log(q / (1 - q))) < 1e-9 * audit.ceiling)
    }

    @Test("the bound grows with right guesses, shrinks with delta, and nothing is shown by half of them")
    func monotone() throws {
        let audit = try OneRunAudit(canaries: 1000, delta: 1e-5)
        #expect(audit.guesses == 100)
        let bounds = (0...100).map { audit.lowerBound(correct: $0) }
        #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(bounds[50] == 0 && bounds[0] == 0 && bounds[100] > 3.4)
        let loose = try OneRunAudit(canaries: 1000, delta: 1e-3)
        #expect(loose.lowerBound(correct: 95) < bounds[95])
        #expect(audit.lowerBound(correct: 101) <= 1024)
    }

    @Test("a p-value is a number from 0 to 1 for every count and epsilon")
    func range() throws {
        for guesses in [2, 40, 2000] {
            let audit = try OneRunAudit(canaries: 2000, guesses: guesses, delta: 1e-5)
            for correct in [-1, 0, 1, guesses / 2, guesses - 1, guesses, guesses + 1] {
                for epsilon in [0, 0.5, 4, 40, 800] {
                    let value = audit.pValue(correct: correct, epsilon: epsilon)
                    #expect(value >= 0 && value <= 1, "\(correct) of \(guesses) at \(epsilon)")
                }
            }
        }
    }

    @Test(
        "senseless plans are refused with a sentence",
        arguments: [
            (0, 1, 0.05, 1e-5), (100, 101, 0.05, 1e-5), (100, 0, 0.05, 1e-5), (100, 10, 0, 1e-5),
            (100, 10, 1, 1e-5), (100, 10, 0.05, -1), (100, 10, 0.05, 1), (100, 10, .nan, 0), (100, 10, 0.1, .nan),
            (1_000_000, 10, 0.05, 1e-5),
        ])
    func refused(canaries: Int, guesses: Int, errorRate: Double, delta: Double) {
        let error = #expect(throws: PrivacyError(.invalidParameter, "")) {
            try OneRunAudit(canaries: canaries, guesses: guesses, errorRate: errorRate, delta: delta)
        }
        #expect(error?.message.hasSuffix(".") == true)
        let json = """
            {"canaries":\(canaries),"guesses":\(guesses),"errorRate":\(errorRate),"delta":\(delta)}
            """
        #expect(throws: (any Error).self) { try CanonicalJSON.decode(OneRunAudit.self, from: Data(json.utf8)) }
    }
}

@Suite("Guessing from scores")
struct CanaryOutcomeTests {
    /// Scores of canaries that shift by `effect` standard deviations when they were trained on.
    private func outcome(effect: Double, canaries: Int = 1000, seed: UInt64) throws -> CanaryOutcome {
        var generator = ReproducibleGenerator(seed: seed)
        let included = (0..<canaries).map { _ in generator.next() & 1 == 1 }
        let scores = included.map { isIn in
            let radius = (-2 * log(1 - generator.unit())).squareRoot()
            return radius * cos(2 * .pi * generator.unit()) + (isIn ? effect : 0)
        }
        return try CanaryOutcome(OneRunAudit(canaries: canaries, delta: 1e-5), scores: scores, included: included)
    }

    @Test("the highest scores are guessed in, the lowest out, the middle not at all")
    func rule() throws {
        let audit = try OneRunAudit(canaries: 8, guesses: 4, delta: 0)
        let scores = [8.0, 7, 6, 5, 4, 3, 2, 1]
        func correct(_ coins: [Int]) throws -> Int {
            try CanaryOutcome(audit, scores: scores, included: coins.map { $0 == 1 }).correct
        }
        #expect(try correct([1, 1, 0, 0, 0, 0, 0, 0]) == 4)
        #expect(try correct([1, 1, 1, 1, 1, 1, 0, 0]) == 4)
        #expect(try correct([0, 1, 1, 1, 1, 1, 0, 1]) == 2)
        #expect(try correct([0, 0, 1, 1, 0, 0, 1, 1]) == 0)
        // Equal scores are ordered by their place.
        let even = try CanaryOutcome(
            audit, scores: [Double](repeating: 1, count: 8),
            included: [true, true, false, false, true, true, true, false])
        #expect(even.correct == 3)
    }

    @Test("canaries that leave no trace show nothing in 95 of 100 audits, whatever the scores")
    func noEffect() throws {
        let flagged = try (0..<200).count { try outcome(effect: 0, seed: UInt64($0)).lowerBound > 0 }
        #expect(flagged <= 16)
        let exposures = try (0..<50).map { try outcome(effect: 0, seed: UInt64($0)).exposure }
        #expect(abs(exposures.reduce(0, +) / 50 - 1.44) < 0.15)
    }

    @Test("canaries that stand out are all found, with the exposure and the rate at their ceilings")
    func fullEffect() throws {
        let found = try outcome(effect: 20, seed: 1)
        let audit = try OneRunAudit(canaries: 1000, delta: 1e-5)
        #expect(found.correct == 100 && found.lowerBound == audit.ceiling)
        #expect(found.truePositiveRate == 1 && found.exposure == found.exposureCeiling)
        #expect(found.exposureCeiling > 8.8 && found.exposureCeiling < 9.1)
    }

    @Test("an effect of one deviation lies in between: the rate at one false positive in a hundred is Φ(1 − 2.33)")
    func someEffect() throws {
        let rates = try (0..<20).map { try outcome(effect: 1, canaries: 4000, seed: UInt64($0)).truePositiveRate }
        #expect(abs(rates.reduce(0, +) / 20 - 0.0924) < 0.02)
    }

    @Test("scores that are no numbers, and other counts than planned, are refused")
    func refused() throws {
        let audit = try OneRunAudit(canaries: 4, guesses: 2, delta: 0)
        let coins = [true, false, true, false]
        for scores in [[1.0, 2, 3], [1, 2, 3, .nan], [1, 2, 3, .infinity], []] {
            #expect(throws: PrivacyError(.invalidParameter, "")) {
                try CanaryOutcome(audit, scores: scores, included: coins)
            }
        }
        #expect(throws: PrivacyError(.invalidParameter, "")) {
            try CanaryOutcome(audit, scores: [1, 2, 3, 4], included: [true])
        }
    }

    @Test("without trained or without other canaries there is an outcome still")
    func oneSided() throws {
        let audit = try OneRunAudit(canaries: 4, guesses: 2, delta: 0)
        let none = try CanaryOutcome(audit, scores: [4, 3, 2, 1], included: [false, false, false, false])
        #expect(none.truePositiveRate == 0 && none.exposure == 0 && none.correct == 1)
        let all = try CanaryOutcome(audit, scores: [4, 3, 2, 1], included: [true, true, true, true])
        #expect(all.truePositiveRate == 1 && all.exposureCeiling == 0)
    }
}
