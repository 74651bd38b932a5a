import ConsiliumCore
import Foundation
import Testing

@testable import Evaluation

@Suite("Perplexity")
struct PerplexityEvaluationTests {
    private static func document(_ unit: String, tokens: Int, bytes: Int) -> EvaluationDocument {
        EvaluationDocument(unit: unit, ids: (0..<Int32(tokens)).map { $0 }, utf8Bytes: bytes)
    }

    /// A model for which every token costs the same.
    private static func constant(_ nats: Double) -> PerplexityEvaluation.Scorer {
        { windows in windows.map { (Double($0.count - 1) * nats, $0.count - 1) } }
    }

    @Test(
        "windows overlap by one token, and every token but the first is predicted once",
        arguments: [(2, 4), (5, 4), (6, 4), (9, 4), (10, 4), (100, 7), (3, 1)])
    func windows(count: Int, length: Int) {
        let windows = Self.document("a", tokens: count, bytes: 1).windows(of: length)
        #expect(windows.flatMap { $0.dropFirst() } == (1..<Int32(count)).map { $0 })
        #expect(windows.allSatisfy { $0.count >= 2 && $0.count <= length + 1 })
        for (left, right) in zip(windows, windows.dropFirst()) { #expect(left.last == right.first) }
    }

    @Test("a model that finds all of 512 tokens equally likely has the perplexity 512")
    func uniform() throws {
        let documents = (0..<8).map { Self.document("p\($0)", tokens: 21, bytes: 45) }
        let summary = try PerplexityEvaluation(windowTokens: 8, documentsPerCall: 3)
            .run(documents, score: Self.constant(log(512))).summary()
        #expect(abs(summary.perplexity.value - 512) < 1e-9)
        // 20 tokens of 9 bits in 45 bytes.
        #expect(abs(summary.bitsPerByte.value - 4) < 1e-12)
        #expect(summary.tokens == 160 && summary.utf8Bytes == 360 && summary.documents == 8 && summary.units == 8)
        #expect(abs(summary.perplexity.upper - summary.perplexity.lower) < 1e-9)
    }

    @Test("long documents weigh by their tokens, not each the same")
    func weights() throws {
        let result = PerplexityResult(scores: [
            .init(unit: "a", nats: 10, tokens: 10, utf8Bytes: 20),
            .init(unit: "b", nats: 180, tokens: 90, utf8Bytes: 80),
        ])
        let summary = try result.summary(.init(minimumDocuments: 2))
        #expect(abs(summary.perplexity.value - exp(1.9)) < 1e-12)
        #expect(abs(summary.bitsPerByte.value - 1.9 / M_LN2) < 1e-12)
    }

    @Test("empty documents are passed over and counted")
    func empty() throws {
        let documents = [
            Self.document("a", tokens: 5, bytes: 9), Self.document("b", tokens: 2, bytes: 0),
            Self.document("c", tokens: 1, bytes: 3),
        ]
        let result = try PerplexityEvaluation().run(documents, score: Self.constant(1))
        #expect(result.scores.count == 1 && result.skippedDocuments == 2)
        #expect(throws: EvaluationError(.invalidInput, "")) {
            try PerplexityEvaluation().run(Array(documents.dropFirst()), score: Self.constant(1))
        }
    }

    @Test("an aggregate of too few patients is refused, however many documents they have")
    func minimum() throws {
        let documents = (0..<40).map { Self.document("p\($0 % 4)", tokens: 5, bytes: 9) }
        let result = try PerplexityEvaluation().run(documents, score: Self.constant(1))
        #expect(throws: EvaluationError(.tooFewDocuments, "")) { try result.summary(.init(minimumDocuments: 5)) }
        #expect(try result.summary(.init(minimumDocuments: 4)).units == 4)
    }

    @Test("a loss that is no number, or losses for other tokens, is an error")
    func invalidLosses() {
        let documents = [Self.document("secret", tokens: 5, bytes: 9)]
        let scorers: [PerplexityEvaluation.Scorer] = [
            { $0.map { (Double.nan, $0.count - 1) } }, { $0.map { (Double.infinity, $0.count - 1) } },
            { $0.map { (-1, $0.count - 1) } }, { $0.map { (1, $0.count) } }, { _ in [] },
        ]
        for score in scorers {
            #expect(throws: EvaluationError(.invalidLoss, "")) {
                try PerplexityEvaluation().run(documents, score: score)
            }
        }
    }

    @Test("settings that make no sense are refused", arguments: [(0, 1), (-3, 1), (1, 0)])
    func settings(window: Int, documents: Int) {
        #expect(throws: EvaluationError(.invalidInput, "")) {
            try PerplexityEvaluation(windowTokens: window, documentsPerCall: documents)
                .run([Self.document("a", tokens: 3, bytes: 2)], score: Self.constant(1))
        }
    }

    @Test("what may be shown holds no document")
    func encoding() throws {
        let documents = (0..<6).map { Self.document("patient-\($0)", tokens: 5, bytes: 9) }
        let summary = try PerplexityEvaluation().run(documents, score: Self.constant(1)).summary()
        let text = String(decoding: try CanonicalJSON.encode(summary), as: UTF8.self)
        #expect(!text.contains("patient-"))
        #expect(try CanonicalJSON.decode(PerplexitySummary.self, from: Data(text.utf8)) == summary)
    }
}
