import ConsiliumTesting
import Foundation
import LanguageModels
import Synchronization
import Testing
import Tokenizers

@testable import Node

@Suite("Generating text")
struct GenerateServiceTests {
    static func request(
        _ prompt: String = "What are the symptoms of asthma?",
        _ change: (inout GenerateRequest) -> Void = { _ in }
    ) -> GenerateRequest {
        var request = GenerateRequest(model: NodeFixture.demoBase, adapter: nil, prompt: prompt)
        request.sampling.maximumTokens = 24
        change(&request)
        return request
    }

    /// The outcome and the pieces that were shown on the way.
    static func run(_ request: GenerateRequest) throws -> (outcome: GenerateService.Outcome, pieces: [String]) {
        var pieces: [String] = []
        let outcome = try GenerateService.run(request) { pieces.append($0) }
        return (outcome, pieces)
    }

    @Test("the pieces on the way add up to the text, and the same request gives the same text")
    func greedy() throws {
        let (outcome, pieces) = try Self.run(Self.request())
        #expect(pieces.joined() == outcome.text)
        #expect(pieces.count > 1)
        #expect(!outcome.text.isEmpty)
        #expect(outcome.tokens <= 24)
        #expect(outcome.finishReason == (outcome.tokens == 24 ? .length : .stop))
        #expect(outcome.promptTokens > 3)
        #expect(outcome.tokensPerSecond > 0)
        #expect(try Self.run(Self.request()).outcome.text == outcome.text)
    }

    @Test("text is drawn with a seed")
    func seeds() throws {
        func text(seed: UInt64) throws -> String {
            try Self.run(
                Self.request {
                    $0.sampling.temperature = 1.5; $0.sampling.seed = seed
                }
            ).outcome.text
        }
        #expect(try text(seed: 1) == text(seed: 1))
        #expect(try text(seed: 1) != text(seed: 2))
    }

    @Test("the text ends before a stop string, wherever tokens are cut")
    func stopString() throws {
        let whole = try Self.run(Self.request()).outcome.text
        let characters = Array(whole)
        try #require(characters.count > 20)
        let stop = String(characters[8..<13])
        let (outcome, pieces) = try Self.run(Self.request { $0.sampling.stopStrings = ["never said", stop] })
        let end = try #require(whole.range(of: stop)).lowerBound
        #expect(outcome.text == whole[..<end])
        #expect(pieces.joined() == outcome.text)
        #expect(outcome.finishReason == .stop)
        #expect(outcome.tokens < 24)
    }

    @Test("a character of several tokens is shown when it is whole")
    func wholeCharacters() throws {
        let tokenizer = try Tokenizer.load(from: NodeFixture.demoBase)
        let ids = try tokenizer.encode("37 °C – 日本 👩‍⚕️ end")
        var text = GeneratedText(tokenizer: tokenizer, stops: [])
        var pieces = ids.map { text.append($0) }
        #expect(pieces.contains(""))
        pieces.append(text.finish())
        #expect(pieces.allSatisfy { !$0.unicodeScalars.contains("\u{FFFD}") })
        #expect(pieces.joined() == tokenizer.decode(ids))
    }

    @Test("bytes that never become a character are shown at the end")
    func brokenEnd() throws {
        let tokenizer = try Tokenizer.load(from: NodeFixture.demoBase)
        let ids = Array(try tokenizer.encode("日").dropLast())
        var text = GeneratedText(tokenizer: tokenizer, stops: [])
        #expect(ids.map { text.append($0) }.joined() == tokenizer.decode(ids).replacing("\u{FFFD}", with: ""))
        _ = text.finish()
        #expect(text.shown == tokenizer.decode(ids))
    }

    @Test(
        "a request that can't be met is refused with a sentence",
        arguments: [
            { $0.prompt = "" }, { $0.sampling.maximumTokens = 0 }, { $0.threads = 0 },
            { $0.prompt = String(repeating: "word ", count: 40000) },
        ] as [@Sendable (inout GenerateRequest) -> Void])
    func badInput(_ change: @Sendable (inout GenerateRequest) -> Void) {
        #expect(throws: NodeError(.badInput, "")) { try Self.run(Self.request("x", change)) }
    }

    @Test("sampling settings that make no sense are refused before the model is loaded")
    func badSampling() {
        let request = Self.request {
            $0.sampling.topP = 0
            $0.model = URL(fileURLWithPath: "/nowhere")
        }
        #expect(throws: LanguageModelsError(.invalidConfiguration, "")) { try Self.run(request) }
    }

    @Test("an adapter of another base is refused")
    func otherAdapter() throws {
        let folder = try TemporaryFolder()
        let other = ModelConfiguration(
            vocabularySize: 50, hiddenSize: 16, intermediateSize: 32, layers: 1, heads: 2)
        let adapter = try LoRAAdapter(configuration: LoRAConfiguration(rank: 2), for: other, seed: 1)
        try adapter.save(to: folder.path("adapter"), baseModel: "other")
        #expect(throws: LanguageModelsError.self) {
            try Self.run(Self.request { $0.adapter = folder.path("adapter") })
        }
    }
}
