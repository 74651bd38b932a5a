public import ConsiliumCore
public import Foundation
internal import Tensors
internal import Tokenizers

/// Writes a model as one GGUF file, the form of llama.cpp and of what is built on it, with an adapter in its weights.
///
/// Tensor by tensor: beside the mapped base it needs memory for one weight that an adapter changes. The file appears
/// whole or not at all.
public struct GGUFExport {
    /// What was written.
    public struct Summary: Codable, Sendable, Equatable {
        public var architecture: String
        public var tensors: Int
        public var bytes: Int
        /// How many tokens a sequence may have; less than the model's own where that needs attention windows that
        /// llama.cpp does not have.
        public var contextLength: Int
        public var hasTokenizer: Bool
    }

    private let folder: URL
    private let model: ModelConfiguration
    private let architecture: GGUFArchitecture
    private let adapter: LoRAAdapter?

    /// - Parameter folder: the base model.
    /// - Throws: ``LanguageModelsError`` `.notBuiltYet` for what llama.cpp does not compute, `.adapterMismatch`.
    public init(model folder: URL, adapter: URL?) throws {
        self.folder = folder
        let described = try ModelConfiguration.load(from: folder)
        let source = try CheckpointSource(folder: folder) { ModelNames.aliases($0, described.family) }
        let model = try source.settled(described)
        self.model = model
        architecture = try GGUFArchitecture(model)
        self.adapter = try adapter.map { try LoRAAdapter.load(from: $0, for: model) }
    }

    /// - Parameters:
    ///   - name: what the file says it is.
    ///   - withTokenizer: without one, only token ids can be given to the model.
    /// - Throws: ``LanguageModelsError``; `TokenizersError` for a tokenizer that can't be expressed; ``TensorsError``;
    ///   `CancellationError`; a `CoreError` of the disk. No file is left then.
    public func write(
        to url: URL, as format: GGUFFormat, name: String, withTokenizer: Bool = true, progress: ProgressHandler? = nil
    ) throws -> Summary {
        let vocabulary =
            withTokenizer
            ? try GGUFVocabulary(
                Tokenizer.load(from: folder), size: model.vocabularySize,
                chatTemplate: ChatTemplate.source(in: folder)) : .none
        let source = try CheckpointSource(folder: folder) { ModelNames.aliases($0, model.family) }
        let plans = GGUFTensorPlan.all(model, architecture)
        let tensors = plans.map { plan in
            GGUFStream.Tensor(
                name: plan.name,
                type: plan.shape.count == 1 || plan.isExact ? .float32 : format.type(columns: plan.columns),
                shape: plan.shape)
        }
        let metadata: [(key: String, value: GGUFValue)] =
            [
                ("general.architecture", .string(architecture.name)), ("general.type", .string("model")),
                ("general.name", .string(name)), ("general.file_type", .uint32(format.fileType)),
                ("general.quantization_version", .uint32(2)),
            ] + architecture.metadata + vocabulary.metadata
        let stream = try GGUFStream(tensors, metadata: metadata, to: url)
        let deltas = adapter?.weightDeltas()
        for (number, plan) in plans.enumerated() {
            try Task.checkCancellation()
            do {
                try write(plan, from: source, deltas, to: stream)
            } catch let error as TensorsError where error.code == .wrongShape {
                throw LanguageModelsError(.numericalFault, error.message, cause: error)
            }
            progress?(
                ProgressUpdate(
                    activity: "write model", completed: Double(number + 1), total: Double(plans.count), unit: "tensors")
            )
        }
        try source.requireNothingElse { ModelNames.isRedundant($0, model) }
        try stream.finish()
        return Summary(
            architecture: architecture.name, tensors: tensors.count, bytes: stream.size,
            contextLength: architecture.contextLength, hasTokenizer: withTokenizer)
    }

    private func write(
        _ plan: GGUFTensorPlan, from source: CheckpointSource, _ deltas: LoRAAdapter.WeightDeltas?,
        to stream: GGUFStream
    ) throws {
        switch plan.source {
        case .values(let values): try values.withUnsafeBufferPointer { try stream.append($0) }
        case .vector(let name, let addsOne):
            var values = try source.vector(name, shape: plan.shape)
            if addsOne { values = values.map { $0 + 1 } }
            try append(&values, of: plan, width: 1, to: stream)
        case .matrices(let names, let isTransposed):
            let rows = plan.shape[plan.shape.count - 2]
            for name in names {
                let matrix = try source.matrix(
                    name, rows: rows, columns: plan.columns, transposed: isTransposed, storage: .automatic)
                let delta = try deltas?.delta(of: name)
                try append(matrix, delta, of: plan, to: stream)
            }
        }
    }

    /// In panels of rows, whole heads where these are turned.
    private func append(
        _ matrix: FrozenMatrix, _ delta: [Float]?, of plan: GGUFTensorPlan, to stream: GGUFStream
    ) throws {
        let unit = plan.turnedHeadSize ?? 1
        let height = max(1, (1 << 20) / max(matrix.columns * unit, 1)) * unit
        for first in stride(from: 0, to: matrix.rows, by: height) {
            let rows = first..<min(matrix.rows, first + height)
            var values = [Float](repeating: 0, count: rows.count * matrix.columns)
            values.withUnsafeMutableBufferPointer { values in
                guard let base = values.baseAddress else { return }
                matrix.read(rows: rows, into: base)
                delta?.withUnsafeBufferPointer { delta in
                    let part = delta[rows.lowerBound * matrix.columns..<rows.upperBound * matrix.columns]
                    VectorOperations.add(UnsafeBufferPointer(rebasing: part), to: values)
                }
            }
            try append(&values, of: plan, width: matrix.columns, to: stream)
        }
    }

    private func append(
        _ values: inout [Float], of plan: GGUFTensorPlan, width: Int, to stream: GGUFStream
    ) throws {
        if let headSize = plan.turnedHeadSize { values = Self.turned(values, headSize: headSize, width: width) }
        try values.withUnsafeBufferPointer { try stream.append($0) }
    }

    /// Rows j and j + headSize/2 of every head become 2j and 2j + 1: what is rotated together lies together.
    static func turned(_ values: [Float], headSize: Int, width: Int) -> [Float] {
        var result = values
        for row in 0..<values.count / width {
            let (head, place) = row.quotientAndRemainder(dividingBy: headSize)
            let half = headSize / 2
            let target = head * headSize + (place < half ? 2 * place : 2 * (place - half) + 1)
            result.replaceSubrange(
                target * width..<(target + 1) * width, with: values[row * width..<(row + 1) * width])
        }
        return result
    }
}
