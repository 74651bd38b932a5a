internal import ConsiliumCore
internal import Foundation
internal import Tensors

/// The weight files of a model folder, one or several shards, and which of them has which tensor.
///
/// Links inside of the folder are followed, as the Hugging Face cache makes them; names that leave the folder are refused.
struct Checkpoint {
    static let singleFile = "model.safetensors"
    static let indexFile = "model.safetensors.index.json"

    let folder: URL
    /// In the order of their names.
    let files: [SafetensorsFile]
    private let fileOfTensor: [String: Int]

    /// - Throws: ``LanguageModelsError`` `.malformedCheckpoint` if there is neither `model.safetensors` nor
    ///   `model.safetensors.index.json`, if the index names a file outside of the folder, a file that is missing or a tensor
    ///   that its file lacks, or if two shards have the same tensor; ``TensorsError`` if a file is malformed.
    init(folder: URL) throws {
        self.folder = folder
        let single = folder.appendingPathComponent(Self.singleFile)
        let index = folder.appendingPathComponent(Self.indexFile)
        if FileManager.default.fileExists(atPath: single.path) {
            files = [try SafetensorsFile(url: single)]
            fileOfTensor = try Self.places(in: files)
        } else if FileManager.default.fileExists(atPath: index.path) {
            (files, fileOfTensor) = try Self.shards(index, in: folder)
        } else {
            throw LanguageModelsError(
                .malformedCheckpoint,
                "\(folder.path) has neither model.safetensors nor model.safetensors.index.json. Give a Hugging Face model folder; a pytorch_model.bin must be saved as safetensors first."
            )
        }
    }

    /// Whether an index belongs to the folder.
    var isSharded: Bool { files.first?.url.lastPathComponent != Self.singleFile }

    /// Sorted.
    var names: [String] { fileOfTensor.keys.sorted() }

    func contains(_ name: String) -> Bool { fileOfTensor[name] != nil }

    /// The file that has the tensor.
    /// - Throws: ``LanguageModelsError`` `.malformedCheckpoint`.
    func file(of name: String) throws -> SafetensorsFile {
        guard let number = fileOfTensor[name] else {
            throw LanguageModelsError(
                .malformedCheckpoint,
                "The model in \(folder.path) lacks the tensor “\(name.prefix(120))”. Download it again.")
        }
        return files[number]
    }

    func entry(_ name: String) throws -> SafetensorsFile.Entry { try file(of: name).entry(name) }

    /// - Throws: ``LanguageModelsError`` `.malformedCheckpoint` if the tensor has another shape.
    func require(_ name: String, shape: [Int]) throws {
        let found = try entry(name).shape
        guard found == shape else {
            throw LanguageModelsError(
                .malformedCheckpoint,
                "“\(name.prefix(120))” has the shape \(found), but config.json asks for \(shape). The files don't belong together."
            )
        }
    }

    private static func shards(_ url: URL, in folder: URL) throws -> ([SafetensorsFile], [String: Int]) {
        func malformed(_ reason: String) -> LanguageModelsError {
            LanguageModelsError(.malformedCheckpoint, "\(url.path) \(reason).")
        }
        let index: StrictJSON
        do {
            index = try StrictJSON(DurableFile.read(url, limit: 100_000_000), what: url.path)
        } catch let error as TensorsError {
            throw LanguageModelsError(.malformedCheckpoint, error.message, cause: error)
        }
        guard let map = index["weight_map"]?.members, !map.isEmpty else { throw malformed("has no weight_map") }
        let places = try map.mapValues { value in
            guard let name = value.text else { throw malformed("has a weight_map that does not name files") }
            return name
        }
        let names = Set(places.values).sorted()
        guard names.allSatisfy(isPlainName) else {
            throw malformed("names a file outside of its folder. Don't use this model")
        }
        guard names.count <= 10_000 else { throw malformed("names more than 10,000 files") }
        for name in names where !FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path) {
            throw malformed("names \(name), which is missing. Download the model again")
        }
        let files = try names.map { try SafetensorsFile(url: folder.appendingPathComponent($0)) }
        let found = try Self.places(in: files)
        for (tensor, name) in places {
            guard let number = found[tensor], names[number] == name else {
                throw malformed("lists a tensor that is not in the file it names. Download the model again")
            }
        }
        return (files, found)
    }

    private static func places(in files: [SafetensorsFile]) throws -> [String: Int] {
        var places: [String: Int] = [:]
        for (number, file) in files.enumerated() {
            for name in file.tensorNames {
                guard places.updateValue(number, forKey: name) == nil else {
                    throw LanguageModelsError(
                        .malformedCheckpoint,
                        "\(file.url.path) has the tensor “\(name.prefix(120))”, which another file has too. Download the model again."
                    )
                }
            }
        }
        return places
    }

    /// A file name that can't leave its folder.
    static func isPlainName(_ name: String) -> Bool {
        !name.isEmpty && !name.contains("/") && !name.contains("\\") && !name.contains("..") && !name.contains("\0")
            && name.hasSuffix(".safetensors") && name.utf8.count <= 255
    }
}
