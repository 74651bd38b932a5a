/// A matrix in a backend's memory, row-major; `stride` is the distance between the first elements of two rows.
public struct MatrixView {
    public let pointer: UnsafeMutablePointer<Float>
    public let stride: Int

    public init(_ pointer: UnsafeMutablePointer<Float>, stride: Int) {
        self.pointer = pointer
        self.stride = stride
    }

    /// The same matrix without its first rows and columns.
    public func dropping(rows: Int = 0, columns: Int = 0) -> MatrixView {
        MatrixView(pointer + rows * stride + columns, stride: stride)
    }
}

/// Where queries, keys, values and their gradients of one sequence lie and how heads are grouped.
public struct AttentionShape: Sendable, Equatable {
    public var heads: Int
    public var keyValueHeads: Int
    public var headSize: Int
    public var scale: Float

    public init(heads: Int, keyValueHeads: Int, headSize: Int, scale: Float) {
        self.heads = heads
        self.keyValueHeads = keyValueHeads
        self.headSize = headSize
        self.scale = scale
    }
}

/// The operations that the transformer needs, on one device.
///
/// Pointers are addresses in the device's memory: only the backend may follow them. All matrices are float32 and
/// row-major. An operation may run later than it is called, but in the order of the calls; ``download(_:from:count:)``
/// waits. Shapes are checked by the caller: a backend may assume that they are right.
public protocol TensorBackend: Sendable {
    /// Zeroed memory for `count` floats, aligned to 64 bytes.
    /// - Throws: ``TensorsError`` `.outOfMemory`.
    func allocate(_ count: Int) throws -> UnsafeMutablePointer<Float>
    func deallocate(_ pointer: UnsafeMutablePointer<Float>)
    func upload(_ values: UnsafeBufferPointer<Float>, to pointer: UnsafeMutablePointer<Float>)
    func download(_ values: UnsafeMutableBufferPointer<Float>, from pointer: UnsafePointer<Float>)
    func copy(_ destination: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>, count: Int)
    func zero(_ pointer: UnsafeMutablePointer<Float>, count: Int)

    /// c[m,n] = alpha · a[m,k] · b[n,k]ᵀ (+ c): a linear layer with weight b.
    func multiplyTransposed(
        _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int, inner k: Int, alpha: Float,
        accumulate: Bool)
    /// c[m,n] = alpha · a[m,k] · b[k,n] (+ c): the gradient with respect to the input of a linear layer.
    func multiply(
        _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int, inner k: Int, alpha: Float,
        accumulate: Bool)
    /// c[m,n] = alpha · a[k,m]ᵀ · b[k,n] (+ c): the gradient with respect to a weight.
    func multiplyTransposedFirst(
        _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int, inner k: Int, alpha: Float,
        accumulate: Bool)

    func add(_ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, count: Int)
    func addBias(_ y: MatrixView, _ bias: UnsafePointer<Float>, rows: Int, width: Int)
    func gatherRows(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], width: Int)
    func scatterRows(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], width: Int)

    func normForward(
        _ y: UnsafeMutablePointer<Float>, inverseDeviation: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>,
        weight: UnsafePointer<Float>, rows: Int, width: Int, epsilon: Float)
    /// Adds to `dx`.
    func normBackwardAdd(
        _ dx: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
        weight: UnsafePointer<Float>, inverseDeviation: UnsafePointer<Float>, rows: Int, width: Int)

    /// Rotates in place; `inverse` is also the gradient.
    func rotary(
        _ x: MatrixView, cosine: UnsafePointer<Float>, sine: UnsafePointer<Float>, positions: [Int32], heads: Int,
        headSize: Int, rotarySize: Int, inverse: Bool)

    func attentionScratch(length: Int, headSize: Int) -> Int
    func attentionForward(
        _ out: MatrixView, logSumExp: UnsafeMutablePointer<Float>, queries: MatrixView, keys: MatrixView,
        values: MatrixView, length: Int, shape: AttentionShape, scratch: UnsafeMutablePointer<Float>)
    func attentionBackward(
        dQueries: MatrixView, dKeys: MatrixView, dValues: MatrixView, dOut: MatrixView, out: MatrixView,
        logSumExp: UnsafePointer<Float>, queries: MatrixView, keys: MatrixView, values: MatrixView, length: Int,
        shape: AttentionShape, scratch: UnsafeMutablePointer<Float>)
    /// One query row against `length` cached rows of keys and values. `scratch` holds `length` floats.
    func attentionDecode(
        _ out: UnsafeMutablePointer<Float>, query: UnsafePointer<Float>, keys: MatrixView, values: MatrixView,
        length: Int, shape: AttentionShape, scratch: UnsafeMutablePointer<Float>)

    func swigluForward(
        _ y: UnsafeMutablePointer<Float>, gateUp: UnsafePointer<Float>, rows: Int, width: Int)
    func swigluBackward(
        _ dGateUp: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, gateUp: UnsafePointer<Float>, rows: Int,
        width: Int)

    /// The loss of every row. With `weights`, the logits become `weights[row]` times their gradient, in place.
    func crossEntropy(
        _ logits: UnsafeMutablePointer<Float>, targets: [Int32], weights: [Float]?, vocabulary: Int
    ) -> [Float]
}
