internal import Tensors

/// One trainable weight of a model: its name in the checkpoint and its place in the flat parameter vector.
public struct ModelParameter: Sendable {
    public let name: String
    /// As in memory: [output, input] for a linear layer, even where the file has it turned.
    public let shape: [Int]
    /// Where its elements start in the flat vector.
    public let offset: Int
    /// The file has [input, output].
    public let isTransposed: Bool
    /// Memory has the file's value + 1 (the norms of Gemma); the flat vector has the file's.
    let addsOne: Bool
    let buffer: TensorBuffer
    /// Where it starts in the buffer.
    let position: Int

    public var count: Int { shape.reduce(1, *) }
    public var range: Range<Int> { offset..<offset + count }
}
