internal import Tensors

/// All intermediate values of one pass, in one allocation that is sized once.
///
/// What the backward pass needs of a block is kept for every block (or for one, where blocks are computed again); the rest is
/// shared by all.
final class Workspace {
    /// Rows of floats somewhere in the memory.
    struct Region {
        fileprivate var offset = 0
        fileprivate var columns = 0
        /// Distance between two blocks; 0 where all share the memory.
        fileprivate var blockStride = 0
        /// Whether they are activations, which the backend may keep in fewer bits.
        fileprivate var isActivation = false
    }

    /// What a pass does with its values.
    enum Purpose {
        /// Nothing is kept.
        case forward
        case backward
        /// Only the input of every block is kept; the rest is computed again, block by block (Chen et al. 2016).
        case checkpointing
    }

    let tokens: Int
    /// Rows of logits that exist at one time: the head of a large vocabulary is computed in pieces.
    let headRows: Int
    private let memory: TensorBuffer
    private let backend: any TensorBackend
    private let roundsActivations: Bool

    // Kept for every block.
    private(set) var residual = Region()
    private(set) var middleResidual = Region()
    private(set) var attentionProjected = Region()
    private(set) var mlpProjected = Region()
    private(set) var raw = Region()
    private(set) var fused = Region()
    private(set) var attention = Region()
    private(set) var logSumExp = Region()
    private(set) var up = Region()
    private(set) var expertOutput = Region()
    private(set) var reduced = Region()
    private(set) var statistics = Region()
    private(set) var headStatistics = Region()
    // Shared.
    private(set) var normed = Region()
    private(set) var branch = Region()
    private(set) var activated = Region()
    private(set) var router = Region()
    private(set) var expertInput = Region()
    private(set) var gradient = Region()
    private(set) var dNormed = Region()
    private(set) var dFused = Region()
    private(set) var dAttention = Region()
    private(set) var dActivated = Region()
    private(set) var dReduced = Region()
    private(set) var dExpertOutput = Region()
    private(set) var dExpertInput = Region()
    // Of the head, `headRows` rows; losses for all.
    private(set) var losses = Region()
    private(set) var headInput = Region()
    private(set) var headDense = Region()
    private(set) var headActivated = Region()
    private(set) var headNormed = Region()
    private(set) var headNormStatistics = Region()
    private(set) var logits = Region()
    private(set) var dHead = Region()
    private(set) var dHeadInput = Region()

    init(
        configuration: ModelConfiguration, tokens: Int, rankWidth: Int, purpose: Purpose,
        backend: any TensorBackend
    ) throws {
        self.tokens = tokens
        self.backend = backend
        // Training of adapters only: elsewhere a pass is short, asks for single numbers, or computes gradients of weights.
        let rounds =
            backend.roundsActivations && purpose != .forward && rankWidth > 0 && configuration.experts == nil
        roundsActivations = rounds
        let backward = purpose != .forward
        let blocks = configuration.layers
        let hidden = configuration.hiddenSize
        let expertRows = configuration.experts?.perToken ?? 0
        let upRows = max(expertRows, 1)
        headRows = max(
            1, min(tokens, max(16, min(backend.headRows, backend.headRows * 65536 / max(configuration.outputSize, 1)))))
        var position = 0
        // Parts of 16 floats keep everything aligned to 64 bytes.
        func region(_ columns: Int, rows: Int, blocks: Int = 1, activation: Bool = false) -> Region {
            let floats = activation && rounds ? (rows * columns + 1) / 2 : rows * columns
            let stride = (floats + 15) / 16 * 16
            defer { position += stride * blocks }
            return Region(
                offset: position, columns: columns, blockStride: blocks > 1 ? stride : 0, isActivation: activation)
        }
        func kept(_ columns: Int, _ needed: Bool = true, activation: Bool = true) -> Region {
            region(
                needed ? columns : 0, rows: tokens, blocks: purpose == .backward ? blocks : 1, activation: activation)
        }
        func shared(_ columns: Int, _ needed: Bool = true, activation: Bool = true) -> Region {
            region(needed ? columns : 0, rows: tokens, activation: activation)
        }
        let both = configuration.normPlacement == .both
        let after = configuration.normPlacement == .after

        residual = region(hidden, rows: tokens, blocks: backward ? blocks + 1 : 1, activation: true)
        middleResidual = kept(hidden, !configuration.isParallel)
        attentionProjected = kept(hidden, both)
        mlpProjected = kept(hidden, both || after)
        raw = kept(configuration.queryWidth + configuration.keyValueWidth, configuration.queryKeyNorm != nil)
        fused = kept(configuration.fusedWidth)
        attention = kept(configuration.queryWidth)
        logSumExp = kept(configuration.heads, activation: false)
        up = kept(configuration.upWidth * upRows)
        expertOutput = kept(hidden * expertRows)
        reduced = kept(rankWidth, activation: false)
        statistics = kept(2 * NormPlace.count, activation: false)
        headStatistics = kept(
            2 * (configuration.heads + configuration.keyValueHeads), configuration.queryKeyNorm != nil,
            activation: false)

        normed = shared(hidden)
        branch = shared(hidden, both)
        activated = shared(configuration.intermediateSize * upRows)
        router = shared(configuration.experts?.count ?? 0, activation: false)
        expertInput = shared(hidden * expertRows)
        losses = shared(1, activation: false)
        headInput = region(hidden, rows: headRows)
        headDense = region(hidden, rows: headRows)
        headActivated = region(hidden, rows: headRows)
        headNormed = region(hidden, rows: headRows)
        headNormStatistics = region(4, rows: headRows)
        gradient = shared(hidden, backward)
        // The logits are done with before anything behind this line is used, and share its memory.
        let start = position
        logits = region(configuration.outputSize, rows: headRows)
        dHead = region(backward ? hidden : 0, rows: headRows)
        dHeadInput = region(backward ? hidden : 0, rows: headRows)
        let headEnd = position
        if backward { position = start }
        dNormed = shared(hidden, backward)
        dFused = shared(configuration.fusedWidth, backward)
        dAttention = shared(configuration.queryWidth, backward)
        dActivated = shared(configuration.intermediateSize * upRows, backward)
        dReduced = shared(rankWidth, backward, activation: false)
        dExpertOutput = shared(hidden * expertRows, backward)
        dExpertInput = shared(hidden * expertRows, backward)
        memory = try TensorBuffer(count: max(position, headEnd), backend: backend)
    }

    var bytes: Int { memory.count * MemoryLayout<Float>.size }

    func view(_ region: Region, _ block: Int = 0) -> MatrixView {
        view(region, block, columns: region.columns)
    }

    /// The same memory as rows of `columns` floats.
    func view(_ region: Region, _ block: Int = 0, columns: Int) -> MatrixView {
        let start = memory.pointer + region.offset + block * region.blockStride
        let isRounded = region.isActivation && roundsActivations
        return MatrixView(isRounded ? backend.activations(at: start) : start, stride: columns)
    }

    /// Mean and inverse deviation, two floats a row, of one of the norms of a block.
    func statistics(_ place: NormPlace, _ block: Int) -> UnsafeMutablePointer<Float> {
        view(statistics, block).pointer + place.rawValue * 2 * tokens
    }
}

/// The norms of a block over the hidden size.
enum NormPlace: Int {
    case attention, attentionOutput, mlp, mlpOutput

    static let count = 4
}
