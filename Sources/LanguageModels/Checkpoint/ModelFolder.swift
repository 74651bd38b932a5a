internal import ConsiliumCore
internal import Foundation
internal import Tensors

/// The files of a model folder beside its weights, and how a new folder appears as a whole.
enum ModelFolder {
    /// Calls `body` with an empty folder that gets its name when everything in it was written.
    ///
    /// - Parameter folder: must not exist, or be empty.
    /// - Throws: ``LanguageModelsError`` `.invalidConfiguration`, what `body` throws, or a `CoreError` of the disk. Nothing is
    ///   left behind then; only a killed process leaves a hidden folder that ends in `.part`.
    static func write(to folder: URL, _ body: (URL) throws -> Void) throws {
        try requireFree(folder)
        let parent = folder.deletingLastPathComponent()
        try DurableFile.createFolder(parent, permissions: 0o755)
        let temporary = parent.appendingPathComponent(
            ".\(folder.lastPathComponent).\(UInt32.random(in: 0 ... .max)).part")
        try DurableFile.createFolder(temporary, permissions: 0o755)
        do {
            try body(temporary)
            try DurableFile.synchronizeFolder(temporary)
            try requireFree(folder)
            try DurableFile.move(temporary, to: folder)
        } catch {
            try? FileManager.default.removeItem(at: temporary)
            throw error
        }
    }

    private static func requireFree(_ folder: URL) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder) else { return }
        let content = isFolder.boolValue ? try? FileManager.default.contentsOfDirectory(atPath: folder.path) : nil
        guard content?.isEmpty == true else {
            throw LanguageModelsError(
                .invalidConfiguration, "\(folder.path) exists already and is not an empty folder. Choose another one.")
        }
    }

    /// Copies configuration, tokenizer and license; not weights in other formats, which would be those of the old model,
    /// nor the read-me, which describes it.
    ///
    /// - Parameter member: leaves config.json.
    static func copyOtherFiles(from base: URL, to folder: URL, removing member: String?) throws {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: base.path).sorted()
        } catch {
            throw LanguageModelsError(.malformedCheckpoint, "Can't list \(base.path).", cause: error)
        }
        for name in names where belongsToModel(name) {
            let source = base.appendingPathComponent(name)
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: source.path, isDirectory: &isFolder), !isFolder.boolValue
            else {
                continue
            }
            var data = try DurableFile.read(source)
            if name == "config.json", let member {
                data = try StrictJSON.removing(member, from: data, what: source.path)
            }
            try DurableFile.write(data, to: folder.appendingPathComponent(name), permissions: 0o644)
        }
    }

    static func belongsToModel(_ name: String) -> Bool {
        if BaseModelIdentity.otherFiles.contains(name) { return name != Checkpoint.indexFile }
        if ["generation_config.json", "spiece.model", "bpe.codes", "configuration.json"].contains(name) { return true }
        return ["LICENSE", "LICENCE", "NOTICE", "USE_POLICY"].contains { name.uppercased().hasPrefix($0) }
    }
}
