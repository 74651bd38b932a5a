public import ConsiliumCore
public import Foundation
internal import LanguageModels

/// `consilium-node merge`: an adapter becomes part of its base model.
public enum MergeService {
    public struct Outcome: Codable, Sendable {
        public var out: String
    }

    /// - Throws: errors of the model, the adapter and the disk. No folder is left then.
    public static func run(model: URL, adapter: URL, out: URL, progress: @escaping ProgressHandler) throws -> Outcome {
        // Merging copies tensors as they come: only loading notices a base that lacks some, or has some that don't belong to it.
        let configuration = try LanguageModel.load(from: model).configuration
        try LoRAAdapter.load(from: adapter, for: configuration).merge(base: model, to: out, progress: progress)
        return Outcome(out: out.path)
    }
}
