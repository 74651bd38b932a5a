internal import Tensors

/// y = x · weightᵀ + bias. The weights of layers that read the same input are pieces whose outputs lie side by side.
struct Linear {
    struct Piece {
        let matrix: FrozenMatrix
        /// First column of its output.
        let column: Int
        /// Where its gradient starts in the flat vector; `nil` where it is frozen.
        let parameter: Int?
    }

    /// Of all pieces; zero where a piece has none.
    struct Bias {
        struct Part {
            let column: Int
            let count: Int
            let parameter: Int?
        }

        let values: TensorBuffer
        let parts: [Part]
    }

    let pieces: [Piece]
    let bias: Bias?
    let input: Int
    let output: Int
}

/// A norm, and where the gradients of its weights start in the flat vector.
struct Norm {
    let weights: NormWeights
    let weightParameter: Int?
    let biasParameter: Int?
}

/// An embedding or a table of positions.
struct Table {
    let matrix: FrozenMatrix
    let parameter: Int?
}

/// One feed-forward layer: of the block, or of an expert.
struct FeedForward {
    let up: Linear
    let down: Linear
}

/// The weights of one block.
struct BlockWeights {
    let attentionNorm: Norm?
    let queryKeyValue: Linear
    let queryNorm: Norm?
    let keyNorm: Norm?
    let attentionOutput: Linear
    let attentionOutputNorm: Norm?
    let mlpNorm: Norm?
    /// One, or one an expert.
    let feedForward: [FeedForward]
    /// [experts, hidden]
    let router: Table?
    let mlpOutputNorm: Norm?
}

/// What turns the last residual into logits.
struct HeadWeights {
    let finalNorm: Norm?
    /// The dense layer before a masked language model's decoder or a classifier (the pooler).
    let transform: Linear?
    let transformNorm: Norm?
    /// Of a tied head the embedding.
    let output: Linear
}

/// All weights of a model.
struct ModelWeights {
    let embedding: Table
    let positions: Table?
    let tokenTypes: Table?
    let embeddingNorm: Norm?
    let blocks: [BlockWeights]
    let head: HeadWeights
}
