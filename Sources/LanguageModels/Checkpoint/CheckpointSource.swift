internal import Foundation
internal import Tensors

/// The weights of a Hugging Face folder. What is asked for as it is stored is mapped from the file, so that processes on one
/// machine share it; the rest is converted in panels, so that loading needs little memory beside the result.
///
/// What is mapped stays right only as long as nobody changes the files: if one is made shorter meanwhile, reading beyond its
/// end ends this process (SIGBUS).
final class CheckpointSource: WeightSource {
    private let checkpoint: Checkpoint
    private let aliases: (String) -> [String]
    private var used: Set<String> = []

    /// - Parameter aliases: other names under which old files have a tensor, tried in their order after the name itself.
    /// - Throws: as ``Checkpoint/init(folder:)``.
    init(folder: URL, aliases: @escaping (String) -> [String] = { _ in [] }) throws {
        checkpoint = try Checkpoint(folder: folder)
        self.aliases = aliases
    }

    func contains(_ name: String) -> Bool { checkpoint.contains(resolved(name)) }

    /// The name in the file, or `name` itself where there is none.
    private func resolved(_ name: String) -> String {
        checkpoint.contains(name) ? name : aliases(name).first(where: checkpoint.contains) ?? name
    }

    // MARK: Reading

    func matrix(_ name: String, rows: Int, columns: Int, transposed: Bool, storage: BaseStorage) throws -> FrozenMatrix
    {
        let name = resolved(name)
        let stored = try StoredWeight(name, in: checkpoint, shape: (rows, columns))
        used.insert(name)
        used.formUnion(StoredWeight.companions(of: name, in: checkpoint))
        switch stored {
        case .quantized(let matrix):
            guard let format = storage.format(for: matrix.format), format != matrix.format else { return matrix }
            return try matrix.converted(to: format)
        case .plain(let file, let type):
            try checkpoint.require(name, shape: transposed ? [columns, rows] : [rows, columns])
            let asStored = type.frozenFormat
            let format = storage.format(for: asStored) ?? asStored
            if !transposed, format == asStored, let mapped = try file.mapped(name, rows: rows, columns: columns) {
                guard mapped.isFinite else { throw notFinite(name) }
                return mapped
            }
            return try convert(name, in: file, rows, columns, transposed, to: format)
        }
    }

    private func convert(
        _ name: String, in file: SafetensorsFile, _ rows: Int, _ columns: Int, _ transposed: Bool,
        to format: FrozenMatrix.Format
    ) throws -> FrozenMatrix {
        let writer = try FrozenMatrixWriter(format: format, rows: rows, columns: columns)
        let failure = notFinite(name)
        try RowPanels.forEach(rows: rows, columns: columns) { range, scratch in
            if transposed {
                try file.readTransposed(name, columns: range, into: scratch)
            } else {
                try file.read(name, elements: range.lowerBound * columns..<range.upperBound * columns, into: scratch)
            }
            let values = UnsafeBufferPointer(start: scratch, count: range.count * columns)
            guard VectorOperations.isFinite(values) else { throw failure }
            writer.write(scratch, rows: range)
        }
        file.release(name)
        return writer.finish()
    }

    func vector(_ name: String, shape: [Int]) throws -> [Float] {
        let name = resolved(name)
        try checkpoint.require(name, shape: shape)
        let values = try checkpoint.file(of: name).floats(name)
        used.insert(name)
        guard values.withUnsafeBufferPointer(VectorOperations.isFinite) else { throw notFinite(name) }
        return values
    }

    private func notFinite(_ name: String) -> LanguageModelsError {
        LanguageModelsError(
            .malformedCheckpoint, "“\(name.prefix(120))” contains NaN or infinite numbers. Download the model again.")
    }

    // MARK: The whole

    /// The model as the files hold it: a head that differs from the embedding is a head of its own, also where config.json
    /// says that the two are one. transformers 5 decides the same.
    func settled(_ configuration: ModelConfiguration) throws -> ModelConfiguration {
        guard configuration.tiedHead, configuration.head.classes == nil else { return configuration }
        let names = ModelNames(configuration)
        let embedding = "\(names.embedding).weight"
        let head = "\(names.head).weight"
        guard checkpoint.contains(resolved(embedding)), checkpoint.contains(head) else { return configuration }
        var settled = configuration
        settled.tiedHead = try areEqual(resolved(embedding), head)
        return settled
    }

    private func areEqual(_ first: String, _ second: String) throws -> Bool {
        let files = (try checkpoint.file(of: first), try checkpoint.file(of: second))
        let entries = (try files.0.entry(first), try files.1.entry(second))
        guard entries.0.type == entries.1.type, entries.0.shape == entries.1.shape else { return false }
        let bytes = (try files.0.bytes(first), try files.1.bytes(second))
        guard let left = bytes.0.baseAddress, let right = bytes.1.baseAddress else { return true }
        defer { files.1.release(second) }
        return memcmp(left, right, bytes.0.count) == 0
    }

    /// Refuses weights that the model would silently leave out, such as biases that config.json does not announce.
    /// - Parameter isRedundant: tells the tensors that may be left out.
    func requireNothingElse(_ isRedundant: (String) -> Bool) throws {
        guard let name = checkpoint.names.first(where: { !used.contains($0) && !isRedundant($0) }) else { return }
        throw LanguageModelsError(
            .notBuiltYet,
            "The weight “\(name.prefix(120))” is not built yet for this model type. Check that config.json belongs to it."
        )
    }

    /// A model whose weights in float32 take at most this is kept so: unpacking costs small batches time.
    static let smallModel = 1 << 30

    /// What ``BaseStorage/automatic`` means for this checkpoint: float32 for small models that are not quantized, or as
    /// stored. Other values are returned as they are.
    func resolve(_ storage: BaseStorage) throws -> BaseStorage {
        guard storage == .automatic else { return storage }
        var bytes = 0
        for file in checkpoint.files {
            for name in file.tensorNames {
                guard StoredWeight.companions(of: name, in: checkpoint).isEmpty else { return .automatic }
                let entry = try file.entry(name)
                // Masks and positions of old files are no weights.
                if entry.type.isFloat { bytes += entry.count * MemoryLayout<Float>.stride }
            }
        }
        return bytes <= Self.smallModel ? .float32 : .automatic
    }
}

extension BaseStorage {
    /// The format in which a weight that is stored as `format` is kept. Sixteen bits stay as they are when sixteen are asked
    /// for; `nil` means as stored.
    fileprivate func format(for format: FrozenMatrix.Format) -> FrozenMatrix.Format? {
        switch self {
        case .automatic: nil
        case .float32: .float32
        case .bfloat16: format == .float16 ? .float16 : .bfloat16
        case .int8: .int8
        case .nf4: .nf4
        }
    }
}

extension ElementType {
    fileprivate var frozenFormat: FrozenMatrix.Format {
        switch self {
        case .float16: .float16
        case .bfloat16: .bfloat16
        default: .float32
        }
    }
}
