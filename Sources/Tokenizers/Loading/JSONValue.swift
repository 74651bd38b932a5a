/// A JSON value that keeps what tokenizer files need and a dictionary of `String` would lose: the order of members, and
/// keys that differ only by Unicode normalization.
enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])

    /// The first member of that name; `nil` for another kind of value.
    subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    var string: String? { if case .string(let value) = self { value } else { nil } }
    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
    var members: [(key: String, value: JSONValue)]? { if case .object(let value) = self { value } else { nil } }
    var isNull: Bool { if case .null = self { true } else { false } }

    /// A whole number that an `Int32` holds.
    var integer: Int? {
        guard case .number(let value) = self else { return nil }
        return Int32(exactly: value).map(Int.init)
    }

    /// Text, or the `content` of an object: both forms occur where a file names a special token.
    var tokenText: String? { string ?? self["content"]?.string }
}
