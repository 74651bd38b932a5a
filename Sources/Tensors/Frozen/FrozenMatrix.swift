/// The weight of a linear layer or an embedding that is not trained: [rows, columns] = [output, input], row-major, in the
/// number format in which it is kept. All arithmetic with it is in float32.
///
/// The memory may be owned or be part of a mapped file, which then several processes share. `@unchecked Sendable`: nothing
/// writes to it after it was made.
public struct FrozenMatrix: @unchecked Sendable {
    public enum Format: String, Sendable, CaseIterable, Codable {
        case float32
        case float16
        case bfloat16
        /// One signed byte an element times a scale a row (LLM.int8; Dettmers et al. 2022).
        case int8
        /// Four bits an element, blocks of 64 along the flat matrix with one scale each (QLoRA; Dettmers et al. 2023). Two
        /// elements a byte, the even one in the high half, as bitsandbytes writes them.
        case nf4
    }

    /// What bitsandbytes rounds a dequantized weight to before it is used.
    public enum Rounding: Int32, Sendable {
        case none, bfloat16, float16
    }

    /// Elements of one scale in ``Format/nf4``.
    public static let blockSize = 64

    public let format: Format
    public let rows: Int
    public let columns: Int
    /// In the backend's memory; may be unaligned in a mapped file.
    public let data: UnsafeRawPointer
    /// int8: [rows], already divided by 127. nf4: one a block, the largest absolute value.
    public let scales: UnsafePointer<Float>?
    /// nf4: the 16 values.
    public let codebook: UnsafePointer<Float>?
    public let rounding: Rounding
    private let owners: [AnyObject]

    /// - Parameter owners: keep the memory alive.
    public init(
        format: Format, rows: Int, columns: Int, data: UnsafeRawPointer, scales: UnsafePointer<Float>? = nil,
        codebook: UnsafePointer<Float>? = nil, rounding: Rounding = .none, owners: [AnyObject]
    ) {
        self.format = format
        self.rows = rows
        self.columns = columns
        self.data = data
        self.scales = scales
        self.codebook = codebook
        self.rounding = rounding
        self.owners = owners
    }

    /// Float32 memory that somebody may write to: for a model whose weights are trained.
    public init(_ buffer: TensorBuffer, rows: Int, columns: Int) {
        self.init(
            format: .float32, rows: rows, columns: columns, data: UnsafeRawPointer(buffer.pointer), owners: [buffer])
    }

    public var count: Int { rows * columns }
}
