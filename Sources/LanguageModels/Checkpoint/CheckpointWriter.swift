internal import ConsiliumCore
internal import Foundation
internal import Tensors

/// Writes a Hugging Face model folder that is a base model with some weights changed: the same files, shards, names, order
/// and number formats. Weights of a quantized base become BF16, and `quantization_config` leaves config.json.
///
/// Tensor by tensor: beside the mapped base it needs memory for one changed weight. The folder appears whole or not at all.
struct CheckpointWriter {
    /// What happens to a weight.
    enum Change {
        /// The model's weight plus this.
        case add([Float])
        /// This instead of the model's weight.
        case replace([Float])

        var values: [Float] {
            switch self {
            case .add(let values), .replace(let values): values
            }
        }
    }

    private let base: Checkpoint
    /// By the names in the files.
    private let changed: [String: WeightChange]
    /// The quantized weights.
    private let quantized: Set<String>
    /// What belongs to them and is left out.
    private let dropped: Set<String>

    /// - Parameters:
    ///   - changes: the weights to change, without their values.
    ///   - aliases: other names under which old files have a tensor.
    /// - Throws: as ``Checkpoint/init(folder:)``; ``LanguageModelsError`` `.malformedCheckpoint` if the base lacks a weight or
    ///   has it in another shape, `.notBuiltYet` for other quantizations.
    init(base folder: URL, changes: [WeightChange], aliases: (String) -> [String] = { _ in [] }) throws {
        base = try Checkpoint(folder: folder)
        var changed: [String: WeightChange] = [:]
        for change in changes {
            let name = ([change.name] + aliases(change.name)).first(where: base.contains) ?? change.name
            guard changed.updateValue(change, forKey: name) == nil else {
                throw LanguageModelsError(
                    .invalidConfiguration, "The weight “\(name.prefix(120))” can't be changed twice.")
            }
        }
        var quantized: Set<String> = []
        var dropped: Set<String> = []
        for name in base.names {
            let companions = StoredWeight.companions(of: name, in: base)
            guard !companions.isEmpty else { continue }
            quantized.insert(name)
            dropped.formUnion(companions)
        }
        for (name, change) in changed where !quantized.contains(name) {
            try base.require(name, shape: change.fileShape)
        }
        self.changed = changed
        self.quantized = quantized
        self.dropped = dropped
    }

    /// - Parameters:
    ///   - folder: must not exist, or be empty.
    ///   - values: for each of the changes, when its turn comes: row-major [rows, columns], even where the file is turned.
    /// - Throws: ``LanguageModelsError`` `.invalidConfiguration` if the folder is not empty, `.numericalFault` for NaN,
    ///   infinity or numbers that the file's format can't hold; `CancellationError`; errors of the disk.
    func write(
        to folder: URL, progress: ProgressHandler? = nil, values: (WeightChange) throws -> Change
    ) throws {
        try ModelFolder.write(to: folder) { temporary in
            var weightMap: [String: String] = [:]
            var total = 0
            let bytes = Double(base.files.reduce(0) { $0 + $1.size })
            var done = 0
            for file in base.files {
                let tensors = try file.namesInFileOrder.filter { !dropped.contains($0) }.map {
                    try announce($0, in: file)
                }
                let name = file.url.lastPathComponent
                let stream = try SafetensorsStream(
                    tensors, metadata: file.metadata, to: temporary.appendingPathComponent(name))
                for tensor in tensors {
                    try Task.checkCancellation()
                    try write(tensor, from: file, to: stream, values)
                    file.release(tensor.name)
                    done += try file.bytes(tensor.name).count
                    progress?(
                        ProgressUpdate(activity: "write model", completed: Double(done), total: bytes, unit: "bytes"))
                    weightMap[tensor.name] = name
                    total += (elementCount(of: tensor.shape) ?? 0) * tensor.type.size
                }
                try stream.finish()
            }
            if base.isSharded {
                let index = Index(metadata: .init(totalSize: total), weightMap: weightMap)
                try DurableFile.write(
                    CanonicalJSON.encodePretty(index), to: temporary.appendingPathComponent(Checkpoint.indexFile),
                    permissions: 0o644)
            }
            try ModelFolder.copyOtherFiles(
                from: base.folder, to: temporary, removing: quantized.isEmpty ? nil : "quantization_config")
        }
    }

    private struct Index: Encodable {
        struct Metadata: Encodable {
            var totalSize: Int

            enum CodingKeys: String, CodingKey { case totalSize = "total_size" }
        }

        var metadata: Metadata
        var weightMap: [String: String]

        enum CodingKeys: String, CodingKey {
            case metadata
            case weightMap = "weight_map"
        }
    }

    /// What the new file says about a tensor.
    private func announce(_ name: String, in file: SafetensorsFile) throws -> SafetensorsStream.Tensor {
        guard quantized.contains(name) else {
            let entry = try file.entry(name)
            return SafetensorsStream.Tensor(name: name, type: entry.type, shape: entry.shape)
        }
        let matrix = try dequantized(name)
        return SafetensorsStream.Tensor(name: name, type: .bfloat16, shape: [matrix.rows, matrix.columns])
    }

    private func dequantized(_ name: String) throws -> FrozenMatrix {
        let change = changed[name]
        guard
            case .quantized(let matrix) = try StoredWeight(
                name, in: base, shape: change.map { ($0.rows, $0.columns) })
        else {
            throw LanguageModelsError(.malformedCheckpoint, "“\(name.prefix(120))” can't be dequantized.")
        }
        return matrix
    }

    private func write(
        _ tensor: SafetensorsStream.Tensor, from file: SafetensorsFile, to stream: SafetensorsStream,
        _ values: (WeightChange) throws -> Change
    ) throws {
        let isQuantized = quantized.contains(tensor.name)
        guard let weight = changed[tensor.name] else {
            guard isQuantized else { return try stream.append(file.bytes(tensor.name)) }
            let matrix = try dequantized(tensor.name)
            return try panels(matrix.rows, matrix.columns) { rows, target in
                if let base = target.baseAddress { matrix.read(rows: rows, into: base) }
                try append(target, of: tensor, to: stream)
            }
        }
        let change = try values(weight)
        guard change.values.count == weight.rows * weight.columns else {
            throw LanguageModelsError(
                .invalidConfiguration,
                "“\(tensor.name.prefix(120))” was given \(change.values.count) numbers where \(weight.rows) × \(weight.columns) are needed."
            )
        }
        // The rows of the file: those of the model's matrix, or its columns where the file is turned.
        let isTurned = weight.isTransposed && !isQuantized
        let (height, width) = isTurned ? (weight.columns, weight.rows) : (weight.rows, weight.columns)
        let matrix = isQuantized ? try dequantized(tensor.name) : nil
        try change.values.withUnsafeBufferPointer { given in
            try panels(height, width) { rows, target in
                guard let base = target.baseAddress, let given = given.baseAddress else { return }
                let start = rows.lowerBound * width
                if isTurned {
                    DenseMatrix.transpose(
                        given, rows: weight.rows, columns: weight.columns, range: rows, into: base)
                } else {
                    base.update(from: given + start, count: target.count)
                }
                if case .add = change {
                    var old = [Float](repeating: 0, count: target.count)
                    try old.withUnsafeMutableBufferPointer { old in
                        guard let old = old.baseAddress else { return }
                        if let matrix {
                            matrix.read(rows: rows, into: old)
                        } else {
                            try file.read(tensor.name, elements: start..<start + target.count, into: old)
                        }
                    }
                    old.withUnsafeBufferPointer { VectorOperations.add($0, to: target) }
                }
                try append(target, of: tensor, to: stream)
            }
        }
    }

    private func append(
        _ values: UnsafeMutableBufferPointer<Float>, of tensor: SafetensorsStream.Tensor, to stream: SafetensorsStream
    ) throws {
        do {
            try stream.append(UnsafeBufferPointer(values), as: tensor.type)
        } catch let error as TensorsError {
            throw LanguageModelsError(
                .numericalFault,
                "The changed weight “\(tensor.name.prefix(120))” has numbers that \(tensor.type.rawValue) can't hold. Check the training that it comes from.",
                cause: error)
        }
    }

    private func panels(
        _ rows: Int, _ columns: Int, _ body: (Range<Int>, UnsafeMutableBufferPointer<Float>) throws -> Void
    ) throws {
        let height = max(1, (1 << 20) / max(columns, 1))
        for start in stride(from: 0, to: rows, by: height) {
            let range = start..<min(rows, start + height)
            let memory = UnsafeMutableBufferPointer<Float>.allocate(capacity: range.count * columns)
            defer { memory.deallocate() }
            try body(range, memory)
        }
    }
}
