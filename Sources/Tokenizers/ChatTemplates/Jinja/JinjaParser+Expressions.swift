/// Expressions, one function for each precedence, the weakest first.
extension JinjaParser {
    private static let deepestNesting = 40

    private func node(_ kind: JinjaExpression.Kind, _ parts: JinjaExpression?...) throws -> JinjaExpression {
        try node(kind, parts: parts)
    }

    private func node(_ kind: JinjaExpression.Kind, parts: [JinjaExpression?]) throws -> JinjaExpression {
        let depth = (parts.lazy.compactMap { $0?.depth }.max() ?? 0) + 1
        guard depth <= JinjaExpression.deepest else { throw fault("an expression that is too long") }
        return JinjaExpression(kind: kind, depth: depth)
    }

    /// One value, or several with commas between them as a list.
    mutating func tuple(withCondition: Bool = true) throws -> JinjaExpression {
        let first = try withCondition ? expression() : disjunction()
        guard isSign(",") else { return first }
        var items = [first]
        while take(sign: ",") {
            if [.variableEnd, .blockEnd, .sign(")")].contains(token) { break }
            items.append(try withCondition ? expression() : disjunction())
        }
        return try node(.list(items), parts: items)
    }

    mutating func expression() throws -> JinjaExpression {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= Self.deepestNesting else { throw fault("an expression nested too deep") }
        var value = try disjunction()
        while take(word: "if") {
            let condition = try disjunction()
            let otherwise = take(word: "else") ? try expression() : nil
            value = try node(
                .condition(condition, then: value, otherwise: otherwise), condition, value, otherwise)
        }
        return value
    }

    private mutating func disjunction() throws -> JinjaExpression {
        var left = try conjunction()
        while take(word: "or") {
            let right = try conjunction()
            left = try node(.or(left, right), left, right)
        }
        return left
    }

    private mutating func conjunction() throws -> JinjaExpression {
        var left = try negation()
        while take(word: "and") {
            let right = try negation()
            left = try node(.and(left, right), left, right)
        }
        return left
    }

    private mutating func negation() throws -> JinjaExpression {
        guard take(word: "not") else { return try comparison() }
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= Self.deepestNesting else { throw fault("an expression nested too deep") }
        let value = try negation()
        return try node(.not(value), value)
    }

    private mutating func comparison() throws -> JinjaExpression {
        let left = try sum()
        var rest: [(sign: String, right: JinjaExpression)] = []
        while let sign = comparisonSign() { rest.append((sign, try sum())) }
        return rest.isEmpty ? left : try node(.comparison(left, rest), parts: [left] + rest.map(\.right))
    }

    private mutating func comparisonSign() -> String? {
        for sign in ["==", "!=", "<=", ">=", "<", ">"] where take(sign: sign) { return sign }
        if take(word: "in") { return "in" }
        guard isName("not") else { return nil }
        var ahead = self
        ahead.advance()
        guard ahead.take(word: "in") else { return nil }
        self = ahead
        return "not in"
    }

    private mutating func sum() throws -> JinjaExpression {
        var left = try concatenation()
        while let sign = ["+", "-"].first(where: isSign) {
            advance()
            let right = try concatenation()
            left = try node(.arithmetic(sign, left, right), left, right)
        }
        return left
    }

    private mutating func concatenation() throws -> JinjaExpression {
        var parts = [try product()]
        while take(sign: "~") { parts.append(try product()) }
        return parts.count == 1 ? parts[0] : try node(.concatenation(parts), parts: parts)
    }

    private mutating func product() throws -> JinjaExpression {
        var left = try unary(withFilters: true)
        while let sign = ["*", "/", "//", "%"].first(where: isSign) {
            advance()
            let right = try unary(withFilters: true)
            left = try node(.arithmetic(sign, left, right), left, right)
        }
        guard !isSign("**") else { throw unsupported("the operator “**”") }
        return left
    }

    private mutating func unary(withFilters: Bool) throws -> JinjaExpression {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= Self.deepestNesting else { throw fault("an expression nested too deep") }
        var value: JinjaExpression
        if take(sign: "-") {
            let operand = try unary(withFilters: false)
            value = try node(.minus(operand), operand)
        } else if take(sign: "+") {
            let operand = try unary(withFilters: false)
            value = try node(.plus(operand), operand)
        } else {
            value = try primary()
        }
        value = try postfix(value)
        return withFilters ? try filtered(value) : value
    }

    private mutating func primary() throws -> JinjaExpression {
        let start = token
        advance()
        switch start {
        case .name("true"), .name("True"): return try node(.bool(true))
        case .name("false"), .name("False"): return try node(.bool(false))
        case .name("none"), .name("None"): return try node(.none)
        case .name(let name): return try node(.name(name))
        case .integer(let value): return try node(.integer(value))
        case .number(let value): return try node(.number(value))
        case .text(var text):
            while case .text(let more) = token {
                text.append(more)
                advance()
            }
            return try node(.text(text))
        case .sign("("):
            if take(sign: ")") { return try node(.list([])) }
            let value = try tuple()
            try expect(sign: ")")
            return value
        case .sign("["):
            let items = try list(until: "]") { try $0.expression() }
            return try node(.list(items), parts: items)
        case .sign("{"):
            let members = try list(until: "}") { parser in
                let key = try parser.expression()
                try parser.expect(sign: ":")
                return (key: key, value: try parser.expression())
            }
            return try node(.dictionary(members), parts: members.flatMap { [$0.key, $0.value] })
        case .sign(let sign): throw fault("an unexpected “\(sign)”")
        default: throw fault("a tag without the value it needs")
        }
    }

    private mutating func list<Item>(until end: String, _ item: (inout JinjaParser) throws -> Item) throws -> [Item] {
        var items: [Item] = []
        while !take(sign: end) {
            if !items.isEmpty {
                try expect(sign: ",")
                if take(sign: end) { break }
            }
            items.append(try item(&self))
        }
        return items
    }

    private mutating func postfix(_ start: JinjaExpression) throws -> JinjaExpression {
        var value = start
        while true {
            if take(sign: ".") {
                if case .integer(let position) = token {
                    advance()
                    let key = try node(.integer(position))
                    value = try node(.item(value, key), value, key)
                } else {
                    value = try node(.attribute(value, try expectName()), value)
                }
            } else if take(sign: "[") {
                value = try subscripted(value)
            } else if isSign("(") {
                let arguments = try arguments()
                value = try node(.call(value, arguments), parts: [value] + arguments.all)
            } else {
                return value
            }
        }
    }

    private mutating func subscripted(_ value: JinjaExpression) throws -> JinjaExpression {
        var bounds: [JinjaExpression?] = [nil, nil, nil]
        var part = 0
        while !isSign("]") {
            if take(sign: ":") {
                part += 1
                guard part < 3 else { throw fault("a slice with more than three parts") }
            } else {
                guard bounds[part] == nil else { throw fault("a subscript of more than one value") }
                bounds[part] = try expression()
            }
        }
        advance()
        if part > 0 {
            return try node(.slice(value, bounds[0], bounds[1], bounds[2]), parts: [value] + bounds)
        }
        guard let key = bounds[0] else { throw fault("an empty subscript") }
        return try node(.item(value, key), value, key)
    }

    mutating func arguments() throws -> JinjaArguments {
        try expect(sign: "(")
        var result = JinjaArguments()
        let items = try list(until: ")") { parser -> (String?, JinjaExpression) in
            if parser.isSign("*") || parser.isSign("**") { throw parser.unsupported("an argument with “*”") }
            var ahead = parser
            if let name = ahead.name {
                ahead.advance()
                if ahead.take(sign: "=") {
                    parser = ahead
                    return (name, try parser.expression())
                }
            }
            return (nil, try parser.expression())
        }
        for (name, value) in items {
            if let name {
                result.named.append((name, value))
            } else {
                guard result.named.isEmpty else { throw fault("an argument without a name after one with a name") }
                result.positional.append(value)
            }
        }
        return result
    }

    private mutating func filtered(_ start: JinjaExpression) throws -> JinjaExpression {
        var value = start
        while true {
            if take(sign: "|") {
                let filter = JinjaFilter(
                    name: try expectName(), arguments: isSign("(") ? try arguments() : JinjaArguments())
                value = try node(.filter(value, filter), parts: [value] + filter.arguments.all)
            } else if take(word: "is") {
                let isNegated = take(word: "not")
                var test = JinjaFilter(name: try expectName(), arguments: JinjaArguments())
                if isSign("(") {
                    test.arguments = try arguments()
                } else if beginsArgument {
                    test.arguments.positional = [try postfix(try primary())]
                }
                value = try node(
                    .test(value, test, isNegated: isNegated), parts: [value] + test.arguments.all)
            } else if isSign("(") {
                let arguments = try arguments()
                value = try node(.call(value, arguments), parts: [value] + arguments.all)
            } else {
                return value
            }
        }
    }

    /// Whether a test takes the next value as its argument, without brackets.
    private var beginsArgument: Bool {
        switch token {
        case .name(let name): !["else", "or", "and", "is", "if", "in", "not", "recursive"].contains(name)
        case .text, .integer, .number, .sign("["), .sign("{"): true
        default: false
        }
    }
}
