/// Methods of strings, mappings and loops.
extension JinjaInterpreter {
    static let textMethods: Set<String> = [
        "strip", "lstrip", "rstrip", "split", "startswith", "endswith", "replace", "upper", "lower", "title",
        "capitalize", "find", "count", "join",
    ]
    static let dictionaryMethods: Set<String> = ["get", "items", "keys", "values"]

    func callMethod(
        _ name: String, of owner: JinjaValue, _ positional: [JinjaValue], _ named: [String: JinjaValue]
    ) throws -> JinjaValue {
        guard named.isEmpty else { throw unsupported("an argument with a name in “\(name)”") }
        switch owner {
        case .text(let text): return try callMethod(name, of: text, positional)
        case .dictionary(let members): return try callMethod(name, ofMapping: owner, members, positional)
        case .loop(let loop):
            guard !positional.isEmpty else { throw fault("“loop.cycle” without values") }
            return positional[loop.index % positional.count]
        default: throw unsupported("“\(name)” of \(owner.kind)")
        }
    }

    private func callMethod(
        _ name: String, ofMapping owner: JinjaValue, _ members: [(key: JinjaText, value: JinjaValue)],
        _ arguments: [JinjaValue]
    ) throws -> JinjaValue {
        try charge(members.count)
        switch name {
        case "get":
            guard let key = arguments.first?.text else { throw fault("“get” without a name") }
            return owner[key] ?? (arguments.count > 1 ? arguments[1] : .none)
        case "items": return .list(members.map { .list([.text($0.key), $0.value]) })
        case "keys": return .list(members.map { .text($0.key) })
        default: return .list(members.map(\.value))
        }
    }

    private func callMethod(_ name: String, of text: JinjaText, _ arguments: [JinjaValue]) throws -> JinjaValue {
        try charge(text.count)
        func argument(_ index: Int) throws -> JinjaText {
            guard index < arguments.count, let text = arguments[index].text else {
                throw fault("“\(name)” without the string it needs")
            }
            return text
        }
        func characters() throws -> JinjaText? {
            arguments.first.map(\.isNone) ?? true ? nil : try argument(0)
        }
        func limit(_ index: Int) throws -> Int? {
            guard index < arguments.count else { return nil }
            guard let limit = arguments[index].integer else { throw fault("“\(name)” with a limit that is no number") }
            return limit < 0 ? nil : limit
        }
        switch name {
        case "strip": return .text(text.stripped(of: try characters()))
        case "lstrip": return .text(text.stripped(of: try characters(), right: false))
        case "rstrip": return .text(text.stripped(of: try characters(), left: false))
        case "split":
            let separator = try characters()
            guard separator?.isEmpty != true else { throw fault("“split” by nothing") }
            let parts = text.split(by: separator, limit: try limit(1))
            try charge(text.count + parts.count * 16)
            return .list(parts.map { .text($0) })
        case "startswith": return .bool(try alternatives(arguments).contains { text.hasPrefix($0) })
        case "endswith": return .bool(try alternatives(arguments).contains { text.hasSuffix($0) })
        case "replace":
            let (old, new) = (try argument(0), try argument(1))
            return .text(try replaced(text, old, new, try limit(2)))
        case "upper": return .text(text.uppercased)
        case "lower": return .text(text.lowercased)
        case "title": return .text(text.titled)
        case "capitalize": return .text(text.capitalized)
        case "find": return .integer(text.firstIndex(of: try argument(0)) ?? -1)
        case "count":
            let part = try argument(0)
            guard !part.isEmpty else { return .integer(text.count + 1) }
            return .integer(text.split(by: part, limit: nil).count - 1)
        case "join": return .text(try joined(arguments.first ?? .none, by: text))
        default: throw unsupported("the method “\(name)”")
        }
    }

    /// One string or a tuple of them.
    private func alternatives(_ arguments: [JinjaValue]) throws -> [JinjaText] {
        guard let first = arguments.first else { throw fault("a method without the string it needs") }
        if let text = first.text { return [text] }
        return try items(of: first).compactMap(\.text)
    }

    func replaced(_ text: JinjaText, _ old: JinjaText, _ new: JinjaText, _ limit: Int?) throws -> JinjaText {
        // The result can be longer than both: pay for the longest that is possible before it is made.
        let most = old.isEmpty ? text.count + 1 : text.count / old.count
        let (size, overflow) = min(most, limit ?? .max).multipliedReportingOverflow(by: new.count)
        guard !overflow else { throw fault("a string that is too long") }
        if size > 1 << 24, !old.isEmpty, text.firstIndex(of: old) == nil { return text }
        try charge(text.count + (size > 4 * text.count + 4096 ? size : text.count))
        return text.replacing(old, with: new, limit: limit)
    }

    func joined(_ value: JinjaValue, by separator: JinjaText) throws -> JinjaText {
        var result = JinjaText()
        for (index, item) in try items(of: value).enumerated() {
            let part = try printed(item)
            try charge(part.count + separator.count)
            if index > 0 { result.append(separator) }
            result.append(part)
        }
        return result
    }
}
