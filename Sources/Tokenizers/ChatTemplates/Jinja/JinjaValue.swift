/// A value of the template language.
indirect enum JinjaValue {
    /// With the name that was looked up, for messages.
    case undefined(String)
    case none
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case text(JinjaText)
    /// Lists and tuples.
    case list([JinjaValue])
    /// In the order of insertion.
    case dictionary([(key: JinjaText, value: JinjaValue)])
    case namespace(JinjaNamespace)
    case loop(JinjaLoop)
    case macro(JinjaMacro)
    case method(JinjaValue, String)
    /// A function that every template has: `range`, `namespace`, `dict`, `raise_exception`, `strftime_now`.
    case function(String)

    init(_ text: String, isForeign: Bool = false) { self = .text(JinjaText(text, isForeign: isForeign)) }

    var isTrue: Bool {
        switch self {
        case .undefined, .none: false
        case .bool(let value): value
        case .integer(let value): value != 0
        case .number(let value): value != 0
        case .text(let text): !text.isEmpty
        case .list(let items): !items.isEmpty
        case .dictionary(let members): !members.isEmpty
        case .namespace, .loop, .macro, .method, .function: true
        }
    }

    var isUndefined: Bool { if case .undefined = self { true } else { false } }
    var isNone: Bool { if case .none = self { true } else { false } }
    var text: JinjaText? { if case .text(let text) = self { text } else { nil } }

    /// A whole number; truth values are 0 and 1.
    var integer: Int? {
        switch self {
        case .integer(let value): value
        case .bool(let value): value ? 1 : 0
        default: nil
        }
    }

    var number: Double? { if case .number(let value) = self { value } else { integer.map(Double.init) } }

    /// What the value is called in a message.
    var kind: String {
        switch self {
        case .undefined(let name): name.isEmpty ? "an undefined value" : "“\(name)”, which is undefined,"
        case .none: "none"
        case .bool: "a truth value"
        case .integer, .number: "a number"
        case .text: "a string"
        case .list: "a list"
        case .dictionary: "a mapping"
        case .namespace: "a namespace"
        case .loop: "a loop"
        case .macro, .method, .function: "a function"
        }
    }

    subscript(_ key: JinjaText) -> JinjaValue? {
        guard case .dictionary(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    static func equal(_ left: JinjaValue, _ right: JinjaValue) -> Bool {
        if let left = left.integer, let right = right.integer { return left == right }
        if let left = left.number, let right = right.number { return left == right }
        switch (left, right) {
        case (.none, .none), (.undefined, .undefined): return true
        case (.text(let left), .text(let right)): return left == right
        case (.list(let left), .list(let right)): return left.elementsEqual(right, by: equal)
        case (.dictionary(let members), .dictionary(let others)):
            return members.count == others.count && members.allSatisfy { right[$0.key].map(equal($0.value)) ?? false }
        default: return false
        }
    }

    private static func equal(_ left: JinjaValue) -> (JinjaValue) -> Bool { { equal(left, $0) } }
}

/// What `namespace(…)` makes: the one kind of value that a template may change from inside of a loop.
final class JinjaNamespace {
    var values: [String: JinjaValue]

    init(_ values: [String: JinjaValue]) { self.values = values }
}

/// What `loop` is inside of a `for`.
struct JinjaLoop {
    let items: [JinjaValue]
    let index: Int
    let depth: Int

    func attribute(_ name: String) -> JinjaValue? {
        switch name {
        case "index": .integer(index + 1)
        case "index0": .integer(index)
        case "revindex": .integer(items.count - index)
        case "revindex0": .integer(items.count - index - 1)
        case "first": .bool(index == 0)
        case "last": .bool(index == items.count - 1)
        case "length": .integer(items.count)
        case "depth": .integer(depth)
        case "depth0": .integer(depth - 1)
        case "previtem": index > 0 ? items[index - 1] : .undefined("loop.previtem")
        case "nextitem": index + 1 < items.count ? items[index + 1] : .undefined("loop.nextitem")
        default: nil
        }
    }
}

/// A macro with the scope that it was written in.
struct JinjaMacro {
    let name: String
    let parameters: [(name: String, standard: JinjaExpression?)]
    let body: [JinjaStatement]
    let scope: JinjaScope
}

/// Variables, and those around them.
final class JinjaScope {
    var variables: [String: JinjaValue] = [:]
    private let parent: JinjaScope?

    init(parent: JinjaScope?) { self.parent = parent }

    func find(_ name: String) -> JinjaValue? {
        var scope: JinjaScope? = self
        while let current = scope {
            if let value = current.variables[name] { return value }
            scope = current.parent
        }
        return nil
    }
}
