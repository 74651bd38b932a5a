/// A text with placeholders: `{findings}`, `{impression|assessment}`, `{labs.abnormal}`. `{{` and `}}` are braces.
struct TemplateText: Sendable, Hashable {
    enum Field: Sendable, Hashable {
        case section(SectionKind)
        /// The whole text.
        case text
        /// The text without the sections that answer the template.
        case note
        /// Laboratory values outside of, or inside, the reference ranges written with them.
        case abnormalLabs, normalLabs
        /// What the report concludes, with the abnormal laboratory values.
        case keyFindings

        static let computed: [String: Field] = [
            "text": .text, "note": .note, "labs.abnormal": .abnormalLabs, "labs.normal": .normalLabs,
            "keyFindings": .keyFindings,
        ]
    }

    enum Part: Sendable, Hashable {
        case literal(String)
        /// The first of them that the report has.
        case field([Field])
    }

    let parts: [Part]

    var fields: [Field] {
        parts.flatMap { part -> [Field] in
            if case .field(let fields) = part { fields } else { [] }
        }
    }

    /// - Parameter place: how messages call the text, such as `examples.templates: prompt of “labs”`.
    /// - Throws: ``ReportsError`` `.badConfiguration` for an unknown placeholder or an open brace.
    init(_ text: String, place: String) throws {
        var parts: [Part] = []
        var literal = ""
        var rest = Substring(text)
        func refuse(_ sentence: String) -> ReportsError { ReportsError(.badConfiguration, "\(place): \(sentence)") }
        while let character = rest.popFirst() {
            switch character {
            case "{" where rest.first == "{", "}" where rest.first == "}":
                literal.append(character)
                rest.removeFirst()
            case "{":
                guard let end = rest.firstIndex(of: "}") else {
                    throw refuse("a “{” has no “}”. Write “{{” where a brace is meant.")
                }
                if !literal.isEmpty { parts.append(.literal(literal)) }
                literal = ""
                parts.append(.field(try Self.fields(rest[..<end], place: place)))
                rest = rest[rest.index(after: end)...]
            case "}": throw refuse("a “}” has no “{”. Write “}}” where a brace is meant.")
            default: literal.append(character)
            }
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        self.parts = parts
    }

    private static func fields(_ names: Substring, place: String) throws -> [Field] {
        try names.split(separator: "|", omittingEmptySubsequences: false).map { part in
            let name = part.filter { $0 != " " }
            if let computed = Field.computed[name] { return computed }
            if let kind = SectionKind(rawValue: name) { return .section(kind) }
            let known = (Field.computed.keys.sorted() + SectionKind.allCases.map(\.rawValue)).joined(separator: ", ")
            throw ReportsError(
                .badConfiguration, "\(place): “{\(name.prefix(60))}” is no placeholder; there are: \(known).")
        }
    }

    /// - Parameter value: the text of a field, `nil` if the report has none.
    /// - Returns: `nil` if a placeholder has no value.
    func filled(_ value: (Field) -> String?) -> String? {
        var result = ""
        for part in parts {
            switch part {
            case .literal(let text): result += text
            case .field(let fields):
                guard let text = fields.lazy.compactMap(value).first else { return nil }
                result += text
            }
        }
        return result
    }
}
