public import ConsiliumCore
public import Foundation

/// What a base model is called in job manifests: one hash over everything that decides its output.
public enum BaseModelIdentity {
    /// The files that count beside `*.safetensors`. Read-me files, images and licences don't.
    public static let otherFiles: Set<String> = [
        "config.json", "model.safetensors.index.json", "tokenizer.json", "tokenizer.model", "tokenizer_config.json",
        "special_tokens_map.json", "added_tokens.json", "vocab.json", "vocab.txt", "merges.txt", "chat_template.jinja",
        "tokenizer.bin", "tok512.bin",
    ]

    /// SHA-256 over one line a file, `<sha256 in hex> <name>\n`, sorted by name (bytes of UTF-8). Only files directly in
    /// the folder count.
    ///
    /// - Throws: ``LanguageModelsError`` `.malformedCheckpoint` without a `config.json` or weights.
    public static func hash(of folder: URL) throws -> ContentHash {
        let names = try files(in: folder)
        var list = ""
        for name in names { list += "\(try ContentHash(ofFile: folder.appendingPathComponent(name)).hex) \(name)\n" }
        return ContentHash(of: Data(list.utf8))
    }

    /// The names that ``hash(of:)`` covers, in its order.
    public static func files(in folder: URL) throws -> [String] {
        guard let all = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
            throw LanguageModelsError(
                .malformedCheckpoint, "Can't list \(folder.path). Give a Hugging Face model folder.")
        }
        let names = all.filter { otherFiles.contains($0) || $0.hasSuffix(".safetensors") }
        guard names.contains("config.json"), names.contains(where: { $0.hasSuffix(".safetensors") }) else {
            throw LanguageModelsError(
                .malformedCheckpoint,
                "\(folder.path) has no config.json or no *.safetensors. Give a Hugging Face model folder.")
        }
        return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    }
}
