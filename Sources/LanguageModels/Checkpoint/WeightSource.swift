internal import Tensors

/// Where the frozen weights of a model come from: a checkpoint or a generator of random numbers.
protocol WeightSource {
    func contains(_ name: String) -> Bool

    /// The matrix `name` [rows, columns].
    ///
    /// - Parameters:
    ///   - transposed: the file has [columns, rows] (GPT-2's Conv1D); it is turned while it is read.
    ///   - storage: ``BaseStorage/automatic`` means as stored.
    func matrix(_ name: String, rows: Int, columns: Int, transposed: Bool, storage: BaseStorage) throws -> FrozenMatrix

    /// A norm weight, bias or small table as float32. `shape` is what the file must say.
    func vector(_ name: String, shape: [Int]) throws -> [Float]
}
