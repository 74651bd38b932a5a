internal import ConsiliumCore
public import Foundation

extension ChatTemplate {
    private static let largestFile = 64 << 20

    /// The template of a model's folder: `chat_template.jinja`, else `chat_template` in `tokenizer_config.json`, else
    /// the built-in one of the model's family where `config.json` and the vocabulary tell it.
    ///
    /// - Parameters:
    ///   - name: which one, where the configuration lists several by name.
    ///   - tokenizer: the folder's tokenizer if it is loaded already.
    /// - Throws: ``TokenizersError`` `.noChatTemplate` if there is none and the family can't be told.
    public static func load(
        from folder: URL, named name: String = "default", tokenizer: Tokenizer? = nil
    ) throws -> ChatTemplate {
        if let text = try source(in: folder, named: name) { return try ChatTemplate(jinja: text) }
        let configuration = try data("config.json", in: folder)
        let type =
            try configuration.map { try JSONReader.read($0, file: "config.json")["model_type"]?.string } ?? nil
        if let family = Family.of(modelType: type, tokenizer: try tokenizer ?? Tokenizer.load(from: folder)) {
            return ChatTemplate(family)
        }
        throw TokenizersError(
            .noChatTemplate,
            "The model has no chat template, and its family\(type.map { " (“\($0.prefix(40))”)" } ?? "") doesn't tell one. Put the template that it was trained with into its folder as chat_template.jinja."
        )
    }

    /// The Jinja text of the template in a model's folder, not checked; `nil` if there is none.
    /// - Throws: ``TokenizersError`` if a file is damaged, or lists templates but none of this name.
    public static func source(in folder: URL, named name: String = "default") throws -> String? {
        if let source = try data("chat_template.jinja", in: folder) {
            guard let text = String(validating: source, as: UTF8.self) else {
                throw TokenizersError(
                    .malformedFile, "chat_template.jinja is damaged: it is not UTF-8. Fetch the model's files again.")
            }
            return text
        }
        guard let source = try data("tokenizer_config.json", in: folder) else { return nil }
        return try read(JSONReader.read(source, file: "tokenizer_config.json")["chat_template"] ?? .null, name)
    }

    private static func data(_ file: String, in folder: URL) throws -> Data? {
        let url = folder.appendingPathComponent(file)
        guard FileManager.default.fileExists(atPath: url.path) else { return nil }
        return try DurableFile.read(url, limit: largestFile)
    }

    private static func read(_ value: JSONValue, _ name: String) throws -> String? {
        if let text = value.string { return text }
        guard let list = value.array, !list.isEmpty else { return nil }
        var names: [String] = []
        for item in list {
            guard let label = item["name"]?.string, let text = item["template"]?.string else {
                throw TokenizersError(
                    .malformedFile,
                    "tokenizer_config.json is damaged: a chat template in its list has no name or no text. Fetch the model's files again."
                )
            }
            if label == name { return text }
            names.append(String(label.prefix(40)))
        }
        throw TokenizersError(
            .noChatTemplate,
            "The model has no chat template “\(name)”, only \(names.map { "“\($0)”" }.joined(separator: ", ")). Name one of those."
        )
    }
}
