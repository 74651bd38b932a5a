internal import Tensors

/// The flat parameter vector and what the optimizer remembers of it.
struct TrainedParameters {
    let blocks: [ParameterBlock]
    let optimizer: OptimizerConfiguration
    private(set) var values: [Float]
    private(set) var state: OptimizerState

    init(_ values: [Float], blocks: [ParameterBlock], optimizer: OptimizerConfiguration, state: OptimizerState?) throws
    {
        try optimizer.validate()
        self.blocks = blocks
        self.optimizer = optimizer
        self.values = values
        let zeros = [Float](repeating: 0, count: optimizer.method == .adamW ? values.count : 0)
        self.state = OptimizerState(firstMoment: zeros, secondMoment: zeros)
        if let state { try restore(state) }
    }

    /// - Parameter values: finite, and as many as before.
    mutating func replace(_ values: [Float]) { self.values = values }

    mutating func restore(_ state: OptimizerState) throws {
        let expected = optimizer.method == .adamW ? values.count : 0
        let moments = [state.firstMoment, state.secondMoment]
        guard moments.allSatisfy({ $0.count == expected && Self.norm($0).isFinite }), state.stepsOfA >= 0,
            state.stepsOfB >= 0
        else {
            throw FineTuningError(
                .stateMismatch, "The saved optimizer state belongs to another adapter. Start without it.")
        }
        self.state = state
    }

    /// Applies the optimizer to the blocks of the chosen factors, in place. Either all is updated or, on an error, nothing.
    mutating func update(gradient: [Float], rate: Float, factors: (a: Bool, b: Bool)) throws {
        guard rate.isFinite, rate >= 0 else {
            throw FineTuningError(.invalidSettings, "The learning rate must be a number of 0 or more.")
        }
        guard isSafe(gradient: gradient, rate: Double(rate)) else {
            throw FineTuningError(
                .numericalFault,
                "The gradient or the update is not finite in float32. Nothing was changed; lower the learning rate.")
        }
        if factors.a { state.stepsOfA += 1 }
        if factors.b { state.stepsOfB += 1 }
        for block in blocks where block.isA ? factors.a : factors.b {
            switch optimizer.method {
            case .adamW:
                VectorOperations.adamW(
                    &values, gradient: gradient, first: &state.firstMoment, second: &state.secondMoment,
                    range: block.range,
                    step: .init(
                        rate: rate, beta1: optimizer.beta1, beta2: optimizer.beta2, epsilon: optimizer.epsilon,
                        weightDecay: optimizer.weightDecay, number: block.isA ? state.stepsOfA : state.stepsOfB))
            case .sgd:
                let keep = 1 - rate * optimizer.weightDecay
                for index in block.range { values[index] = values[index] * keep - rate * gradient[index] }
            }
        }
    }

    /// Whether no number of the update can overflow: bounds from the norms, so that nothing must be undone or copied.
    private func isSafe(gradient: [Float], rate: Double) -> Bool {
        let limit = Double(Float.greatestFiniteMagnitude) / 4
        let size = Self.norm(gradient)
        let kept = Self.norm(values) * max(1, abs(1 - rate * Double(optimizer.weightDecay)))
        guard gradient.count == values.count else { return false }
        switch optimizer.method {
        case .sgd: return kept + rate * size < limit
        case .adamW:
            let first = (Self.norm(state.firstMoment) + size) / (1 - Double(optimizer.beta1))
            return kept + rate * first / Double(optimizer.epsilon) < limit
                && Self.norm(state.secondMoment) + size * size < limit
        }
    }

    private static func norm(_ values: [Float]) -> Double {
        values.withUnsafeBufferPointer { VectorOperations.norm($0) }
    }
}
