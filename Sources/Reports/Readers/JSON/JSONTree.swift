/// A JSON value whose members keep their order and whose numbers keep their digits (a record number may begin with a zero
/// or have more digits than a `Double` holds).
enum JSONTree: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONTree])
    case object([Member])

    struct Member: Sendable, Equatable {
        var key: String
        var value: JSONTree
    }

    /// The last member of that name, as common parsers do.
    subscript(key: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    subscript(index: Int) -> JSONTree? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// `patient.mrn`; a number is an index.
    func at(_ path: String) -> JSONTree? {
        if let direct = self[path] { return direct }
        var value: JSONTree? = self
        for step in path.split(separator: ".") {
            value = Int(step).flatMap { value?[$0] } ?? value?[String(step)]
        }
        return value
    }

    var elements: [JSONTree] {
        if case .array(let elements) = self { return elements }
        return []
    }

    var text: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    /// Strings and numbers.
    var scalar: String? {
        switch self {
        case .string(let text), .number(let text): text
        default: nil
        }
    }
}
