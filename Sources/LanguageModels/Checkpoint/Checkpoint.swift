internal import ConsiliumCore
internal import Foundation
internal import Tensors

/// The weights of a model folder, in one file or in shards.
struct Checkpoint {
    private let files: [SafetensorsFile]
    private let fileOfTensor: [String: Int]
    private let folder: URL

    /// - Throws: if there is neither `model.safetensors` nor `model.safetensors.index.json`, if the index names a file
    ///   outside of the folder, or if a shard is malformed.
    init(folder: URL) throws {
        self.folder = folder
        let single = folder.appendingPathComponent("model.safetensors")
        let index = folder.appendingPathComponent("model.safetensors.index.json")
        if FileManager.default.fileExists(atPath: single.path) {
            let file = try SafetensorsFile(url: single)
            files = [file]
            fileOfTensor = Dictionary(uniqueKeysWithValues: file.tensorNames.map { ($0, 0) })
        } else if FileManager.default.fileExists(atPath: index.path) {
            (files, fileOfTensor) = try Self.shards(index, in: folder)
        } else {
            throw LanguageModelsError(
                .malformedCheckpoint,
                "\(folder.path) has neither model.safetensors nor model.safetensors.index.json. Give a Hugging Face model folder."
            )
        }
    }

    private struct Index: Decodable {
        var weightMap: [String: String]

        enum CodingKeys: String, CodingKey {
            case weightMap = "weight_map"
        }
    }

    private static func shards(_ url: URL, in folder: URL) throws -> ([SafetensorsFile], [String: Int]) {
        let index = try CanonicalJSON.decode(Index.self, from: DurableFile.read(url, limit: 100_000_000))
        let names = Set(index.weightMap.values).sorted()
        for name in names where !isPlainName(name) {
            throw LanguageModelsError(
                .malformedCheckpoint, "\(url.path) names a file outside of its folder. Don't use this model.")
        }
        let files = try names.map { try SafetensorsFile(url: folder.appendingPathComponent($0)) }
        let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        var fileOfTensor: [String: Int] = [:]
        for (tensor, name) in index.weightMap {
            guard let number = numbers[name], files[number].contains(tensor) else {
                throw LanguageModelsError(
                    .malformedCheckpoint, "\(url.path) lists a tensor that is not in the file it names.")
            }
            fileOfTensor[tensor] = number
        }
        return (files, fileOfTensor)
    }

    /// A file name that can't leave its folder.
    static func isPlainName(_ name: String) -> Bool {
        !name.isEmpty && !name.contains("/") && !name.contains("\\") && !name.contains("..") && !name.contains("\0")
            && name.hasSuffix(".safetensors")
    }

    /// Refuses weights that the model would silently leave out, such as biases that config.json does not announce.
    ///
    /// - Parameter used: the names that were read. Rotary tables of old files and a head beside a tied embedding are
    ///   known to be redundant.
    func requireNothingElse(than used: Set<String>, tiedHead: Bool) throws {
        let unused = fileOfTensor.keys.filter { name in
            !used.contains(name) && !name.hasSuffix(".rotary_emb.inv_freq") && !(tiedHead && name == "lm_head.weight")
        }
        if let name = unused.min() {
            throw LanguageModelsError(
                .notBuiltYet,
                "The weight “\(name.prefix(100))” is not built yet for this model type. Check that config.json belongs to it."
            )
        }
    }

    /// Reads the tensor `name` into `target`, which has the size of `shape`.
    /// - Throws: if it is missing, has another shape or contains NaN or infinity.
    func read(_ name: String, shape: [Int], into target: UnsafeMutableBufferPointer<Float>) throws {
        guard let number = fileOfTensor[name] else {
            throw LanguageModelsError(
                .malformedCheckpoint, "The model in \(folder.path) lacks the tensor “\(name)”. Download it again.")
        }
        let entry = try files[number].entry(name)
        guard entry.shape == shape else {
            throw LanguageModelsError(
                .malformedCheckpoint,
                "“\(name)” has the shape \(entry.shape), but config.json asks for \(shape). The files don't belong together."
            )
        }
        try files[number].read(name, into: target)
        guard VectorOperations.norm(UnsafeBufferPointer(target)).isFinite else {
            throw LanguageModelsError(
                .malformedCheckpoint, "“\(name)” contains NaN or infinite numbers. Download the model again.")
        }
    }
}
