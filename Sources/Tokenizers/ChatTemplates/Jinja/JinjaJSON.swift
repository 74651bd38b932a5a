/// `tojson` as chat templates know it: Python's `json.dumps` with `ensure_ascii=False`, without escapes for HTML.
enum JinjaJSON {
    private static let options: Set<String> = ["indent", "ensure_ascii", "sort_keys"]

    /// Characters of a foreign string stay foreign.
    static func text(
        _ value: JinjaValue, _ indent: Int?, _ named: [String: JinjaValue], _ interpreter: JinjaInterpreter
    ) throws -> JinjaText {
        if let other = named.keys.sorted().first(where: { !options.contains($0) }) {
            throw interpreter.unsupported("the option “\(other)” of “tojson”")
        }
        guard named["ensure_ascii"]?.isTrue != true else {
            throw interpreter.unsupported("“tojson” with “ensure_ascii”")
        }
        var writer = Writer(
            indent: indent.map { min(max($0, 0), 100) }, sorts: named["sort_keys"]?.isTrue ?? false,
            interpreter: interpreter)
        try writer.write(value, level: 0)
        return writer.result
    }

    private struct Writer {
        let indent: Int?
        let sorts: Bool
        let interpreter: JinjaInterpreter
        var result = JinjaText()

        mutating func write(_ value: JinjaValue, level: Int) throws {
            guard level < 64 else { throw interpreter.fault("values nested too deep for “tojson”") }
            try interpreter.charge()
            switch value {
            case .none: result.append("null")
            case .bool(let value): result.append(value ? "true" : "false")
            case .integer, .number: result.append(try interpreter.printed(value))
            case .text(let text): try write(text)
            case .list(let items):
                try write(items, "[", "]", level) { writer, item in try writer.write(item, level: level + 1) }
            case .dictionary(let members):
                let members = sorts ? members.sorted { $0.key < $1.key } : members
                try write(members, "{", "}", level) { writer, member in
                    try writer.write(member.key)
                    writer.result.append(": ")
                    try writer.write(member.value, level: level + 1)
                }
            default: throw interpreter.fault("\(value.kind) given to “tojson”")
            }
        }

        private mutating func write<Item>(
            _ items: [Item], _ open: JinjaText, _ close: JinjaText, _ level: Int,
            _ one: (inout Writer, Item) throws -> Void
        ) throws {
            result.append(open)
            for (index, item) in items.enumerated() {
                if index > 0 { result.append(indent == nil ? ", " : ",") }
                breakLine(level + 1)
                try one(&self, item)
            }
            if !items.isEmpty { breakLine(level) }
            result.append(close)
        }

        private mutating func breakLine(_ level: Int) {
            if let indent { result.append(JinjaText("\n" + String(repeating: " ", count: indent * level))) }
        }

        private mutating func write(_ text: JinjaText) throws {
            try interpreter.charge(text.count)
            result.append("\"")
            result.append(
                text.mapped { scalar in
                    switch scalar {
                    case "\"": return "\\\""
                    case "\\": return "\\\\"
                    case "\n": return "\\n"
                    case "\r": return "\\r"
                    case "\t": return "\\t"
                    case "\u{8}": return "\\b"
                    case "\u{c}": return "\\f"
                    case let scalar where scalar.value < 0x20:
                        return "\\u00" + (scalar.value < 16 ? "0" : "1") + String(scalar.value % 16, radix: 16)
                    default: return String(scalar)
                    }
                })
            result.append("\"")
        }
    }
}
