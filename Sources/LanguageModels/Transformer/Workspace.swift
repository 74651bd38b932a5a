internal import Tensors

/// All intermediate values of one pass, in one allocation.
///
/// Without a backward pass all layers share the memory of one.
final class Workspace {
    /// Rows of logits that exist at one time: the head of a large vocabulary is computed in pieces.
    static let headRows = 256

    let tokens: Int
    let longest: Int
    let scratch: TensorBuffer
    private let memory: TensorBuffer
    private let layerStride: Int
    private let residualStride: Int
    private let offsets: Offsets
    private let configuration: ModelConfiguration
    private let rankWidth: Int

    private struct Offsets {
        var residual = 0, layers = 0
        // Inside of a layer.
        var middleResidual = 0, fused = 0, attention = 0, logSumExp = 0, gateUp = 0, reduced = 0
        var attentionDeviation = 0, mlpDeviation = 0
        // Shared by all layers.
        var normed = 0, activated = 0
        var gradient = 0, dNormed = 0, dFused = 0, dAttention = 0, dGateUp = 0, dActivated = 0, dReduced = 0
        var headInput = 0, headNormed = 0, headDeviation = 0, logits = 0, dHead = 0, dHeadInput = 0
    }

    init(
        configuration: ModelConfiguration, tokens: Int, longest: Int, rankWidth: Int, forBackward: Bool,
        backend: any TensorBackend
    ) throws {
        self.tokens = tokens
        self.longest = longest
        self.configuration = configuration
        self.rankWidth = rankWidth
        let hidden = configuration.hiddenSize
        let fused = configuration.queryWidth + 2 * configuration.keyValueWidth
        var offsets = Offsets()
        var position = 0
        // Rows of 16 floats keep every part aligned to 64 bytes.
        func take(_ count: Int) -> Int {
            defer { position += (count + 15) / 16 * 16 }
            return position
        }
        offsets.middleResidual = take(tokens * hidden)
        offsets.fused = take(tokens * fused)
        offsets.attention = take(tokens * configuration.queryWidth)
        offsets.logSumExp = take(tokens * configuration.heads)
        offsets.gateUp = take(tokens * 2 * configuration.intermediateSize)
        offsets.reduced = take(tokens * rankWidth)
        offsets.attentionDeviation = take(tokens)
        offsets.mlpDeviation = take(tokens)
        let perLayer = position
        position = 0
        residualStride = forBackward ? (tokens * hidden + 15) / 16 * 16 : 0
        layerStride = forBackward ? perLayer : 0
        offsets.residual = take(forBackward ? residualStride * (configuration.layers + 1) : tokens * hidden)
        offsets.layers = take(forBackward ? perLayer * configuration.layers : perLayer)
        offsets.normed = take(tokens * hidden)
        offsets.activated = take(tokens * configuration.intermediateSize)
        let rows = Self.headRows
        offsets.headInput = take(rows * hidden)
        offsets.headNormed = take(rows * hidden)
        offsets.headDeviation = take(rows)
        offsets.logits = take(rows * configuration.vocabularySize)
        if forBackward {
            offsets.gradient = take(tokens * hidden)
            offsets.dNormed = take(tokens * hidden)
            offsets.dFused = take(tokens * fused)
            offsets.dAttention = take(tokens * configuration.queryWidth)
            offsets.dGateUp = take(tokens * 2 * configuration.intermediateSize)
            offsets.dActivated = take(tokens * configuration.intermediateSize)
            offsets.dReduced = take(tokens * rankWidth)
            offsets.dHead = take(rows * hidden)
            offsets.dHeadInput = take(rows * hidden)
        }
        self.offsets = offsets
        memory = try TensorBuffer(count: position, backend: backend)
        scratch = try TensorBuffer(
            count: backend.attentionScratch(length: longest, headSize: configuration.headSize), backend: backend)
    }

    private func matrix(_ offset: Int, _ columns: Int) -> MatrixView {
        MatrixView(memory.pointer + offset, stride: columns)
    }

    private func layer(_ layer: Int, _ offset: Int, _ columns: Int) -> MatrixView {
        matrix(offsets.layers + layer * layerStride + offset, columns)
    }

    private var fusedWidth: Int { configuration.queryWidth + 2 * configuration.keyValueWidth }

    /// The residual stream before block `number`; after the last one for `number` = layers.
    func residual(_ number: Int) -> MatrixView {
        matrix(offsets.residual + number * residualStride, configuration.hiddenSize)
    }

    func middleResidual(_ number: Int) -> MatrixView {
        layer(number, offsets.middleResidual, configuration.hiddenSize)
    }

    /// Queries, keys and values, rotated.
    func fused(_ number: Int) -> MatrixView { layer(number, offsets.fused, fusedWidth) }
    func attention(_ number: Int) -> MatrixView { layer(number, offsets.attention, configuration.queryWidth) }
    func gateUp(_ number: Int) -> MatrixView { layer(number, offsets.gateUp, 2 * configuration.intermediateSize) }
    /// x·Aᵀ of all adapted projections.
    func reduced(_ number: Int) -> MatrixView { layer(number, offsets.reduced, rankWidth) }
    func logSumExp(_ number: Int) -> UnsafeMutablePointer<Float> { layer(number, offsets.logSumExp, 1).pointer }
    func attentionDeviation(_ number: Int) -> UnsafeMutablePointer<Float> {
        layer(number, offsets.attentionDeviation, 1).pointer
    }
    func mlpDeviation(_ number: Int) -> UnsafeMutablePointer<Float> { layer(number, offsets.mlpDeviation, 1).pointer }

    var normed: MatrixView { matrix(offsets.normed, configuration.hiddenSize) }
    var activated: MatrixView { matrix(offsets.activated, configuration.intermediateSize) }
    var headInput: MatrixView { matrix(offsets.headInput, configuration.hiddenSize) }
    var headNormed: MatrixView { matrix(offsets.headNormed, configuration.hiddenSize) }
    var headDeviation: UnsafeMutablePointer<Float> { memory.pointer + offsets.headDeviation }
    var logits: MatrixView { matrix(offsets.logits, configuration.vocabularySize) }

    var gradient: MatrixView { matrix(offsets.gradient, configuration.hiddenSize) }
    var dNormed: MatrixView { matrix(offsets.dNormed, configuration.hiddenSize) }
    var dFused: MatrixView { matrix(offsets.dFused, fusedWidth) }
    var dAttention: MatrixView { matrix(offsets.dAttention, configuration.queryWidth) }
    var dGateUp: MatrixView { matrix(offsets.dGateUp, 2 * configuration.intermediateSize) }
    var dActivated: MatrixView { matrix(offsets.dActivated, configuration.intermediateSize) }
    var dReduced: MatrixView { matrix(offsets.dReduced, rankWidth) }
    var dHead: MatrixView { matrix(offsets.dHead, configuration.hiddenSize) }
    var dHeadInput: MatrixView { matrix(offsets.dHeadInput, configuration.hiddenSize) }
}
