internal import Tensors

/// Takes weights from a source to a backend, and keeps a list of those that will be trained.
final class WeightLoader {
    private let source: any WeightSource
    private let backend: any TensorBackend
    private let storage: BaseStorage
    /// Every weight is float32 in memory of its own and gets a place in the flat parameter vector.
    private let trains: Bool
    private(set) var parameters: [ModelParameter] = []
    private var nextParameter = 0

    init(_ source: any WeightSource, storage: BaseStorage, trains: Bool, backend: any TensorBackend) {
        self.source = source
        self.storage = storage
        self.trains = trains
        self.backend = backend
    }

    /// An embedding, a router or a head, in at least 8 bits. 4 bits would cost these too much, as bitsandbytes found.
    ///
    /// - Parameter atLeast16: for the router, whose choices turn on small differences.
    func table(_ name: String, rows: Int, columns: Int, atLeast16: Bool = false) throws -> Table {
        let small = storage == .nf4 || (storage == .int8 && atLeast16)
        let storage = small ? BaseStorage.automatic : storage
        return try matrix("\(name).weight", rows: rows, columns: columns, transposed: false, storage: storage)
    }

    func linear(_ layers: [LinearLayer], prefix: String, transposed: Bool) throws -> Linear {
        let pieces =
            try stacked(layers, prefix: prefix, transposed: transposed)
            ?? layers.map { layer in
                let table = try matrix(
                    "\(prefix)\(layer.path).weight", rows: layer.output, columns: layer.input, transposed: transposed,
                    storage: storage)
                return Linear.Piece(matrix: table.matrix, column: layer.column, parameter: table.parameter)
            }
        let output = layers.reduce(0) { $0 + $1.output }
        let biases = layers.filter(\.hasBias).map { ("\(prefix)\($0.path).bias", $0.output, $0.column) }
        return Linear(
            pieces: pieces, bias: biases.isEmpty ? nil : try bias(biases, output: output),
            input: layers.first?.input ?? 0, output: output)
    }

    /// Frozen layers as one piece, where the backend wants that.
    private func stacked(_ layers: [LinearLayer], prefix: String, transposed: Bool) throws -> [Linear.Piece]? {
        guard !trains, backend.stacksWeights, layers.count > 1, let first = layers.first else { return nil }
        var column = first.column
        for layer in layers {
            guard layer.column == column, layer.input == first.input else { return nil }
            column += layer.output
        }
        let weights = try layers.map { layer in
            try source.matrix(
                "\(prefix)\(layer.path).weight", rows: layer.output, columns: layer.input, transposed: transposed,
                storage: storage)
        }
        if let matrix = try backend.stack(weights) {
            return [Linear.Piece(matrix: matrix, column: first.column, parameter: nil)]
        }
        return try zip(layers, weights).map { layer, weight in
            Linear.Piece(matrix: try backend.place(weight), column: layer.column, parameter: nil)
        }
    }

    /// - Parameter parts: name, count and first column of each.
    func bias(_ parts: [(String, Int, Int)], output: Int) throws -> Linear.Bias {
        let buffer = try TensorBuffer(count: output, backend: backend)
        let places = try parts.map { name, count, column in
            let values = try source.vector(name, shape: [count])
            values.withUnsafeBufferPointer { backend.upload($0, to: buffer.pointer + column) }
            let parameter = add(
                ModelParameter(
                    name: name, shape: [count], offset: nextParameter, isTransposed: false, addsOne: false,
                    buffer: buffer, position: column))
            return Linear.Bias.Part(column: column, count: count, parameter: parameter)
        }
        return Linear.Bias(values: buffer, parts: places)
    }

    func norm(_ name: String?, _ norm: ModelConfiguration.Norm, width: Int) throws -> Norm? {
        guard let name else { return nil }
        func buffer(_ name: String, addsOne: Bool) throws -> (TensorBuffer, Int?) {
            let values = try source.vector(name, shape: [width])
            let buffer = try TensorBuffer(addsOne ? values.map { $0 + 1 } : values, backend: backend)
            let parameter = add(
                ModelParameter(
                    name: name, shape: [width], offset: nextParameter, isTransposed: false, addsOne: addsOne,
                    buffer: buffer, position: 0))
            return (buffer, parameter)
        }
        let weight = try buffer("\(name).weight", addsOne: norm.addsOne)
        let bias = norm.kind == .layer ? try buffer("\(name).bias", addsOne: false) : nil
        return Norm(
            weights: NormWeights(
                kind: norm.kind, weight: weight.0, bias: bias?.0, epsilon: Float(norm.epsilon)),
            weightParameter: weight.1, biasParameter: bias?.1)
    }

    private func matrix(_ name: String, rows: Int, columns: Int, transposed: Bool, storage: BaseStorage) throws
        -> Table
    {
        guard trains else {
            let weight = try source.matrix(
                name, rows: rows, columns: columns, transposed: transposed, storage: storage)
            return Table(matrix: try backend.place(weight), parameter: nil)
        }
        let values = try source.matrix(
            name, rows: rows, columns: columns, transposed: transposed, storage: .float32)
        // Its own memory: what the source gave may be a mapped file, and nobody writes to that.
        let buffer = try TensorBuffer(count: rows * columns, backend: backend)
        backend.gatherRows(buffer.pointer, frozen: values, rows: (0..<Int32(rows)).map { $0 }, factor: 1)
        let parameter = add(
            ModelParameter(
                name: name, shape: [rows, columns], offset: nextParameter, isTransposed: transposed, addsOne: false,
                buffer: buffer, position: 0))
        return Table(matrix: FrozenMatrix(buffer, rows: rows, columns: columns), parameter: parameter)
    }

    private func add(_ parameter: ModelParameter) -> Int? {
        guard trains else { return nil }
        parameters.append(parameter)
        nextParameter += parameter.count
        return parameter.offset
    }
}
