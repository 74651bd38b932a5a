internal import ConsiliumCore
internal import Foundation

/// Saves a model whose adapter has become part of its weights: W + scale · B · A, as a Hugging Face checkpoint.
enum MergedCheckpoint {
    /// - Parameters:
    ///   - base: the folder of the base model.
    ///   - weights: the adapted weights.
    ///   - aliases: other names under which old files have a tensor, as in ``CheckpointSource``.
    ///   - folder: must not exist, or be empty; it appears when everything was written.
    ///   - delta: scale · B · A of one of the weights, row-major [rows, columns] even where the file is turned.
    /// - Throws: as ``CheckpointWriter``.
    static func write(
        base: URL, weights: [WeightChange], aliases: (String) -> [String] = { _ in [] }, to folder: URL,
        progress: ProgressHandler? = nil, delta: (WeightChange) throws -> [Float]
    ) throws {
        let writer = try CheckpointWriter(base: base, changes: weights, aliases: aliases)
        try writer.write(to: folder, progress: progress) { .add(try delta($0)) }
    }
}

/// Saves a model all of whose weights were trained, as a Hugging Face checkpoint like its base.
enum ModelCheckpointWriter {
    /// Like ``MergedCheckpoint``, with the weights themselves from `values`.
    static func write(
        base: URL, weights: [WeightChange], aliases: (String) -> [String] = { _ in [] }, to folder: URL,
        progress: ProgressHandler? = nil, values: (WeightChange) throws -> [Float]
    ) throws {
        let writer = try CheckpointWriter(base: base, changes: weights, aliases: aliases)
        try writer.write(to: folder, progress: progress) { .replace(try values($0)) }
    }
}
