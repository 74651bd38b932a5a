public import ConsiliumCore
public import Foundation
public import LanguageModels

/// `consilium-node export`: a model with an adapter in its weights, for other programs.
public enum ExportService {
    public struct Outcome: Codable, Sendable {
        public var out: String
        /// Absent for a Hugging Face checkpoint.
        public var gguf: GGUFExport.Summary?
    }

    /// - Parameters:
    ///   - adapter: without one the base model itself.
    ///   - name: what a GGUF file says it is.
    /// - Throws: errors of the model, the adapter, the tokenizer and the disk. Nothing is left then.
    public static func gguf(
        model: URL, adapter: URL?, out: URL, format: GGUFFormat, name: String?, withTokenizer: Bool,
        progress: @escaping ProgressHandler
    ) throws -> Outcome {
        let export = try GGUFExport(model: model, adapter: adapter)
        let name = name ?? (adapter ?? model).standardizedFileURL.lastPathComponent
        return Outcome(
            out: out.path,
            gguf: try export.write(
                to: out, as: format, name: name, withTokenizer: withTokenizer, progress: progress))
    }

    /// A Hugging Face checkpoint, as `consilium-node merge` writes it.
    public static func checkpoint(
        model: URL, adapter: URL?, out: URL, progress: @escaping ProgressHandler
    ) throws -> Outcome {
        guard let adapter else {
            throw NodeError(
                .badInput,
                "Without an adapter the base model is its own Hugging Face checkpoint. Give one with --adapter.")
        }
        return Outcome(out: try MergeService.run(model: model, adapter: adapter, out: out, progress: progress).out)
    }
}
