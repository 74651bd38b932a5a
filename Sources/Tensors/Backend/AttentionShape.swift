/// The rows of one sequence in a packed batch.
public struct SequenceSpan: Sendable, Equatable {
    public var start: Int
    public var count: Int

    public init(start: Int, count: Int) {
        self.start = start
        self.count = count
    }

    public var range: Range<Int> { start..<start + count }
}

/// How attention groups its heads and what a token sees.
///
/// Head h reads keys and values h / (heads / keyValueHeads). Scores are scale · q·k, then softcap · tanh(score / softcap)
/// where it is not 0 (Gemma 2), then the mask, then the softmax.
public struct AttentionShape: Sendable, Equatable {
    public var heads: Int
    public var keyValueHeads: Int
    public var headSize: Int
    public var scale: Float
    /// Token i sees only j ≤ i; otherwise its whole sequence.
    public var isCausal: Bool
    /// Token i sees only j > i − window; `nil`: all. Only with a causal mask.
    public var window: Int?
    /// 0: none.
    public var softcap: Float

    public init(
        heads: Int, keyValueHeads: Int, headSize: Int, scale: Float, isCausal: Bool = true, window: Int? = nil,
        softcap: Float = 0
    ) {
        self.heads = heads
        self.keyValueHeads = keyValueHeads
        self.headSize = headSize
        self.scale = scale
        self.isCausal = isCausal
        self.window = window
        self.softcap = softcap
    }
}
