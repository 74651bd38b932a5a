import ConsiliumCore
import Foundation
import Testing

@testable import Evaluation

/// Every score against the package that defines it; scripts/evaluation/metric_vectors.py wrote the values.
@Suite("Scores equal those of the packages that define them")
struct MetricVectorTests {
    struct Vectors: Decodable {
        struct Item: Decodable {
            var prediction: String
            var references: [String]
            var rouge: [[Double]]
            var rougeStemmed: [[Double]]
            var rougeTokens: [String]
            var tokens13a: [String]
            var bleu: Double
            var chrf: Double
            var f1: Double
            var exact: Double
            var squadText: String
            var words: [String]
            var lower: String

            enum CodingKeys: String, CodingKey {
                case prediction, references, rouge, bleu, chrf, f1, exact, words, lower
                case rougeStemmed = "rouge_stemmed"
                case rougeTokens = "rouge_tokens"
                case tokens13a = "tokens_13a"
                case squadText = "squad_text"
            }
        }

        struct Corpus: Decodable {
            var start: Int
            var count: Int
            var bleu: Double
            var chrf: Double
        }

        struct Classification: Decodable {
            var classes: Int
            var scores: [[Double]]
            var labels: [Int]
            var accuracy: Double
            var macro: Double
            var micro: Double
            var auroc: Double

            enum CodingKeys: String, CodingKey {
                case classes, scores, labels, accuracy, auroc
                case macro = "f1_macro"
                case micro = "f1_micro"
            }
        }

        var items: [Item]
        var corpora: [Corpus]
        var stems: [String: String]
        var classifications: [Classification]
    }

    static let vectors = Result { try VectorFile.load("metrics", as: Vectors.self) }
    let items: [Vectors.Item]

    init() throws { items = try Self.vectors.get().items }

    /// The same scalars; Swift's own equality would call texts equal that only look alike.
    private func same(_ left: String, _ right: String) -> Bool {
        left.unicodeScalars.elementsEqual(right.unicodeScalars)
    }

    @Test("words and lower case are Python's, scalar by scalar")
    func text() {
        for item in items {
            #expect(PythonText.words(item.prediction) == item.words.map { PythonText.Word($0) })
            #expect(same(PythonText.lowercased(item.prediction), item.lower))
        }
    }

    @Test("words of all shapes have NLTK's stems")
    func stems() throws {
        let stems = try Self.vectors.get().stems
        #expect(stems.count > 3000)
        let stemmer = PorterStemmer()
        for (word, stem) in stems { #expect(stemmer.stem(word) == stem, "\(word)") }
    }

    @Test("ROUGE-1, -2 and -L, with and without stems", arguments: [false, true])
    func rouge(stemming: Bool) {
        let scorer = RougeScorer(stemming: stemming)
        for item in items {
            let found = scorer.score(item.prediction, references: item.references)
            let expected = stemming ? item.rougeStemmed : item.rouge
            for (score, values) in zip([found.rouge1, found.rouge2, found.rougeL], expected) {
                #expect([score.precision, score.recall, score.fMeasure] == values)
            }
            if stemming { #expect(scorer.tokens(item.prediction) == item.rougeTokens) }
        }
    }

    @Test("the tokenizer 13a")
    func translationTokens() {
        for item in items {
            #expect(TranslationTokenizer.words(item.prediction) == item.tokens13a.map { PythonText.Word($0) })
        }
    }

    @Test("BLEU and chrF of single texts with one and more references")
    func single() {
        for item in items {
            #expect(TranslationScore(prediction: item.prediction, references: item.references).value == item.bleu)
            let character = CharacterScore(prediction: item.prediction, references: item.references).value
            #expect(abs(character - item.chrf) < 1e-12 * max(1, item.chrf))
        }
    }

    @Test("BLEU and chrF of corpora")
    func corpora() throws {
        for corpus in try Self.vectors.get().corpora {
            let results = items[corpus.start..<corpus.start + corpus.count].enumerated().map {
                GenerationResult(
                    unit: "\($0.offset)", prediction: $0.element.prediction,
                    references: Array($0.element.references.prefix(1)))
            }
            let summary = try ScoreSheet(results).summary()
            let bleu = try #require(summary["bleu"]), chrf = try #require(summary["chrf"])
            #expect(abs(bleu.value - corpus.bleu) < 1e-12 * corpus.bleu)
            #expect(abs(chrf.value - corpus.chrf) < 1e-12 * corpus.chrf)
            #expect(bleu.lower < bleu.value && bleu.value < bleu.upper)
        }
    }

    @Test("token F1 and exact match")
    func answers() {
        for item in items {
            let found = AnswerMatch(prediction: item.prediction, references: item.references)
            #expect(AnswerMatch.tokens(item.prediction) == PythonText.words(item.squadText))
            #expect(found.exact == item.exact)
            // The package computes in float32.
            #expect(abs(found.f1 - item.f1) < 1e-6)
        }
    }

    @Test("accuracy, F1 and the area under the curve, with ties")
    func classification() throws {
        for vector in try Self.vectors.get().classifications {
            let results = zip(vector.scores, vector.labels).enumerated().map {
                ClassificationResult(unit: "\($0.offset)", scores: $0.element.0, label: $0.element.1)
            }
            let summary = try ScoreSheet(results, classes: vector.classes).summary()
            for (name, expected) in [
                ("accuracy", vector.accuracy), ("f1_macro", vector.macro), ("f1_micro", vector.micro),
                ("auroc", vector.auroc),
            ] {
                #expect(abs(try #require(summary[name]).value - expected) < 1e-12, "\(name)")
            }
        }
    }

    @Test("random texts of any scalars never trap, and a text equals itself")
    func fuzz() {
        var generator = ReproducibleGenerator(seed: 77)
        let scorer = RougeScorer(stemming: true)
        for _ in 0..<400 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...40, using: &generator) {
                let limit: UInt32 = Bool.random(using: &generator) ? 0x80 : 0x1_10000
                text.append(Unicode.Scalar(UInt32.random(in: 0..<limit, using: &generator)) ?? " ")
            }
            let given = String(text)
            let match = AnswerMatch(prediction: given, references: [given])
            #expect(match.exact == 1 && match.f1 == 1)
            let score = scorer.score(given, references: [given]).rouge1.fMeasure
            #expect(score == 1 || scorer.tokens(given).isEmpty)
            let bleu = TranslationScore(prediction: given, references: [given]).value
            #expect(bleu >= 0 && bleu < 100.0001)
            #expect(CharacterScore(prediction: given, references: [given]).value <= 100)
            _ = SupportCheck(text: given, source: given)
        }
    }
}
