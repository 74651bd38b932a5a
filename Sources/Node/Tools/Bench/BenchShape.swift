public import LanguageModels

/// Models that `bench` builds from random weights. The peers' scripts have the same table, so that both sides do the same work.
public enum BenchShape: String, Sendable, Codable, CaseIterable {
    /// SmolLM2-135M.
    case smol
    /// Qwen2.5-0.5B without the biases of q, k and v.
    case qwen05
    /// TinyLlama-1.1B.
    case tinyllama
    /// Llama-3.1-8B.
    case llama8b
    /// Llama-2-70B.
    case llama70b
    /// For tests of the command itself: its figures mean nothing.
    case tiny

    /// - Parameter positions: the longest sequence that will be needed; never fewer than 2,048, as with the peers.
    public func configuration(positions: Int = 2048) -> ModelConfiguration {
        let maximum = max(2048, positions)
        switch self {
        case .smol:
            return ModelConfiguration(
                vocabularySize: 49152, hiddenSize: 576, intermediateSize: 1536, layers: 30, heads: 9, keyValueHeads: 3,
                maximumPositions: maximum, tiedHead: true)
        case .qwen05:
            return ModelConfiguration(
                vocabularySize: 151_936, hiddenSize: 896, intermediateSize: 4864, layers: 24, heads: 14,
                keyValueHeads: 2, maximumPositions: maximum, tiedHead: true)
        case .tinyllama:
            return ModelConfiguration(
                vocabularySize: 32000, hiddenSize: 2048, intermediateSize: 5632, layers: 22, heads: 32,
                keyValueHeads: 4, maximumPositions: maximum)
        case .llama8b:
            return ModelConfiguration(
                vocabularySize: 128_256, hiddenSize: 4096, intermediateSize: 14336, layers: 32, heads: 32,
                keyValueHeads: 8, maximumPositions: maximum)
        case .llama70b:
            return ModelConfiguration(
                vocabularySize: 32000, hiddenSize: 8192, intermediateSize: 28672, layers: 80, heads: 64,
                keyValueHeads: 8, maximumPositions: maximum)
        case .tiny:
            return ModelConfiguration(
                vocabularySize: 256, hiddenSize: 64, intermediateSize: 128, layers: 2, heads: 4, keyValueHeads: 2,
                maximumPositions: maximum, tiedHead: true)
        }
    }
}
