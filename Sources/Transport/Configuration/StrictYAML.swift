internal import ConsiliumCore
public import Foundation
internal import Yams

/// Reads YAML configuration so that a misspelt key is an error, never a silent default.
///
/// ```swift
/// let schema = YAMLSchema.mapping(["listen": .value, "limits": .mapping(["bodyBytes": .value])])
/// let settings = try StrictYAML.decode(Settings.self, schema: schema, file: url)
/// ```
public enum StrictYAML {
    /// - Parameters:
    ///   - schema: every key that the file may have.
    ///   - name: how messages call the text.
    /// - Throws: ``TransportError`` `.invalidConfiguration`, naming the line, the key and for an unknown one the nearest known.
    public static func decode<Value: Decodable>(
        _ type: Value.Type, schema: YAMLSchema, from text: String, name: String
    ) throws -> Value {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw invalid(name, syntax(error))
        }
        guard let node else { throw invalid(name, "the file is empty.") }
        if let problem = schema.problem(in: node, at: "") { throw invalid(name, problem) }
        do {
            return try YAMLDecoder().decode(type, from: node)
        } catch let error as any ConsiliumError {
            throw invalid(name, error.message)
        } catch let error as DecodingError {
            throw invalid(name, explain(error))
        }
    }

    /// Reads a file of at most 1 MiB.
    public static func decode<Value: Decodable>(_ type: Value.Type, schema: YAMLSchema, file: URL) throws -> Value {
        let data = try DurableFile.read(file, limit: 1 << 20)
        guard let text = String(data: data, encoding: .utf8) else {
            throw invalid(file.path, "the file is not UTF-8 text.")
        }
        return try decode(type, schema: schema, from: text, name: file.path)
    }

    static func invalid(_ name: String, _ reason: String) -> TransportError {
        TransportError(.invalidConfiguration, "\(name): \(reason)")
    }

    static func syntax(_ error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            "line \(mark.line): this is not valid YAML (\(problem))."
        case .duplicatedKeysInMapping(let duplicates, let context):
            "line \(context.mark.line): “\(duplicates.first ?? "a key")” is given twice."
        default: "this is not valid YAML."
        }
    }

    private static func explain(_ error: DecodingError) -> String {
        func path(_ context: DecodingError.Context, _ last: String? = nil) -> String {
            let keys =
                context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue } + [last].compactMap { $0 }
            return keys.isEmpty ? "the top level" : "“\(keys.joined(separator: "."))”"
        }
        switch error {
        case .keyNotFound(let key, let context): return "\(path(context, key.stringValue)) is missing."
        case .valueNotFound(_, let context): return "\(path(context)) is empty."
        case .typeMismatch(let type, let context): return "\(path(context)) must be \(words(for: type))."
        case .dataCorrupted(let context):
            if let error = context.underlyingError as? any ConsiliumError {
                return "\(path(context)): \(error.message)"
            }
            return "\(path(context)) has a value that can't be read."
        @unknown default: return "it can't be read."
        }
    }

    private static func words(for type: any Any.Type) -> String {
        switch type {
        case is String.Type: "text"
        case is Int.Type: "a whole number"
        case is Double.Type: "a number"
        case is Bool.Type: "true or false"
        default: "a \(type)"
        }
    }
}
