internal import ConsiliumCore
public import Foundation

extension Tokenizer {
    /// Larger files are no tokenizer: the largest published ones have about 35 MB.
    private static let largestFile = 256 << 20

    /// Reads the tokenizer of a model.
    ///
    /// Of several forms in a folder the most explicit one counts: `tokenizer.json`, then `tokenizer.model`, then `vocab.json`
    /// with `merges.txt`, then `vocab.txt`, then llama2.c's `tokenizer.bin` or `tok….bin`.
    ///
    /// - Parameter url: a model's folder, or one of the files by itself; the files beside it are then read as well.
    /// - Throws: ``TokenizersError`` naming the file and what is wrong with it, or `CoreError` if a file can't be read.
    public static func load(from url: URL) throws -> Tokenizer {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
        guard exists else {
            throw TokenizersError(.noTokenizer, "There is no \(url.path). Give a model's folder or its tokenizer file.")
        }
        let folder = isFolder.boolValue ? url : url.deletingLastPathComponent()
        let names =
            isFolder.boolValue
            ? (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? []
            : [url.lastPathComponent]
        return try load(folder: folder, names: names)
    }

    private static func load(folder: URL, names: [String]) throws -> Tokenizer {
        func data(_ name: String) throws -> Data {
            try DurableFile.read(folder.appendingPathComponent(name), limit: largestFile)
        }
        let configuration = try TokenizerConfiguration(folder: folder)
        if names.contains("tokenizer.json") {
            return try TokenizerJSONFile.read(
                data("tokenizer.json"), file: "tokenizer.json", configuration: configuration)
        }
        if let name = names.first(where: { $0 == "tokenizer.model" || $0.hasSuffix(".spm.model") }) {
            return try SentencePieceFile.read(data(name), file: name, configuration: configuration)
        }
        if names.contains("vocab.json") {
            let added = folder.appendingPathComponent("added_tokens.json")
            return try VocabularyFiles.bytePair(
                vocabulary: data("vocab.json"), merges: data("merges.txt"),
                addedTokens: FileManager.default.fileExists(atPath: added.path) ? data("added_tokens.json") : nil,
                configuration: configuration)
        }
        if names.contains("vocab.txt") {
            return try VocabularyFiles.wordPiece(data("vocab.txt"), configuration: configuration)
        }
        if let name = names.first(where: isLlamaBinary) {
            return try LlamaBinaryFile.read(data(name), file: name)
        }
        throw TokenizersError(
            .noTokenizer,
            "There is no tokenizer in \(folder.path). It needs tokenizer.json, tokenizer.model, vocab.json with merges.txt, vocab.txt or llama2.c's tokenizer.bin."
        )
    }

    /// `tokenizer.bin`, `tok512.bin`, `tok4096.bin`; a model's weights end with `.bin` too.
    private static func isLlamaBinary(_ name: String) -> Bool {
        guard name.hasPrefix("tok"), name.hasSuffix(".bin") else { return false }
        let middle = name.dropFirst(3).dropLast(4)
        return middle == "enizer" || (!middle.isEmpty && middle.allSatisfy(\.isNumber))
    }
}
