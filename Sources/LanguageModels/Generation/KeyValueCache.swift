internal import Tensors

/// The rotated keys and the values of all earlier tokens of one sequence, for every block.
final class KeyValueCache {
    let capacity: Int
    private(set) var count = 0
    private let width: Int
    private let memory: TensorBuffer
    private let backend: any TensorBackend

    init(configuration: ModelConfiguration, capacity: Int, backend: any TensorBackend) throws {
        self.capacity = capacity
        self.backend = backend
        width = 2 * configuration.keyValueWidth
        memory = try TensorBuffer(count: configuration.layers * capacity * width, backend: backend)
    }

    /// Keys of one block; the values follow in the same rows after the keys.
    func keys(_ block: Int) -> MatrixView { MatrixView(memory.pointer + block * capacity * width, stride: width) }

    /// All that one block has stored.
    /// - Parameter keyWidth: of a row's keys; its values stand behind them.
    func earlier(_ block: Int, width keyWidth: Int) -> EarlierKeys {
        EarlierKeys(keys: keys(block), values: keys(block).dropping(columns: keyWidth), count: count)
    }

    /// Stores the keys and values of `rows` new tokens, whose first column is `source`'s.
    func store(_ block: Int, _ source: MatrixView, rows: Int) {
        backend.copyRows(keys(block).dropping(rows: count), source, rows: rows, width: width)
    }

    /// Counts the tokens whose keys all blocks have stored.
    func advance(_ rows: Int) { count += rows }
}
