internal import Yams

/// The keys that a configuration file may have. Types and values are the decoder's to check.
public indirect enum YAMLSchema: Sendable {
    /// A scalar, or a list of scalars.
    case value
    case list(YAMLSchema)
    case mapping([String: YAMLSchema])
    /// Keys that the reader chooses, such as clinic ids.
    case named(YAMLSchema)

    /// The first thing that does not belong, in words; `nil` if all does.
    func problem(in node: Node, at path: String) -> String? {
        func full(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
        switch self {
        case .value:
            if let mapping = node.mapping, let (key, _) = mapping.first {
                return "\(line(key))“\(path)” has no keys of its own; “\(key.string ?? "")” is unknown."
            }
            return nil
        case .list(let element):
            for child in node.sequence ?? [] {
                if let found = element.problem(in: child, at: path) { return found }
            }
            return nil
        case .named(let element):
            for (key, child) in node.mapping ?? [:] {
                if let found = element.problem(in: child, at: full(key.string ?? "")) { return found }
            }
            return nil
        case .mapping(let known):
            // An empty mapping is written as nothing; the decoder then says which key is missing.
            guard let mapping = node.mapping else {
                return node.null == nil
                    ? "\(line(node))\(path.isEmpty ? "the file" : "“\(path)”") must be a mapping of keys." : nil
            }
            for (key, child) in mapping {
                let name = key.string ?? ""
                guard let schema = known[name] else {
                    let advice = NearestName.of(name, among: known.keys.sorted()).map { " Did you mean “\(full($0))”?" }
                    return "\(line(key))“\(full(name))” is unknown."
                        + (advice ?? " Known keys here: \(known.keys.sorted().joined(separator: ", ")).")
                }
                if let found = schema.problem(in: child, at: full(name)) { return found }
            }
            return nil
        }
    }

    private func line(_ node: Node) -> String { node.mark.map { "line \($0.line): " } ?? "" }
}
