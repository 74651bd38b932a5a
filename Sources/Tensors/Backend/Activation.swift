/// The nonlinearity of a feed-forward layer.
public enum Activation: Int32, Sendable, CaseIterable {
    /// x · sigmoid(x)
    case silu
    /// x/2 · (1 + erf(x / √2)) (Hendrycks & Gimpel 2016)
    case gelu
    /// x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))), called gelu_new and gelu_pytorch_tanh in checkpoints.
    case geluTanh
    case relu
    case tanh
}
