internal import Tensors

/// Computes losses and the gradients of all parameters of a small model; the counterpart of ``AdapterGradientPass`` for
/// full-parameter training.
///
/// The model must have been loaded as trainable, and is changed by ``setParameters(_:)``: use it from one task, and don't use
/// the model elsewhere at the same time.
package final class ParameterGradientPass {
    private let pass: TransformerPass
    private let gradients: TensorBuffer
    package let parameterCount: Int

    /// - Throws: ``LanguageModelsError`` `.invalidConfiguration` for a model with frozen weights.
    package init(model: LanguageModel, checkpointing: Bool = false) throws {
        parameterCount = model.parameters.last?.range.upperBound ?? 0
        guard parameterCount > 0 else {
            throw LanguageModelsError(
                .invalidConfiguration, "The model's weights are frozen. Load it as trainable to train all of them.")
        }
        pass = try TransformerPass(model: model, adapter: nil, purpose: checkpointing ? .checkpointing : .backward)
        gradients = try TensorBuffer(count: parameterCount, backend: model.backend)
    }

    /// The model's parameters, in the order of ``LanguageModel/parameters``.
    package func parameters() -> [Float] {
        var result = [Float](repeating: 0, count: parameterCount)
        for parameter in pass.model.parameters {
            result.withUnsafeMutableBufferPointer { values in
                let own = UnsafeMutableBufferPointer(rebasing: values[parameter.range])
                pass.backend.download(own, from: parameter.buffer.pointer + parameter.position)
                if parameter.addsOne { for index in own.indices { own[index] -= 1 } }
            }
        }
        return result
    }

    /// Changes the model; `values` has ``parameterCount`` elements.
    package func setParameters(_ values: [Float]) {
        for parameter in pass.model.parameters {
            let own = parameter.addsOne ? values[parameter.range].map { $0 + 1 } : Array(values[parameter.range])
            own.withUnsafeBufferPointer {
                pass.backend.upload($0, to: parameter.buffer.pointer + parameter.position)
            }
        }
    }

    /// One forward and backward pass for every group.
    ///
    /// - Parameter body: gets the number of each group, the sum of its unweighted token losses, and its flat gradient. The
    ///   buffer is only valid inside of the call.
    package func run(
        _ groups: [AdapterGradientPass.Group],
        body: (_ group: Int, _ lossSum: Double, _ gradient: UnsafeMutableBufferPointer<Float>) throws -> Void
    ) throws {
        for (number, group) in groups.enumerated() {
            let batch = try PackedBatch(group.sequences, model: pass.model)
            pass.backend.zero(gradients.pointer, count: parameterCount)
            let sink = GradientSink(
                groups: [.init(rows: 0..<batch.count, gradient: gradients.pointer)], trainsA: false, trainsB: false,
                trainsWeights: true)
            try pass.forward(batch)
            let weights = [Float](repeating: group.tokenWeight, count: batch.targets.count)
            let sum = try pass.losses(batch, weights: weights, sink: sink).reduce(0.0) { $0 + Double($1) }
            try pass.backward(batch, sink)
            try pass.backend.synchronize()
            try pass.backend.withHostView(gradients.pointer, count: parameterCount) { try body(number, sum, $0) }
        }
    }
}
