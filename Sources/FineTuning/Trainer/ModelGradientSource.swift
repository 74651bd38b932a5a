internal import LanguageModels

/// All weights of a model that was loaded as trainable.
final class ModelGradientSource: GradientSource {
    let model: LanguageModel
    let blocks: [ParameterBlock]
    private let pass: ParameterGradientPass

    init(model: LanguageModel, checkpointing: Bool) throws {
        self.model = model
        blocks = model.parameters.map { ParameterBlock(name: $0.name, range: $0.range, isA: true) }
        pass = try ParameterGradientPass(model: model, checkpointing: checkpointing)
    }

    var parameters: [Float] { pass.parameters() }

    func setParameters(_ values: [Float]) { pass.setParameters(values) }

    /// There are no factors to choose from.
    func run(
        _ groups: [AdapterGradientPass.Group], factors: (a: Bool, b: Bool),
        body: (_ group: Int, _ lossSum: Double, _ gradient: UnsafeMutableBufferPointer<Float>) throws -> Void
    ) throws {
        try pass.run(groups, body: body)
    }

    func supervisedTokens(in sequence: TokenSequence) -> Int { model.supervisedTokens(in: sequence) }
    var tokensPerPass: Int { model.tokensPerTrainingPass }

    func check(_ sequence: TokenSequence) throws { try model.check(sequence) }

    func losses(of sequences: [TokenSequence], parameters: [Float]) throws -> (sum: Double, tokens: Int) {
        pass.setParameters(parameters)
        return try model.negativeLogLikelihood(of: sequences).reduce((0, 0)) { ($0.0 + $1.sum, $0.1 + $1.tokens) }
    }
}
