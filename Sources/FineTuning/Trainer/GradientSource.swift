internal import LanguageModels

/// A tensor's place in the flat vector of what is trained.
struct ParameterBlock: Equatable {
    var name: String
    var range: Range<Int>
    /// Whether it counts as an A factor; see ``OptimizerState/stepsOfA``. All blocks are where there are no factors.
    var isA: Bool
}

/// The gradient of a model's loss with respect to one flat parameter vector: an adapter's factors, or all weights.
///
/// What a label means (shifted or not, a token or a class) is known here alone.
protocol GradientSource: AnyObject {
    /// Consecutive parts of the vector, from 0.
    var blocks: [ParameterBlock] { get }
    /// The parameters that the next ``run(_:factors:body:)`` uses.
    func setParameters(_ values: [Float])
    /// See `AdapterGradientPass.run`.
    func run(
        _ groups: [AdapterGradientPass.Group], factors: (a: Bool, b: Bool),
        body: (_ group: Int, _ lossSum: Double, _ gradient: UnsafeMutableBufferPointer<Float>) throws -> Void
    ) throws
    /// Tokens of one pass that suit the device.
    var tokensPerPass: Int { get }
    /// How many predictions of the sequence count.
    func supervisedTokens(in sequence: TokenSequence) -> Int
    /// Throws if the model can't take the sequence, so that a bad line is found before hours of training.
    func check(_ sequence: TokenSequence) throws
    /// Sum of the losses in nats and number of supervised tokens.
    func losses(of sequences: [TokenSequence], parameters: [Float]) throws -> (sum: Double, tokens: Int)
}

extension GradientSource {
    var tokensPerPass: Int { ParameterTrainer.usualTokensPerPass }

    var parameterCount: Int { blocks.last?.range.upperBound ?? 0 }
}
