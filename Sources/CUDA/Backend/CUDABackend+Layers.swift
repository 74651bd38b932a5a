internal import CUDAKernels
public import Tensors

extension CUDABackend {
    // MARK: Norms

    public func normForward(
        _ y: MatrixView, _ x: MatrixView, _ norm: NormWeights, statistics: UnsafeMutablePointer<Float>, rows: Int,
        groups: Int, width: Int
    ) {
        enqueue { queue in
            try RoundedStorage.require(x.pointer.isRounded == y.pointer.isRounded)
            try queue.launch(
                "norm_forward\(y.pointer.suffix)", grid: (rows * groups, 1, 1), block: Self.normBlock(width),
                y.pointer.numbers, y.stride, x.pointer.numbers, x.stride, norm.weight.pointer, norm.bias?.pointer,
                statistics, rows, groups, width, norm.epsilon,
                norm.kind == .layer)
        }
    }

    public func normBackward(
        _ dx: MatrixView, _ dy: MatrixView, _ x: MatrixView, _ norm: NormWeights, statistics: UnsafePointer<Float>,
        rows: Int, groups: Int, width: Int, accumulate: Bool
    ) {
        enqueue { queue in
            let isRounded = x.pointer.isRounded
            try RoundedStorage.require(dx.pointer.isRounded == isRounded && dy.pointer.isRounded == isRounded)
            try queue.launch(
                "norm_backward\(x.pointer.suffix)", grid: (rows * groups, 1, 1), block: Self.normBlock(width),
                dx.pointer.numbers, dx.stride, dy.pointer.numbers, dy.stride, x.pointer.numbers, x.stride,
                norm.weight.pointer, statistics, rows, groups, width,
                norm.kind == .layer, accumulate)
        }
    }

    public func normWeightGradient(
        weight: UnsafeMutablePointer<Float>, bias: UnsafeMutablePointer<Float>?, _ dy: MatrixView, _ x: MatrixView,
        statistics: UnsafePointer<Float>, rows: Int, groups: Int, width: Int
    ) {
        guard rows > 0, width > 0 else { return }
        enqueue { queue in
            let chunk = max(1, Int(cuda_row_chunk(Int64(rows))))
            let chunks = (rows + chunk - 1) / chunk
            let partial = try queue.scratch(floats: chunks * width)
            let partialBias = try bias.map { _ in try queue.scratch(floats: chunks * width) }
            try queue.launch(
                "norm_weight_partial", grid: ((width + 31) / 32, chunks, 1), block: (32, 8, 1), partial, partialBias,
                dy.pointer, dy.stride, x.pointer, x.stride, statistics, rows, groups, width, chunk)
            try queue.launch("column_sums_final", over: width, weight, partial, chunks, width)
            if let bias, let partialBias {
                try queue.launch("column_sums_final", over: width, bias, partialBias, chunks, width)
            }
        }
    }

    private static func normBlock(_ width: Int) -> (Int, Int, Int) { (Int(cuda_norm_threads(Int64(width))), 1, 1) }

    // MARK: Positions and activations

    public func rotary(
        _ x: MatrixView, cosine: UnsafePointer<Float>, sine: UnsafePointer<Float>, positions: [Int32], heads: Int,
        headSize: Int, rotarySize: Int, inverse: Bool
    ) {
        guard !positions.isEmpty else { return }
        enqueue { queue in
            try queue.launch(
                "rotary\(x.pointer.suffix)", rows: positions.count, width: heads * rotarySize / 2, x.pointer.numbers,
                x.stride, cosine, sine, try queue.indices(positions), positions.count, heads, headSize, rotarySize,
                Float(inverse ? -1 : 1))
        }
    }

    public func gatedForward(
        _ y: UnsafeMutablePointer<Float>, gateUp: UnsafePointer<Float>, _ activation: Activation, rows: Int, width: Int
    ) {
        enqueue {
            try RoundedStorage.require(y.isRounded == gateUp.isRounded)
            try $0.launch(
                "gated_forward\(y.suffix)", rows: rows, width: width, y.numbers, gateUp.numbers,
                Int(activation.rawValue), rows, width)
        }
    }

    public func gatedBackward(
        _ dGateUp: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, gateUp: UnsafePointer<Float>,
        _ activation: Activation, rows: Int, width: Int
    ) {
        enqueue {
            try RoundedStorage.require(dGateUp.isRounded == dy.isRounded && dy.isRounded == gateUp.isRounded)
            try $0.launch(
                "gated_backward\(dGateUp.suffix)", rows: rows, width: width, dGateUp.numbers, dy.numbers,
                gateUp.numbers,
                Int(activation.rawValue), rows, width)
        }
    }

    public func activationForward(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ activation: Activation, count: Int
    ) {
        enqueue {
            try RoundedStorage.require(y.isRounded == x.isRounded)
            try $0.launch(
                "activation_forward\(y.suffix)", over: count, y.numbers, x.numbers, Int(activation.rawValue), count)
        }
    }

    public func activationBackward(
        _ dx: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
        _ activation: Activation, count: Int
    ) {
        enqueue {
            try RoundedStorage.require(dx.isRounded == dy.isRounded && dy.isRounded == x.isRounded)
            try $0.launch(
                "activation_backward\(dx.suffix)", over: count, dx.numbers, dy.numbers, x.numbers,
                Int(activation.rawValue), count)
        }
    }

    // MARK: The head

    public func softcap(_ x: UnsafeMutablePointer<Float>, cap: Float, count: Int) {
        enqueue { try $0.launch("softcap", over: count, x, cap, count) }
    }

    /// Fewer products with the large head, and more for each to do.
    public var headRows: Int { 2048 }

    public var tokensPerPass: Int { 16384 }

    public func crossEntropy(
        _ logits: UnsafeMutablePointer<Float>, targets: [Int32], weights: [Float]?, vocabulary: Int, cap: Float
    ) -> [Float] {
        guard !targets.isEmpty else { return [] }
        var losses = [Float](repeating: .nan, count: targets.count)
        enqueue { queue in
            let memory = try queue.scratch(floats: targets.count)
            try Self.crossEntropy(logits, memory, targets, weights, vocabulary, cap, queue)
            try losses.withUnsafeMutableBytes { try queue.download($0, from: memory) }
        }
        return losses
    }

    public func crossEntropy(
        _ logits: UnsafeMutablePointer<Float>, losses: UnsafeMutablePointer<Float>, targets: [Int32], weights: [Float]?,
        vocabulary: Int, cap: Float
    ) {
        guard !targets.isEmpty else { return }
        enqueue { try Self.crossEntropy(logits, losses, targets, weights, vocabulary, cap, $0) }
    }

    private static func crossEntropy(
        _ logits: UnsafeMutablePointer<Float>, _ losses: some KernelArgument, _ targets: [Int32], _ weights: [Float]?,
        _ vocabulary: Int, _ cap: Float, _ queue: CommandQueue
    ) throws {
        try queue.launch(
            "cross_entropy", grid: (targets.count, 1, 1), block: (256, 1, 1), logits, losses,
            try queue.indices(targets),
            try weights.map { try queue.floats($0) }, targets.count, vocabulary, cap)
    }
}
