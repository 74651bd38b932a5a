/// The operations that the transformer needs, on one device.
///
/// Pointers are addresses in the device's memory: only the backend may follow them. Activations are row-major and, but for ``activations(at:)``, float32. An
/// operation may run later than it is called, but in the order of the calls; ``download(_:from:)`` waits. Shapes are
/// checked by the caller: a backend may assume that they are right. Outputs never overlap inputs unless an operation says so.
public protocol TensorBackend: Sendable {
    // MARK: Memory

    /// Zeroed memory for `count` floats, aligned to 64 bytes.
    /// - Throws: ``TensorsError`` `.outOfMemory`.
    func allocate(_ count: Int) throws -> UnsafeMutablePointer<Float>
    func deallocate(_ pointer: UnsafeMutablePointer<Float>)
    /// Whether training keeps its activations in 16 bits each, two in the memory of a float.
    var roundsActivations: Bool { get }
    /// The same memory as activations in as many bits as the backend keeps them: what it gives counts and is offset in numbers.
    ///
    /// Operations of a block read and write such matrices, all activations of one operation of one kind, and round when they
    /// write. Always float32 are logits, losses, statistics, `logSumExp`, x·Aᵀ and its gradient, weights and their gradients,
    /// and what the head computes with: ``gatherRows(_:_:rows:width:)`` and ``scatterRows(_:_:rows:width:)`` stand between. An
    /// operation that can't do what it was given fails as operations do: ``synchronize()`` throws.
    func activations(at pointer: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Float>
    func upload(_ values: UnsafeBufferPointer<Float>, to pointer: UnsafeMutablePointer<Float>)
    func download(_ values: UnsafeMutableBufferPointer<Float>, from pointer: UnsafePointer<Float>)
    /// The values as the host may read and change them, only inside of `body`: the memory itself where the host can reach it,
    /// otherwise a copy, whose changes are lost.
    func withHostView<Result>(
        _ pointer: UnsafeMutablePointer<Float>, count: Int,
        _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
    ) rethrows -> Result
    func copy(_ destination: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>, count: Int)
    func zero(_ pointer: UnsafeMutablePointer<Float>, count: Int)
    /// Waits for everything that was called so far.
    /// - Throws: what an operation failed with since the last call: operations themselves can't throw, and do nothing once one
    ///   has failed.
    func synchronize() throws
    /// For operations that come again and again; `nil` where doing them again costs no less than calling them.
    func makeReplay() -> (any OperationReplay)?
    /// Bytes that could still be allocated, as far as the device tells.
    var availableBytes: Int? { get }

    // MARK: Products with frozen weights

    /// The weight where products with it are fastest, in the backend's memory. Its number format may be another then.
    /// - Throws: ``TensorsError`` `.outOfMemory`.
    func place(_ weight: FrozenMatrix) throws -> FrozenMatrix
    /// Whether ``stack(_:)`` may give anything.
    var stacksWeights: Bool { get }
    /// Weights that read the same input as one, one below the other, where the backend computes faster so; `nil` where it
    /// does not or can't.
    /// - Throws: ``TensorsError`` `.outOfMemory`.
    func stack(_ weights: [FrozenMatrix]) throws -> FrozenMatrix?

    /// y[m, w.rows] (+)= x[m, w.columns] · wᵀ: a linear layer. One row is the case of decoding.
    func multiplyTransposed(_ y: MatrixView, _ x: MatrixView, frozen w: FrozenMatrix, rows m: Int, accumulate: Bool)
    /// dx[m, w.columns] (+)= dy[m, w.rows] · w: its gradient with respect to the input.
    func multiply(_ dx: MatrixView, _ dy: MatrixView, frozen w: FrozenMatrix, rows m: Int, accumulate: Bool)
    /// y[i] = factor · w[rows[i]], dense rows of w.columns floats: an embedding.
    func gatherRows(_ y: UnsafeMutablePointer<Float>, frozen w: FrozenMatrix, rows: [Int32], factor: Float)

    /// Whether the two below do more than one product after the other.
    var joinsAdapters: Bool { get }
    /// reduced[m, width] = x · Aᵀ,  y[m, w.rows] (+)= x · wᵀ + scale · reduced · Bᵀ: a linear layer with its adapter.
    func multiplyTransposed(
        _ y: MatrixView, reduced: MatrixView, _ x: MatrixView, frozen w: FrozenMatrix, _ factors: LowRankFactors,
        rows m: Int, accumulate: Bool)
    /// dReduced[m, width] = scale · dy · B,  dx[m, w.columns] (+)= dy · w + dReduced · A: its gradient.
    func multiply(
        _ dx: MatrixView, dReduced: MatrixView, _ dy: MatrixView, frozen w: FrozenMatrix, _ factors: LowRankFactors,
        rows m: Int, accumulate: Bool)

    // MARK: Products in float32: adapters and the gradients of weights

    /// c[m,n] = alpha · a[m,k] · b[n,k]ᵀ (+ c)
    func multiplyTransposed(
        _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int, inner k: Int, alpha: Float,
        accumulate: Bool)
    /// c[m,n] = alpha · a[m,k] · b[k,n] (+ c)
    func multiply(
        _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int, inner k: Int, alpha: Float,
        accumulate: Bool)
    /// c[m,n] = alpha · a[k,m]ᵀ · b[k,n] (+ c)
    func multiplyTransposedFirst(
        _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int, inner k: Int, alpha: Float,
        accumulate: Bool)

    /// The same for several segments of rows, each with a target of its own: target[m,n] += alpha · a[k,m]ᵀ · b[k,n] over the
    /// rows k of the segment. The rows of targets are `stride` apart.
    func addSegmentProducts(
        _ segments: [SegmentTarget], stride: Int, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int,
        alpha: Float)

    // MARK: Rows and vectors

    /// y[t,i] = x[t,i] for matrices with row distances of their own.
    func copyRows(_ y: MatrixView, _ x: MatrixView, rows: Int, width: Int)
    /// y += x
    func add(_ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, count: Int)
    /// y = a + b; y may be a or b.
    func sum(
        _ y: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int)
    /// y[t,i] += bias[i]
    func addBias(_ y: MatrixView, _ bias: UnsafePointer<Float>, rows: Int, width: Int)
    /// sum[i] += Σ_t x[t,i]: the gradient of a bias.
    func addColumnSums(_ sum: UnsafeMutablePointer<Float>, _ x: MatrixView, rows: Int, width: Int)
    /// y[i] = x[rows[i]]
    func gatherRows(_ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], width: Int)
    /// y[rows[i]] = x[i]
    func scatterRows(_ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], width: Int)
    /// y[rows[i]] += factors[i] · x[i], in the order of i; a row may be named more than once. `nil`: factors of 1.
    func scatterAddRows(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], factors: [Float]?, width: Int)
    /// y[i] = factors[i] · x[rows[i]]
    func gatherScaledRows(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], factors: [Float], width: Int)
    /// Σ_j a[i,j] · b[rows[i],j] for every i, on the host.
    func rowProducts(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, rows: [Int32], width: Int
    ) -> [Float]

    // MARK: Norms. A row t has `groups` vectors of `width` elements, at x.pointer + t·x.stride + g·width.

    /// `statistics` [rows, groups, 2] gets mean (0 without centering) and 1/deviation for the backward pass. y may be x.
    func normForward(
        _ y: MatrixView, _ x: MatrixView, _ norm: NormWeights, statistics: UnsafeMutablePointer<Float>, rows: Int,
        groups: Int, width: Int)
    /// The gradient with respect to x is added to dx, or with `accumulate` false written; dx may be dy then.
    func normBackward(
        _ dx: MatrixView, _ dy: MatrixView, _ x: MatrixView, _ norm: NormWeights, statistics: UnsafePointer<Float>,
        rows: Int, groups: Int, width: Int, accumulate: Bool)
    /// Adds to the gradients of the norm's own weight and bias, [width] each.
    func normWeightGradient(
        weight: UnsafeMutablePointer<Float>, bias: UnsafeMutablePointer<Float>?, _ dy: MatrixView, _ x: MatrixView,
        statistics: UnsafePointer<Float>, rows: Int, groups: Int, width: Int)

    // MARK: Attention

    /// Rotates in place the first `rotarySize` elements of each of `heads` heads of every row; `inverse` is also the gradient.
    func rotary(
        _ x: MatrixView, cosine: UnsafePointer<Float>, sine: UnsafePointer<Float>, positions: [Int32], heads: Int,
        headSize: Int, rotarySize: Int, inverse: Bool)

    /// Attention within each of `spans`; keys and values have the row distance of the queries. `logSumExp` has
    /// rows × heads floats; what lies where in it is the backend's own matter.
    func attentionForward(
        _ out: MatrixView, logSumExp: UnsafeMutablePointer<Float>, queries: MatrixView, keys: MatrixView,
        values: MatrixView, spans: [SequenceSpan], shape: AttentionShape)
    /// Writes the gradients; they have one row distance of their own. Probabilities are computed again from `logSumExp`.
    func attentionBackward(
        dQueries: MatrixView, dKeys: MatrixView, dValues: MatrixView, dOut: MatrixView, out: MatrixView,
        logSumExp: UnsafePointer<Float>, queries: MatrixView, keys: MatrixView, values: MatrixView,
        spans: [SequenceSpan], shape: AttentionShape)
    /// Attention of sequences that share what they begin with: every segment's rows see `before`, the rows of its `earlier`
    /// segments, and themselves up to each row. Causal shapes only.
    func attentionOfBranches(
        _ out: MatrixView, queries: MatrixView, keys: MatrixView, values: MatrixView, segments: [BranchSegment],
        before: EarlierKeys?, shape: AttentionShape)
    /// One query row, the last token, against `length` cached rows of keys and values of which the shape's window counts.
    func attentionDecode(
        _ out: UnsafeMutablePointer<Float>, query: UnsafePointer<Float>, keys: MatrixView, values: MatrixView,
        length: Int, shape: AttentionShape)

    // MARK: Activations

    /// y[t,i] = f(gateUp[t,i]) · gateUp[t,width+i]; rows of y are dense.
    func gatedForward(
        _ y: UnsafeMutablePointer<Float>, gateUp: UnsafePointer<Float>, _ activation: Activation, rows: Int, width: Int)
    /// dGateUp may be gateUp.
    func gatedBackward(
        _ dGateUp: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, gateUp: UnsafePointer<Float>,
        _ activation: Activation, rows: Int, width: Int)
    /// y = f(x); y may be x.
    func activationForward(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ activation: Activation, count: Int)
    /// dx = dy · f′(x); dx may be dy or x.
    func activationBackward(
        _ dx: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
        _ activation: Activation, count: Int)

    // MARK: The head

    /// x = cap · tanh(x / cap), in place.
    func softcap(_ x: UnsafeMutablePointer<Float>, cap: Float, count: Int)
    /// The loss of every row, of the logits cap · tanh(logit / cap) where `cap` is not 0. With `weights`, the logits become
    /// `weights[row]` times their gradient (that before the cap), in place.
    func crossEntropy(
        _ logits: UnsafeMutablePointer<Float>, targets: [Int32], weights: [Float]?, vocabulary: Int, cap: Float
    ) -> [Float]
    /// The same with the losses in the backend's memory, so that nobody waits for them.
    func crossEntropy(
        _ logits: UnsafeMutablePointer<Float>, losses: UnsafeMutablePointer<Float>, targets: [Int32], weights: [Float]?,
        vocabulary: Int, cap: Float)
    /// Rows of logits that are computed at one time.
    var headRows: Int { get }
    /// Tokens of one training pass with which the device is busy; fewer where memory is short.
    var tokensPerPass: Int { get }
}
