import ConsiliumCore
import Foundation
import Testing

@testable import Deidentification

@Suite("The tagger's kernels")
struct TaggerKernelTests {
    private static let text = """
        NAME: Zorgiebel, Anouk  MRN# 00-4417 seen 3/4/2021 by Dr. Roe.
        Plan: recheck BP 120/80, call (312) 555-0142!
        """

    @Test("scores and probabilities agree with the equations", arguments: [false, true], 0..<6)
    func agreement(_ begins: Bool, _ seed: Int) throws {
        let model = TaggerFixtures.random(UInt64(seed), begins: begins, text: Self.text)
        let text = ScalarText(Self.text)
        let features = TaggerFeatures(text, candidates: [], words: .none)
        let expected = ChainReference.scores(model, features)
        let scores = model.scores(features, text.tokens.count)
        for (token, row) in expected.enumerated() {
            for (label, value) in row.enumerated() {
                #expect(abs(Double(scores[token * model.labels.stride + label]) - value) < 1e-4)
            }
        }
        let reference = ChainReference.marginals(
            scores: expected, labels: model.labels, transitions: model.transitions, start: model.start)
        let marginals = model.marginals(features)
        for (token, row) in reference.marginals.enumerated() {
            for (label, value) in row.enumerated() {
                #expect(abs(Double(marginals[token * model.labels.stride + label]) - value) < 1e-4)
            }
        }
    }

    @Test("a restriction of labels is kept, and the partition function with it", arguments: [false, true])
    func restriction(_ begins: Bool) throws {
        let model = TaggerFixtures.random(9, begins: begins, text: Self.text)
        let text = ScalarText(Self.text)
        let features = TaggerFeatures(text, candidates: [], words: .none)
        var masks = [UInt64](repeating: .max, count: text.tokens.count)
        masks[2] = 1 << UInt64(model.labels.begin(1))
        masks[3] = 1
        let chain = ExponentiatedTransitions(
            labels: model.labels, transitions: model.transitions, start: model.start)
        var logarithm = 0.0
        let marginals = try #require(
            chain.marginals(
                scores: model.scores(features, text.tokens.count), tokens: text.tokens.count, allowed: masks,
                likelihood: &logarithm))
        let reference = ChainReference.marginals(
            scores: ChainReference.scores(model, features), labels: model.labels, transitions: model.transitions,
            start: model.start, allowed: masks)
        #expect(abs(logarithm - reference.logarithm) < 1e-3)
        #expect(abs(marginals[3 * model.labels.stride] - 1) < 1e-5)
        for (token, row) in reference.marginals.enumerated() {
            #expect(abs(row.reduce(0, +) - 1) < 1e-9)
            for (label, value) in row.enumerated() {
                #expect(abs(Double(marginals[token * model.labels.stride + label]) - value) < 1e-4)
            }
        }
    }

    @Test("where no sequence is allowed, there are no probabilities")
    func impossible() {
        let labels = ChainLabels(kinds: [.name], marksBegins: true)
        let chain = ExponentiatedTransitions(
            labels: labels, transitions: [Float](repeating: 0, count: 9), start: [0, 0, 0])
        let scores = [Float](repeating: 0, count: 2 * labels.stride)
        // Inside can't follow outside.
        #expect(chain.marginals(scores: scores, tokens: 2, allowed: [1, 2]) == nil)
        #expect(chain.marginals(scores: scores, tokens: 2, allowed: [4, 2]) != nil)
        #expect(chain.marginals(scores: scores, tokens: 3) == nil)
    }

    @Test("no token has more features than there is room for", arguments: 0..<30)
    func bound(_ seed: Int) {
        var generator = ReproducibleGenerator(seed: UInt64(seed), label: "feature bound")
        var text = ""
        for _ in 0..<400 {
            text.unicodeScalars.append(Unicode.Scalar(UInt32(generator.next() % 0x3000)) ?? "x")
        }
        let scanned = ScalarText(text + " May Jackson Center St. mo pt MD")
        let features = TaggerFeatures(
            scanned, candidates: IdentifierDetector.ruleCandidates(scanned, language: "en"),
            words: TaggerFixtures.words)
        #expect(features.offsets.count == scanned.tokens.count + 1)
        #expect(Int(features.offsets.last ?? 0) == features.buckets.count)
        #expect(zip(features.offsets, features.offsets.dropFirst()).allSatisfy { $1 - $0 <= TaggerFeatures.most })
        #expect(features.buckets.allSatisfy { $0 < 1 << UInt32(FeatureHash.bucketBits) })
    }
}
