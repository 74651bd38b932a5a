internal import Tensors

extension TransformerPass {
    /// y (+)= Σ weight · expert(x) over each token's experts.
    func mix(_ block: Int, _ y: MatrixView, _ x: MatrixView, _ rows: Int, accumulate: Bool) {
        let weights = model.weights.blocks[block]
        guard let router = weights.router, let experts = configuration.experts else { return }
        let logits = workspace.view(workspace.router)
        backend.multiplyTransposed(logits, x, frozen: router.matrix, rows: rows, accumulate: false)
        var values = [Float](repeating: 0, count: rows * experts.count)
        values.withUnsafeMutableBufferPointer { backend.download($0, from: logits.pointer) }
        let routing = ExpertRouting(
            logits: values, tokens: rows, experts: experts.count, perToken: experts.perToken)
        routings[block] = routing
        let input = workspace.view(workspace.expertInput, columns: hidden)
        backend.gatherRows(input.pointer, x.pointer, rows: routing.rows, width: hidden)
        let up = workspace.view(workspace.up, block, columns: configuration.upWidth)
        let activated = workspace.view(workspace.activated, columns: configuration.intermediateSize)
        let output = workspace.view(workspace.expertOutput, block, columns: hidden)
        for (number, expert) in weights.feedForward.enumerated() {
            let range = routing.range(number)
            guard !range.isEmpty else { continue }
            let first = range.lowerBound
            let own = up.dropping(rows: first)
            apply(
                expert.up, nil, block, own, input.dropping(rows: first), rows: range.count, accumulate: false)
            activate(activated.pointer, own.pointer, range.count)
            apply(
                expert.down, nil, block, output.dropping(rows: first), activated, rows: range.count, accumulate: false)
        }
        if !accumulate { backend.zero(y.pointer, count: rows * hidden) }
        backend.scatterAddRows(
            y.pointer, output.pointer, rows: routing.rows, factors: routing.factors, width: hidden)
    }

    /// Writes dx, the gradient of ``mix(_:_:_:_:accumulate:)`` with respect to x, from dy.
    func mixBackward(_ block: Int, dx: MatrixView, dy: MatrixView, _ rows: Int, _ sink: GradientSink) {
        let weights = model.weights.blocks[block]
        guard let router = weights.router, let routing = routings[block] else { return }
        let output = workspace.view(workspace.expertOutput, block, columns: hidden)
        let dOutput = workspace.view(workspace.dExpertOutput, columns: hidden)
        let dInput = workspace.view(workspace.dExpertInput, columns: hidden)
        let up = workspace.view(workspace.up, block, columns: configuration.upWidth)
        let activated = workspace.view(workspace.activated, columns: configuration.intermediateSize)
        let dActivated = workspace.view(workspace.dActivated, columns: configuration.intermediateSize)
        let input = workspace.view(workspace.expertInput, columns: hidden)
        let x = workspace.view(workspace.normed)
        if sink.trainsWeights {
            backend.gatherRows(input.pointer, x.pointer, rows: routing.rows, width: hidden)
        }
        backend.gatherScaledRows(
            dOutput.pointer, dy.pointer, rows: routing.rows, factors: routing.factors, width: hidden)
        let dFactors = backend.rowProducts(output.pointer, dy.pointer, rows: routing.rows, width: hidden)
        for (number, expert) in weights.feedForward.enumerated() {
            let range = routing.range(number)
            guard !range.isEmpty else { continue }
            let first = range.lowerBound
            let own = up.dropping(rows: first)
            if sink.trainsWeights { activate(activated.pointer, own.pointer, range.count) }
            applyBackward(
                expert.down, nil, block, dy: dOutput.dropping(rows: first), x: activated, dx: dActivated, range.count,
                sink)
            activateBackward(own.pointer, dActivated.pointer, range.count)
            applyBackward(
                expert.up, nil, block, dy: own, x: input.dropping(rows: first), dx: dInput.dropping(rows: first),
                range.count, sink)
        }
        backend.zero(dx.pointer, count: rows * hidden)
        backend.scatterAddRows(dx.pointer, dInput.pointer, rows: routing.rows, factors: nil, width: hidden)
        let logits = workspace.view(workspace.router)
        routing.logitGradient(factorGradients: dFactors).withUnsafeBufferPointer {
            backend.upload($0, to: logits.pointer)
        }
        if sink.trainsWeights, let parameter = router.parameter {
            sink.addWeight(parameter, dy: logits, x: x, rows: rows, output: logits.stride, input: hidden, backend)
        }
        backend.multiply(dx, logits, frozen: router.matrix, rows: rows, accumulate: true)
    }
}
