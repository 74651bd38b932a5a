import FineTuning
import LanguageModels
import Testing

@Suite("Masked tokens")
struct MaskedTokensTests {
    private let masked = MaskedTokens(maskID: 3, vocabulary: 100, isSpecial: { $0 < 10 })
    private let ids: [Int32] = [1] + (0..<20000).map { 10 + Int32($0 % 90) } + [2]

    @Test("15 % are to be found again: 80 % of them behind the mask, 10 % replaced, 10 % unchanged")
    func shares() {
        let sequence = masked.sequence(ids, seed: 1, label: "a")
        let chosen = ids.indices.filter { sequence.labels[$0] != -100 }
        let hidden = chosen.count { sequence.inputIDs[$0] == 3 }
        let kept = chosen.count { sequence.inputIDs[$0] == ids[$0] }
        #expect(abs(Double(chosen.count) / 20000 - 0.15) < 0.015)
        #expect(abs(Double(hidden) / Double(chosen.count) - 0.8) < 0.04)
        #expect(abs(Double(kept) / Double(chosen.count) - 0.101) < 0.03)
        #expect(chosen.allSatisfy { sequence.labels[$0] == ids[$0] })
        #expect(ids.indices.allSatisfy { sequence.labels[$0] != -100 || sequence.inputIDs[$0] == ids[$0] })
    }

    @Test("special tokens are never chosen, and at least one other is")
    func special() {
        for seed in 0..<200 {
            let sequence = masked.sequence([1, 50, 2], seed: UInt64(seed), label: "b")
            #expect(sequence.labels == [-100, 50, -100])
        }
        #expect(masked.sequence([1, 2], seed: 0, label: "c").labels == [-100, -100])
        #expect(masked.sequence([], seed: 0, label: "c").labels.isEmpty)
    }

    @Test("the same seed and label choose the same, others choose others")
    func repeatable() {
        let first = masked.sequence(ids, seed: 1, label: "a")
        #expect(masked.sequence(ids, seed: 1, label: "a") == first)
        #expect(masked.sequence(ids, seed: 2, label: "a") != first)
        #expect(masked.sequence(ids, seed: 1, label: "b") != first)
    }
}
