/// Filters and tests.
extension JinjaInterpreter {
    func apply(_ filter: JinjaFilter, to value: JinjaValue, _ scope: JinjaScope) throws -> JinjaValue {
        let (positional, named) = try evaluate(filter.arguments, scope)
        return try apply(filter.name, to: value, positional, named)
    }

    private func apply(
        _ name: String, to value: JinjaValue, _ positional: [JinjaValue], _ named: [String: JinjaValue]
    ) throws -> JinjaValue {
        try charge()
        func argument(_ index: Int, _ key: String) -> JinjaValue? {
            index < positional.count ? positional[index] : named[key]
        }
        func text() throws -> JinjaText {
            let text = try printed(value)
            try charge(text.count)
            return text
        }
        switch name {
        case "safe", "string": return .text(try text())
        case "trim": return .text(try text().stripped(of: argument(0, "chars")?.text))
        case "upper": return .text(try text().uppercased)
        case "lower": return .text(try text().lowercased)
        case "title": return .text(try text().titled)
        case "capitalize": return .text(try text().capitalized)
        case "replace":
            guard let old = argument(0, "old")?.text, let new = argument(1, "new")?.text else {
                throw fault("“replace” without two strings")
            }
            return .text(
                try replaced(try text(), old, new, argument(2, "count")?.integer.flatMap { $0 < 0 ? nil : $0 }))
        case "indent":
            return .text(
                try indented(
                    try text(), argument(0, "width") ?? .integer(4), first: argument(1, "first")?.isTrue ?? false,
                    blank: argument(2, "blank")?.isTrue ?? false))
        case "default", "d":
            let isMissing = value.isUndefined || (argument(1, "boolean")?.isTrue == true && !value.isTrue)
            return isMissing ? argument(0, "default_value") ?? JinjaValue("") : value
        case "tojson": return .text(try JinjaJSON.text(value, argument(0, "indent").flatMap(\.integer), named, self))
        case "int": return .integer(try wholeNumber(value, argument(0, "default")))
        case "float": return .number(value.number ?? value.text.flatMap { Double($0.string) } ?? 0)
        case "abs":
            guard let number = value.number else { throw fault("“abs” of \(value.kind)") }
            return number < 0 ? try arithmetic("-", .integer(0), value) : value
        default: return try applyToItems(name, value, positional, named)
        }
    }

    private func wholeNumber(_ value: JinjaValue, _ standard: JinjaValue?) throws -> Int {
        if let number = value.integer { return number }
        if let number = value.number { return Int(exactly: number.rounded(.towardZero)) ?? 0 }
        return value.text.flatMap { Int($0.stripped(of: nil).string) } ?? standard?.integer ?? 0
    }

    private func applyToItems(
        _ name: String, _ value: JinjaValue, _ positional: [JinjaValue], _ named: [String: JinjaValue]
    ) throws -> JinjaValue {
        switch name {
        case "length", "count":
            switch value {
            case .text(let text): return .integer(text.count)
            case .list(let items): return .integer(items.count)
            case .dictionary(let members): return .integer(members.count)
            case .undefined: return .integer(0)
            default: throw fault("the length of \(value.kind)")
            }
        case "first": return try items(of: value).first ?? .undefined("")
        case "last": return try items(of: value).last ?? .undefined("")
        case "list":
            return .list(try items(of: value))
        case "reverse":
            if case .text(let text) = value { return .text(JinjaText(units: text.units.reversed())) }
            return .list(try items(of: value).reversed())
        case "unique":
            var result: [JinjaValue] = []
            for item in try items(of: value) {
                try charge(result.count * 16)
                if !result.contains(where: { JinjaValue.equal($0, item) }) { result.append(item) }
            }
            return .list(result)
        case "items":
            if value.isUndefined { return .list([]) }
            guard case .dictionary = value else { throw fault("“items” of \(value.kind)") }
            return try callMethod("items", of: value, [], [:])
        case "join":
            let separator = (positional.first ?? named["d"])?.text ?? JinjaText()
            guard let attribute = positional.dropFirst().first ?? named["attribute"] else {
                return .text(try joined(value, by: separator))
            }
            return .text(
                try joined(.list(try items(of: value).map { try member(attribute, of: $0) }), by: separator))
        case "map":
            if let attribute = named["attribute"] {
                return .list(
                    try items(of: value).map { item in
                        let found = try member(attribute, of: item)
                        return found.isUndefined ? named["default"] ?? found : found
                    })
            }
            guard let filter = positional.first?.text?.string else { throw fault("“map” without a filter") }
            return .list(
                try items(of: value).map { item in
                    try nested { try apply(filter, to: item, Array(positional.dropFirst()), named) }
                })
        case "select", "reject": return try selected(value, nil, positional[...], keeps: name == "select")
        case "selectattr", "rejectattr":
            guard let attribute = positional.first else { throw fault("“\(name)” without an attribute") }
            return try selected(value, attribute, positional.dropFirst(), keeps: name == "selectattr")
        default: throw unsupported("the filter “\(name)”")
        }
    }

    /// `a.b` of an item, one part after the other.
    private func member(_ path: JinjaValue, of item: JinjaValue) throws -> JinjaValue {
        if let index = path.integer, case .list(let items) = item {
            return items.indices.contains(index) ? items[index] : .undefined("")
        }
        guard let path = path.text else { throw fault("an attribute that is no name") }
        var value = item
        for part in path.split(by: ".", limit: nil) {
            value = try value[part] ?? attribute(part.string, of: value)
        }
        return value
    }

    private func selected(
        _ value: JinjaValue, _ attribute: JinjaValue?, _ test: ArraySlice<JinjaValue>, keeps: Bool
    ) throws -> JinjaValue {
        let name = try test.first.map { first in
            guard let name = first.text?.string else { throw fault("a test that is no name") }
            return name
        }
        return .list(
            try items(of: value).filter { item in
                let tested = try attribute.map { try member($0, of: item) } ?? item
                guard let name else { return tested.isTrue == keeps }
                return try passes(name, tested, Array(test.dropFirst())) == keeps
            })
    }

    private func indented(_ text: JinjaText, _ width: JinjaValue, first: Bool, blank: Bool) throws -> JinjaText {
        guard
            let margin = width.text
                ?? width.integer.map({ JinjaText(String(repeating: " ", count: min(max($0, 0), 1000))) })
        else { throw fault("“indent” by something else than a number") }
        var result = JinjaText()
        for (index, line) in text.split(by: "\n", limit: nil).enumerated() {
            try charge(margin.count + line.count)
            if index > 0 { result.append("\n") }
            if index == 0 ? first : blank || !line.isEmpty { result.append(margin) }
            result.append(line)
        }
        return result
    }

    // MARK: Tests

    func passes(_ test: JinjaFilter, _ value: JinjaValue, _ scope: JinjaScope) throws -> Bool {
        let (positional, named) = try evaluate(test.arguments, scope)
        guard named.isEmpty else { throw unsupported("an argument with a name in a test") }
        return try passes(test.name, value, positional)
    }

    private func passes(_ name: String, _ value: JinjaValue, _ arguments: [JinjaValue]) throws -> Bool {
        try charge()
        switch name {
        case "defined": return !value.isUndefined
        case "undefined": return value.isUndefined
        case "none": return value.isNone
        case "true": if case .bool(true) = value { return true } else { return false }
        case "false": if case .bool(false) = value { return true } else { return false }
        case "boolean": if case .bool = value { return true } else { return false }
        case "integer": if case .integer = value { return true } else { return false }
        case "float": if case .number = value { return true } else { return false }
        case "number": return value.number != nil
        case "string": return value.text != nil
        case "mapping": if case .dictionary = value { return true } else { return false }
        case "iterable", "sequence":
            switch value {
            case .text, .list, .dictionary, .undefined: return true
            default: return false
            }
        case "callable":
            switch value {
            case .macro, .method, .function: return true
            default: return false
            }
        case "lower": return try printed(value) == printed(value).lowercased
        case "upper": return try printed(value) == printed(value).uppercased
        default: break
        }
        if name == "odd" || name == "even" {
            guard let number = value.integer else { throw fault("“\(name)” of \(value.kind)") }
            return (number % 2 != 0) == (name == "odd")
        }
        let signs = [
            "eq": "==", "equalto": "==", "==": "==", "ne": "!=", "!=": "!=", "lt": "<", "lessthan": "<", "<": "<",
            "le": "<=", "<=": "<=", "gt": ">", "greaterthan": ">", ">": ">", "ge": ">=", ">=": ">=", "in": "in",
        ]
        guard name == "divisibleby" || signs[name] != nil else { throw unsupported("the test “\(name)”") }
        guard let other = arguments.first else { throw fault("the test “\(name)” without a value to compare with") }
        if let sign = signs[name] { return try compare(sign, value, other) }
        guard case .integer(let remainder) = try arithmetic("%", value, other) else { return false }
        return remainder == 0
    }
}
