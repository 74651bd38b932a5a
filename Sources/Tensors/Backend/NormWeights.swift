/// A norm over the last dimension with its weights.
public struct NormWeights: Sendable {
    public enum Kind: Sendable, Equatable {
        /// x / sqrt(mean(x²) + epsilon) · weight (Zhang & Sennrich 2019).
        case rootMeanSquare
        /// (x − mean) / sqrt(variance + epsilon) · weight + bias (Ba et al. 2016).
        case layer
    }

    public let kind: Kind
    public let weight: TensorBuffer
    public let bias: TensorBuffer?
    public let epsilon: Float

    public init(kind: Kind, weight: TensorBuffer, bias: TensorBuffer?, epsilon: Float) {
        self.kind = kind
        self.weight = weight
        self.bias = bias
        self.epsilon = epsilon
    }
}
