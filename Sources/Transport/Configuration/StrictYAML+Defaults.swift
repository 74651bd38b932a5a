internal import ConsiliumCore
public import Foundation
internal import Yams

/// Configurations in which almost everything may be left out.
extension StrictYAML {
    /// Reads a YAML text over a value that holds the defaults.
    ///
    /// The known keys are those of the default value's own properties, so that a new setting can't be forgotten in a list of
    /// keys. A property that is a dictionary takes any key.
    ///
    /// - Parameters:
    ///   - required: key paths such as `clinic.id` that must be written because no default makes sense.
    ///   - source: what to call the text in messages, such as its path.
    /// - Throws: ``TransportError`` `.invalidConfiguration`.
    public static func decode<Value: Codable>(
        _ text: String, over defaults: Value, required: [String] = [], source: String
    ) throws -> Value {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw invalid(source, syntax(error))
        }
        guard let node else { throw invalid(source, "the file is empty.") }
        if let problem = YAMLSchema(of: defaults).problem(in: node, at: "") { throw invalid(source, problem) }
        guard let written = node.any as? [String: Any] else {
            throw invalid(source, "it must be a YAML mapping with keys such as “clinic:”.")
        }
        for path in required where value(at: path.split(separator: ".").map(String.init), in: written) == nil {
            throw invalid(source, "“\(path)” is missing.")
        }
        let base = try JSONSerialization.jsonObject(with: CanonicalJSON.encode(defaults))
        do {
            return try decode(Value.self, written, over: base)
        } catch let error as any ConsiliumError {
            // The decoder does not always name the key: look which setting alone can't be read over the defaults.
            let culprit = leaves(of: written).first { (try? decode(Value.self, $0.tree, over: base)) == nil }
            guard let culprit, !error.message.contains("“\(culprit.path)") else { throw invalid(source, error.message) }
            throw invalid(source, "“\(culprit.path)” has a value of a kind or size that it can't have.")
        }
    }

    private static func decode<Value: Decodable>(_ type: Value.Type, _ written: [String: Any], over base: Any) throws
        -> Value
    {
        let merged = overlay(written, on: base)
        guard JSONSerialization.isValidJSONObject(merged) else {
            throw TransportError(.invalidConfiguration, "A number in it is not finite.")
        }
        return try CanonicalJSON.decode(type, from: JSONSerialization.data(withJSONObject: merged))
    }

    /// Every single setting, with its path and as a tree that holds nothing else.
    private static func leaves(of tree: [String: Any]) -> [(path: String, tree: [String: Any])] {
        tree.sorted { $0.key < $1.key }.flatMap { key, value -> [(path: String, tree: [String: Any])] in
            guard let nested = value as? [String: Any] else { return [(key, [key: value])] }
            return leaves(of: nested).map { ("\(key).\($0.path)", [key: $0.tree]) }
        }
    }

    /// The same for a file of at most 1 MiB.
    public static func decode<Value: Codable>(contentsOf url: URL, over defaults: Value, required: [String] = []) throws
        -> Value
    {
        let data = try DurableFile.read(url, limit: 1 << 20)
        guard let text = String(data: data, encoding: .utf8) else {
            throw invalid(url.path, "the file is not UTF-8 text.")
        }
        return try decode(text, over: defaults, required: required, source: url.path)
    }

    private static func overlay(_ written: [String: Any], on base: Any) -> [String: Any] {
        var result = base as? [String: Any] ?? [:]
        for (key, value) in written {
            if let nested = value as? [String: Any] {
                result[key] = overlay(nested, on: result[key] ?? [:])
            } else if value is NSNull {
                // `coordinator:` with everything below it commented out means the defaults.
                continue
            } else {
                result[key] = plain(value)
            }
        }
        return result
    }

    /// Values that JSON can carry: dates become text again, lists are cleaned item by item.
    private static func plain(_ value: Any) -> Any {
        switch value {
        case let date as Date: date.ISO8601Format()
        case let list as [Any]: list.map(plain)
        case let tree as [String: Any]: tree.mapValues(plain)
        default: value
        }
    }

    private static func value(at path: [String], in tree: [String: Any]) -> Any? {
        guard let first = path.first, let value = tree[first] else { return nil }
        if path.count == 1 { return value }
        return (value as? [String: Any]).flatMap { Self.value(at: Array(path.dropFirst()), in: $0) }
    }
}

extension YAMLSchema {
    /// The schema that a value's own properties describe.
    init(of value: Any) {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .struct: break
        case .dictionary:
            self = .named(.value)
            return
        case .optional:
            self = mirror.children.first.map { YAMLSchema(of: $0.value) } ?? .value
            return
        default:
            self = .value
            return
        }
        // A type that is one value to people (an id, a date) has no keys of its own to write.
        if value is any RawRepresentable || value is Date || value is any CustomStringConvertible {
            self = .value
            return
        }
        var keys: [String: YAMLSchema] = [:]
        for child in mirror.children {
            if let label = child.label { keys[label] = YAMLSchema(of: child.value) }
        }
        self = .mapping(keys)
    }
}
