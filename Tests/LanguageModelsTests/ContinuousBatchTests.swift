import ConsiliumCore
import ConsiliumTesting
import Foundation
import Tensors
import Testing

@testable import LanguageModels

@Suite("Texts that are continued together")
struct ContinuousBatchTests {
    /// Grouped heads, several families' positions and norms.
    static let shapes: [ModelConfiguration] = [
        ModelConfiguration(
            vocabularySize: 97, hiddenSize: 32, intermediateSize: 48, layers: 3, heads: 4, keyValueHeads: 2,
            maximumPositions: 4096),
        ModelConfiguration(
            family: .gpt2, vocabularySize: 97, hiddenSize: 32, intermediateSize: 48, layers: 2, heads: 4,
            maximumPositions: 512, norm: .init(.layer, epsilon: 1e-5), activation: .geluTanh, isGated: false,
            positions: .learned(offset: 0)),
    ]

    private func ids(_ count: Int, seed: UInt64, vocabulary: Int = 97) -> [Int32] {
        var generator = ReproducibleGenerator(seed: seed)
        return (0..<count).map { _ in Int32.random(in: 3..<Int32(vocabulary), using: &generator) }
    }

    private func finish(_ batch: ContinuousBatch, _ texts: [ContinuousBatch.TextID]) throws -> [[Int32]] {
        var tokens = [ContinuousBatch.TextID: [Int32]]()
        while batch.count > 0 {
            for item in try batch.step() {
                switch item.state {
                case .token(let token), .lastToken(let token): tokens[item.text, default: []].append(token.token)
                case .stopped: break
                case .failed(let error): throw error
                }
            }
        }
        return texts.map { tokens[$0] ?? [] }
    }

    @Test("each gets the tokens that it gets alone, greedy or drawn", arguments: shapes.indices, [0.0, 0.8])
    func equalsAlone(shape: Int, temperature: Double) throws {
        let model = try LanguageModel.random(Self.shapes[shape], seed: 5)
        let prompts = [ids(7, seed: 1), ids(40, seed: 2), ids(1, seed: 3), ids(19, seed: 4), ids(19, seed: 4)]
        let settings = prompts.indices.map {
            SamplingSettings(maximumTokens: 12 + $0, temperature: temperature, seed: UInt64($0), stopTokens: [])
        }
        let batch = try ContinuousBatch(model: model)
        var texts: [ContinuousBatch.TextID] = []
        // They come one after another, in the middle of each other's work.
        var early: [ContinuousBatch.TextID: [Int32]] = [:]
        for (prompt, settings) in zip(prompts, settings) {
            texts.append(try batch.add(prompt: prompt, settings: settings).text)
            for item in try batch.step() {
                if case .token(let token) = item.state { early[item.text, default: []].append(token.token) }
            }
        }
        let late = try finish(batch, texts)
        for (index, text) in texts.enumerated() {
            let together = (early[text] ?? []) + late[index]
            #expect(try together == model.generate(prompt: prompts[index], settings: settings[index]))
        }
    }

    @Test("the next turn of a conversation computes only what is added")
    func prefix() throws {
        let model = try LanguageModel.random(Self.shapes[0], seed: 6)
        let batch = try ContinuousBatch(model: model)
        let settings = SamplingSettings(maximumTokens: 10, stopTokens: [])
        let first = ids(50, seed: 7)
        let (text, reused) = try batch.add(prompt: first, settings: settings)
        #expect(reused == 0)
        let answer = try finish(batch, [text])[0]
        let second = first + answer + ids(9, seed: 8)
        let (next, known) = try batch.add(prompt: second, settings: settings)
        // All but the last token of the answer, which was never read.
        #expect(known == first.count + answer.count - 1)
        #expect(try finish(batch, [next])[0] == model.generate(prompt: second, settings: settings))
        // Another text with the same beginning.
        let third = Array(first.prefix(30)) + ids(5, seed: 9)
        let (other, shared) = try batch.add(prompt: third, settings: settings)
        #expect(shared >= 30 && shared < 35)
        #expect(try finish(batch, [other])[0] == model.generate(prompt: third, settings: settings))
        // The same prompt once more: all but its last token, whose logits are wanted.
        #expect(try batch.add(prompt: third, settings: settings).reused == third.count - 1)
    }

    @Test("a prompt longer than a step gives the same probabilities as in one pass")
    func longPrompt() throws {
        let model = try LanguageModel.random(Self.shapes[0], seed: 10)
        let prompt = ids(ContinuousBatch.rowsPerStep + 300, seed: 11)
        let batch = try ContinuousBatch(model: model)
        _ = try batch.add(
            prompt: prompt, settings: SamplingSettings(maximumTokens: 1, stopTokens: []), alternatives: 97)
        #expect(try batch.step().isEmpty)
        let progress = try #require(try batch.step().first)
        guard case .lastToken(let token) = progress.state else {
            Issue.record("no last token")
            return
        }
        let logits = try model.logits(ids: prompt).suffix(97).map(Double.init)
        let sum = log(logits.reduce(0) { $0 + exp($1) })
        #expect(token.alternatives.count == 97)
        for item in token.alternatives {
            #expect(abs(item.logProbability - (logits[Int(item.token)] - sum)) < 1e-4)
        }
        #expect(token.alternatives.map(\.logProbability) == token.alternatives.map(\.logProbability).sorted(by: >))
        #expect(token.logProbability == token.alternatives.first { $0.token == token.token }?.logProbability)
    }

    @Test("memory for keys and values is bounded, and kept prefixes give way to texts")
    func bounded() throws {
        let model = try LanguageModel.random(Self.shapes[0], seed: 12)
        let settings = SamplingSettings(maximumTokens: 20, stopTokens: [])
        // A token takes 3 layers · 2 · 16 numbers.
        let limit = 3 * 2 * 16 * 4 * 130
        let batch = try ContinuousBatch(model: model, cacheLimit: limit)
        let first = try batch.add(prompt: ids(40, seed: 1), settings: settings).text
        _ = try batch.add(prompt: ids(40, seed: 2), settings: settings)
        #expect(!batch.hasRoom(prompt: 40, settings: settings))
        #expect(throws: LanguageModelsError(.invalidConfiguration, "")) {
            try batch.add(prompt: ids(40, seed: 3), settings: settings)
        }
        batch.remove(first)
        batch.remove(first)
        #expect(batch.count == 1)
        #expect(batch.hasRoom(prompt: 40, settings: settings))
        _ = try batch.add(prompt: ids(40, seed: 3), settings: settings)
        #expect(batch.count == 2)
    }

    @Test("a stop token ends a text alone, and impossible prompts are refused")
    func ends() throws {
        let model = try LanguageModel.random(Self.shapes[0], seed: 13)
        let batch = try ContinuousBatch(model: model)
        let prompt = ids(12, seed: 14)
        let free = try model.generate(prompt: prompt, settings: SamplingSettings(maximumTokens: 8, stopTokens: []))
        let stop = try #require(free.last)
        let wanted = Array(free.prefix(while: { $0 != stop }))
        let (text, _) = try batch.add(prompt: prompt, settings: SamplingSettings(maximumTokens: 8, stopTokens: [stop]))
        let (other, _) = try batch.add(prompt: prompt, settings: SamplingSettings(maximumTokens: 8, stopTokens: []))
        #expect(try finish(batch, [text, other]) == [wanted, free])
        for bad in [[], [Int32](repeating: 4, count: 4096), [97], [-1]] as [[Int32]] {
            #expect(throws: LanguageModelsError(.invalidTokens, "")) { try batch.add(prompt: bad, settings: .init()) }
        }
        #expect(batch.count == 0)
    }
}
