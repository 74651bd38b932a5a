internal import LanguageModels

/// The low-rank factors of a frozen model.
final class AdapterGradientSource: GradientSource {
    let model: LanguageModel
    /// Configuration and layout; its values are those that training started from.
    let template: LoRAAdapter
    let blocks: [ParameterBlock]
    private let pass: AdapterGradientPass

    init(model: LanguageModel, adapter: LoRAAdapter, checkpointing: Bool) throws {
        self.model = model
        template = adapter
        blocks = adapter.layout.map { ParameterBlock(name: $0.name, range: $0.range, isA: $0.isA) }
        pass = try AdapterGradientPass(model: model, adapter: adapter, checkpointing: checkpointing)
    }

    /// - Throws: `LanguageModelsError` for another number of parameters, or for NaN.
    func adapter(_ parameters: [Float]) throws -> LoRAAdapter {
        var adapter = template
        try adapter.setParameters(parameters)
        return adapter
    }

    func setParameters(_ values: [Float]) { pass.setParameters(values) }

    func run(
        _ groups: [AdapterGradientPass.Group], factors: (a: Bool, b: Bool),
        body: (_ group: Int, _ lossSum: Double, _ gradient: UnsafeMutableBufferPointer<Float>) throws -> Void
    ) throws {
        try pass.run(groups, factors: factors, body: body)
    }

    func supervisedTokens(in sequence: TokenSequence) -> Int { model.supervisedTokens(in: sequence) }

    var tokensPerPass: Int { model.tokensPerTrainingPass }

    func check(_ sequence: TokenSequence) throws { try model.check(sequence) }

    func losses(of sequences: [TokenSequence], parameters: [Float]) throws -> (sum: Double, tokens: Int) {
        let adapter = try adapter(parameters)
        return try model.negativeLogLikelihood(of: sequences, adapter: adapter)
            .reduce((0, 0)) { ($0.0 + $1.sum, $0.1 + $1.tokens) }
    }
}
