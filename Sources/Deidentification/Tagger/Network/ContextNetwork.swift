internal import CTaggers
internal import ConsiliumCore
internal import Foundation

/// A small convolutional network (Collobert et al. 2011; Strubell et al. 2017) that scores the labels of each token by the
/// tokens around it. It joins the chain: its scores are added to those of the chain's features.
///
/// It is trained outside of the program, by `scripts/deid/context_network.py`, and is a part of a tagger's file.
public struct ContextNetwork: Sendable {
    /// A residual convolution of the token itself and those `reach` before and behind it.
    struct Layer: Sendable {
        var reach: Int
        /// `[3, channels, channels]`, from row to column.
        var weights: [Float]
        /// `[channels]`
        var bias: [Float]
    }

    let channels: Int
    /// The kinds that it scores, behind outside.
    let kinds: [IdentifierLabel]
    /// The table's `[rows, channels]`, with one scale for each channel, and what is added to the sums.
    let table: [Int8]
    let scale: [Float]
    let bias: [Float]
    let layers: [Layer]
    /// `[channels, 1 + kinds]` and `[1 + kinds]`
    let outWeights: [Float]
    let outBias: [Float]

    /// As it was read, for the files it becomes a part of.
    let file: Data

    /// How many tokens on each side can change a token's scores.
    var reach: Int { layers.reduce(0) { $0 + $1.reach } }

    /// Tokens that are computed together. A text of any length takes the memory of so many.
    static let block = 1024

    /// The last layer for the labels of a chain, each row as long as the chain's.
    struct Head: Sendable {
        /// `[channels, stride]` and `[stride]`
        var weights: [Float]
        var bias: [Float]
    }

    /// - Returns: `nil` if the chain has a kind that the network doesn't know.
    func head(_ labels: ChainLabels) -> Head? {
        let stride = labels.stride
        var head = Head(
            weights: [Float](repeating: 0, count: channels * stride), bias: [Float](repeating: 0, count: stride))
        func copy(_ from: Int, _ to: Int) {
            for channel in 0..<channels {
                head.weights[channel * stride + to] = outWeights[channel * (1 + kinds.count) + from]
            }
            head.bias[to] = outBias[from]
        }
        copy(0, 0)
        for (index, kind) in labels.kinds.enumerated() {
            guard let own = kinds.firstIndex(of: kind) else { return nil }
            copy(1 + own, labels.inside(index))
            copy(1 + own, labels.begin(index))
        }
        return head
    }

    /// `scores[tokens, stride]` become `own` times themselves and `share` times the network's.
    func join(
        _ scores: inout [Float], _ features: NetworkFeatures, head: Head, stride: Int, own: Float, share: Float
    ) {
        let count = features.offsets.count - 1
        guard count > 0, scores.count == count * stride else { return }
        // Zeros before and behind the tokens; a kernel takes four at a time.
        let margin = (layers.map(\.reach).max() ?? 0) + 4
        let most = min(count, Self.block + 2 * reach)
        var (now, next) = (
            [Float](repeating: 0, count: (most + 2 * margin) * channels),
            [Float](repeating: 0, count: (most + 2 * margin) * channels)
        )
        scores.withUnsafeMutableBufferPointer { scores in
            for start in Swift.stride(from: 0, to: count, by: Self.block) {
                let end = min(count, start + Self.block)
                // What reaches beyond is computed too, and only what is exact is kept.
                let (first, last) = (max(0, start - reach), min(count, end + reach))
                run(features, first, last, margin, &now, &next)
                now.withUnsafeBufferPointer { states in
                    guard let states = states.baseAddress, let scores = scores.baseAddress else { return }
                    tagger_context_scores(
                        head.weights, head.bias, Int32(channels), Int32(stride), Int32(end - start),
                        states + (margin + start - first) * channels, own, share, scores + start * stride)
                }
            }
        }
    }

    /// Leaves the states of the tokens `first ..< last` in `now`, behind the margin.
    private func run(
        _ features: NetworkFeatures, _ first: Int, _ last: Int, _ margin: Int, _ now: inout [Float],
        _ next: inout [Float]
    ) {
        let tokens = last - first
        // A shorter block than the one before it: behind its end must be zeros.
        let end = (margin + tokens) * channels
        for index in end..<min(now.count, end + margin * channels) {
            now[index] = 0
            next[index] = 0
        }
        now.withUnsafeMutableBufferPointer { now in
            features.offsets.withUnsafeBufferPointer { offsets in
                guard let now = now.baseAddress, let offsets = offsets.baseAddress else { return }
                tagger_context_sums(
                    table, scale, bias, Int32(channels), features.values, offsets + first, Int32(tokens),
                    now + margin * channels)
            }
        }
        for layer in layers {
            now.withUnsafeBufferPointer { now in
                next.withUnsafeMutableBufferPointer { next in
                    guard let now = now.baseAddress, let next = next.baseAddress else { return }
                    tagger_context_layer(
                        layer.weights, layer.bias, Int32(channels), Int32(layer.reach), Int32(tokens),
                        now + margin * channels, next + margin * channels)
                }
            }
            swap(&now, &next)
        }
    }
}
