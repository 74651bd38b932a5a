internal import ConsiliumCore
internal import FineTuning
internal import Foundation
internal import LanguageModels

/// What one step of a benchmark works on: sequences of given lengths, new random tokens in every step.
struct BenchWork {
    let configuration: ModelConfiguration
    /// Tokens of every sequence.
    let lengths: [Int]
    /// Of every sequence the last ones are supervised, as an answer behind its prompt.
    let supervised: [Int]

    /// - Parameters:
    ///   - lengths: if given, the lengths are the expected order statistics of `batch` uniform draws from this range: the
    ///     k-th of B is at k / (B + 1) of the way. That is the average batch of mixed lengths, the same in every run, and
    ///     it needs no random numbers that a peer in another language would have to repeat.
    ///   - fraction: share of each sequence's tokens that is supervised, rounded to nearest, at least one.
    init(
        configuration: ModelConfiguration, batch: Int, sequence: Int, lengths range: ClosedRange<Int>?, fraction: Double
    ) {
        self.configuration = configuration
        if let range {
            let span = Double(range.upperBound - range.lowerBound)
            lengths = (1...batch).map { number in
                range.lowerBound + Int((span * Double(number) / Double(batch + 1) + 0.5).rounded(.down))
            }
        } else {
            lengths = [Int](repeating: sequence, count: batch)
        }
        supervised = lengths.map { length in max(1, min(length, Int((fraction * Double(length) + 0.5).rounded(.down))))
        }
    }

    var tokens: Int { lengths.reduce(0, +) }
    var supervisedTokens: Int { supervised.reduce(0, +) }

    /// A batch of tokens drawn uniformly from the vocabulary.
    func batch(using generator: inout ReproducibleGenerator) -> [TrainingSequence] {
        zip(lengths, supervised).map { length, supervised in
            let ids = (0..<length).map { _ in
                Int32.random(in: 0..<Int32(configuration.vocabularySize), using: &generator)
            }
            let labels = ids.enumerated().map { $0.offset < length - supervised ? TokenSequence.ignored : $0.element }
            return TrainingSequence(inputIDs: ids, labels: labels)
        }
    }

    /// The arithmetic of one LoRA training step that cannot be avoided, in FLOP; a multiplication and an addition are two.
    ///
    ///     frozen weights   2·N·T forward, 2·N·T for the gradient of the input; none for the weights. The head counts at
    ///                      supervised positions only; q, k and v of the first layer need no gradient of their input.
    ///     LoRA             2·r·(in + out)·T forward, twice that backward
    ///     attention        the causal half: 2·S²·H·D forward a layer and sequence, twice that backward
    ///
    /// Recomputation does not count: an engine that recomputes shows a smaller share of the peak. With every token
    /// supervised this is `floor_flops` of the peers' scripts.
    func floorFLOP(rank: Int) -> Double {
        let hidden = Double(configuration.hiddenSize)
        let query = Double(configuration.queryWidth)
        let keyValue = Double(configuration.keyValueWidth)
        let inner = Double(configuration.intermediateSize)
        let layers = Double(configuration.layers)
        let tokens = Double(tokens)
        let linears = [
            (hidden, query), (hidden, keyValue), (hidden, keyValue), (query, hidden), (hidden, inner), (hidden, inner),
            (inner, hidden),
        ]
        let block = linears.reduce(0) { $0 + $1.0 * $1.1 }
        let first = linears.prefix(3).reduce(0) { $0 + $1.0 * $1.1 }
        let frozen = 4 * tokens * layers * block - 2 * tokens * first
        let head = 4 * Double(supervisedTokens) * hidden * Double(configuration.vocabularySize)
        let lora = 6 * Double(rank) * tokens * layers * linears.reduce(0) { $0 + $1.0 + $1.1 }
        let attention = 6 * layers * query * lengths.reduce(0) { $0 + Double($1) * Double($1) }
        return frozen + head + lora + attention
    }
}
