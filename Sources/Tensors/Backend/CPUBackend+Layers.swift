internal import CKernels

extension CPUBackend {
    // MARK: Norms

    public func normForward(
        _ y: MatrixView, _ x: MatrixView, _ norm: NormWeights, statistics: UnsafeMutablePointer<Float>, rows: Int,
        groups: Int, width: Int
    ) {
        inParallel(rows, cost: groups * width / 2) { range in
            consilium_norm_forward(
                norm.kind == .layer ? 1 : 0, y.dropping(rows: range.lowerBound).pointer, y.stride,
                statistics + range.lowerBound * groups * 2, x.dropping(rows: range.lowerBound).pointer, x.stride,
                norm.weight.pointer, norm.bias?.pointer, range.count, groups, width, norm.epsilon)
        }
    }

    public func normBackward(
        _ dx: MatrixView, _ dy: MatrixView, _ x: MatrixView, _ norm: NormWeights, statistics: UnsafePointer<Float>,
        rows: Int, groups: Int, width: Int, accumulate: Bool
    ) {
        inParallel(rows, cost: groups * width) { range in
            consilium_norm_backward(
                norm.kind == .layer ? 1 : 0, accumulate ? 1 : 0, dx.dropping(rows: range.lowerBound).pointer, dx.stride,
                dy.dropping(rows: range.lowerBound).pointer, dy.stride, x.dropping(rows: range.lowerBound).pointer,
                x.stride, norm.weight.pointer, statistics + range.lowerBound * groups * 2, range.count, groups, width)
        }
    }

    public func normWeightGradient(
        weight: UnsafeMutablePointer<Float>, bias: UnsafeMutablePointer<Float>?, _ dy: MatrixView, _ x: MatrixView,
        statistics: UnsafePointer<Float>, rows: Int, groups: Int, width: Int
    ) {
        inParallel(width, cost: rows * groups, grain: 16) { columns in
            consilium_norm_weight_gradient(
                weight, bias, dy.pointer, dy.stride, x.pointer, x.stride, statistics, rows, groups, width,
                columns.lowerBound, columns.upperBound)
        }
    }

    // MARK: Positions and activations

    public func rotary(
        _ x: MatrixView, cosine: UnsafePointer<Float>, sine: UnsafePointer<Float>, positions: [Int32], heads: Int,
        headSize: Int, rotarySize: Int, inverse: Bool
    ) {
        positions.withUnsafeBufferPointer { positions in
            inParallel(positions.count, cost: heads * rotarySize / 4) { range in
                consilium_rotary(
                    x.dropping(rows: range.lowerBound).pointer, x.stride, cosine, sine,
                    positions.baseAddress.map { $0 + range.lowerBound }, range.count, heads, headSize, rotarySize,
                    inverse ? -1 : 1)
            }
        }
    }

    public func gatedForward(
        _ y: UnsafeMutablePointer<Float>, gateUp: UnsafePointer<Float>, _ activation: Activation, rows: Int, width: Int
    ) {
        inParallel(rows, cost: width * 2) { range in
            consilium_gated_forward(
                activation.rawValue, y + range.lowerBound * width, gateUp + range.lowerBound * 2 * width, range.count,
                width)
        }
    }

    public func gatedBackward(
        _ dGateUp: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, gateUp: UnsafePointer<Float>,
        _ activation: Activation, rows: Int, width: Int
    ) {
        inParallel(rows, cost: width * 3) { range in
            consilium_gated_backward(
                activation.rawValue, dGateUp + range.lowerBound * 2 * width, dy + range.lowerBound * width,
                gateUp + range.lowerBound * 2 * width, range.count, width)
        }
    }

    public func activationForward(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ activation: Activation, count: Int
    ) {
        inParallel(count, cost: 2, grain: 64) { range in
            consilium_activation_forward(
                activation.rawValue, y + range.lowerBound, x + range.lowerBound, range.count)
        }
    }

    public func activationBackward(
        _ dx: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
        _ activation: Activation, count: Int
    ) {
        inParallel(count, cost: 3, grain: 64) { range in
            consilium_activation_backward(
                activation.rawValue, dx + range.lowerBound, dy + range.lowerBound, x + range.lowerBound, range.count)
        }
    }

    // MARK: The head

    public func softcap(_ x: UnsafeMutablePointer<Float>, cap: Float, count: Int) {
        inParallel(count, cost: 3, grain: 64) { range in consilium_softcap(x + range.lowerBound, cap, range.count) }
    }

    public func crossEntropy(
        _ logits: UnsafeMutablePointer<Float>, targets: [Int32], weights: [Float]?, vocabulary: Int, cap: Float
    ) -> [Float] {
        [Float](unsafeUninitializedCapacity: targets.count) { losses, initialized in
            initialized = targets.count
            guard let losses = losses.baseAddress else { return }
            targets.withUnsafeBufferPointer { targets in
                func run(_ weights: UnsafePointer<Float>?) {
                    inParallel(targets.count, cost: vocabulary * 3) { range in
                        let first = range.lowerBound
                        consilium_cross_entropy(
                            logits + first * vocabulary, losses + first, targets.baseAddress.map { $0 + first },
                            weights.map { $0 + first }, range.count, vocabulary, cap)
                    }
                }
                if let weights { run(weights) } else { run(nil) }
            }
        }
    }
}
