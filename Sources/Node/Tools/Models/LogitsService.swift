internal import ConsiliumCore
public import Foundation
public import LanguageModels
internal import Tensors

/// `consilium-node logits`.
public enum LogitsService {
    public struct Outcome: Codable, Sendable {
        public var out: String
        public var shape: [Int]
    }

    /// - Parameter ids: token ids with commas between.
    public static func run(
        model folder: URL, adapter: URL?, ids: String, out: URL, storage: BaseStorage = .automatic
    ) throws -> Outcome {
        var tokens: [Int32] = []
        for part in ids.split(separator: ",", omittingEmptySubsequences: false) {
            guard let id = Int32(part.trimmingCharacters(in: .whitespaces)) else {
                throw NodeError(.badInput, "--ids must be whole numbers with commas between, such as 1,403,407.")
            }
            tokens.append(id)
        }
        let model = try LanguageModel.load(from: folder, storage: storage)
        let loaded = try adapter.map { try LoRAAdapter.load(from: $0, for: model.configuration) }
        let logits = try model.logits(ids: tokens, adapter: loaded)
        let width = model.configuration.outputSize
        let shape = [logits.count / width, width]
        try SafetensorsWriter.write(
            [NamedTensor(name: "logits", shape: shape, values: logits)], metadata: ["format": "pt"], to: out)
        return Outcome(out: out.path, shape: shape)
    }
}
