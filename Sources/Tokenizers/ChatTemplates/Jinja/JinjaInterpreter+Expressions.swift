/// Values of expressions.
extension JinjaInterpreter {
    func evaluate(_ expression: JinjaExpression, _ scope: JinjaScope) throws -> JinjaValue {
        try charge()
        return try nested { try value(of: expression.kind, scope) }
    }

    private func value(of kind: JinjaExpression.Kind, _ scope: JinjaScope) throws -> JinjaValue {
        switch kind {
        case .text(let text): return .text(text)
        case .integer(let value): return .integer(value)
        case .number(let value): return .number(value)
        case .bool(let value): return .bool(value)
        case .none: return .none
        case .name(let name): return scope.find(name) ?? .undefined(name)
        case .list(let items): return .list(try items.map { try evaluate($0, scope) })
        case .dictionary(let members): return try dictionary(members, scope)
        case .attribute(let owner, let name): return try attribute(name, of: try evaluate(owner, scope))
        case .item(let owner, let key): return try item(try evaluate(key, scope), of: try evaluate(owner, scope))
        case .slice(let owner, let start, let end, let step):
            return try slice(try evaluate(owner, scope), try [start, end, step].map { try bound($0, scope) })
        case .call(let function, let arguments): return try call(try evaluate(function, scope), arguments, scope)
        case .filter(let value, let filter): return try apply(filter, to: try evaluate(value, scope), scope)
        case .test(let value, let test, let isNegated):
            return .bool(try passes(test, try evaluate(value, scope), scope) != isNegated)
        case .not(let value): return .bool(!(try evaluate(value, scope).isTrue))
        case .minus(let value): return try arithmetic("-", .integer(0), try evaluate(value, scope))
        case .plus(let value): return try arithmetic("+", .integer(0), try evaluate(value, scope))
        case .and(let left, let right):
            let value = try evaluate(left, scope)
            return value.isTrue ? try evaluate(right, scope) : value
        case .or(let left, let right):
            let value = try evaluate(left, scope)
            return value.isTrue ? value : try evaluate(right, scope)
        case .arithmetic(let sign, let left, let right):
            return try arithmetic(sign, try evaluate(left, scope), try evaluate(right, scope))
        case .concatenation(let parts):
            var text = JinjaText()
            for part in parts { text.append(try printed(try evaluate(part, scope))) }
            try charge(text.count)
            return .text(text)
        case .comparison(let left, let rest): return .bool(try compare(left, rest, scope))
        case .condition(let condition, let value, let otherwise):
            if try evaluate(condition, scope).isTrue { return try evaluate(value, scope) }
            return try otherwise.map { try evaluate($0, scope) } ?? .undefined("")
        }
    }

    private func dictionary(
        _ members: [(key: JinjaExpression, value: JinjaExpression)], _ scope: JinjaScope
    ) throws -> JinjaValue {
        var result: [(key: JinjaText, value: JinjaValue)] = []
        for member in members {
            guard let key = try evaluate(member.key, scope).text else {
                throw unsupported("a mapping with another key than a string")
            }
            let value = try evaluate(member.value, scope)
            if let old = result.firstIndex(where: { $0.key == key }) {
                result[old].value = value
            } else {
                result.append((key, value))
            }
        }
        return .dictionary(result)
    }

    // MARK: Parts of values

    /// `owner.name`: a method first, then a member.
    func attribute(_ name: String, of owner: JinjaValue) throws -> JinjaValue {
        try charge()
        switch owner {
        case .undefined: throw fault("\(owner.kind) asked for “\(name)”")
        case .dictionary:
            return Self.dictionaryMethods.contains(name)
                ? .method(owner, name) : owner[JinjaText(name)] ?? .undefined(name)
        case .text: return Self.textMethods.contains(name) ? .method(owner, name) : .undefined(name)
        case .namespace(let namespace): return namespace.values[name] ?? .undefined(name)
        case .loop(let loop):
            if name == "cycle" { return .method(owner, name) }
            guard let value = loop.attribute(name) else { throw unsupported("“loop.\(name)”") }
            return value
        default: return .undefined(name)
        }
    }

    /// `owner[key]`: a member first.
    private func item(_ key: JinjaValue, of owner: JinjaValue) throws -> JinjaValue {
        try charge()
        switch owner {
        case .undefined: throw fault("\(owner.kind) asked for a part")
        case .list(let items):
            guard let index = key.integer else { return .undefined("") }
            let position = index < 0 ? items.count &+ index : index
            return items.indices.contains(position) ? items[position] : .undefined("")
        case .text(let text):
            guard let index = key.integer else {
                return try key.text.map { try attribute($0.string, of: owner) } ?? .undefined("")
            }
            let position = index < 0 ? text.count &+ index : index
            return text.units.indices.contains(position)
                ? .text(JinjaText(units: [text.units[position]])) : .undefined("")
        case .dictionary:
            guard let name = key.text else { return .undefined("") }
            return try owner[name] ?? attribute(name.string, of: owner)
        default: return try key.text.map { try attribute($0.string, of: owner) } ?? .undefined("")
        }
    }

    private func bound(_ expression: JinjaExpression?, _ scope: JinjaScope) throws -> Int? {
        guard let expression else { return nil }
        let value = try evaluate(expression, scope)
        if value.isNone { return nil }
        guard let number = value.integer else { throw fault("a slice by something else than numbers") }
        return number
    }

    /// Python's slices: bounds beyond the ends are the ends.
    private func slice(_ owner: JinjaValue, _ bounds: [Int?]) throws -> JinjaValue {
        let count: Int
        switch owner {
        case .list(let items): count = items.count
        case .text(let text): count = text.count
        case .undefined: throw fault("\(owner.kind) cut into slices")
        default: throw fault("\(owner.kind) cut into slices")
        }
        let step = bounds[2] ?? 1
        guard step != 0, step > Int.min else { throw fault("a slice in steps of zero") }
        func position(_ bound: Int?, _ standard: Int) -> Int {
            guard let bound else { return standard }
            let moved = bound < 0 ? bound &+ count : bound
            return min(max(moved, step > 0 ? 0 : -1), step > 0 ? count : count - 1)
        }
        let start = position(bounds[0], step > 0 ? 0 : count - 1)
        let end = position(bounds[1], step > 0 ? count : -1)
        try charge(count)
        let indices = stride(from: start, to: end, by: max(min(step, count + 1), -count - 1))
        switch owner {
        case .list(let items): return .list(indices.map { items[$0] })
        case .text(let text): return .text(JinjaText(units: indices.map { text.units[$0] }))
        default: return .undefined("")
        }
    }

    // MARK: Operators

    private func compare(
        _ first: JinjaExpression, _ rest: [(sign: String, right: JinjaExpression)], _ scope: JinjaScope
    ) throws -> Bool {
        var left = try evaluate(first, scope)
        for (sign, expression) in rest {
            let right = try evaluate(expression, scope)
            guard try compare(sign, left, right) else { return false }
            left = right
        }
        return true
    }

    func compare(_ sign: String, _ left: JinjaValue, _ right: JinjaValue) throws -> Bool {
        if let left = left.text, let right = right.text { try charge(min(left.count, right.count)) }
        switch sign {
        case "==": return JinjaValue.equal(left, right)
        case "!=": return !JinjaValue.equal(left, right)
        case "in": return try contains(right, left)
        case "not in": return !(try contains(right, left))
        default: break
        }
        let (isLess, isEqual): (Bool, Bool)
        if let left = left.integer, let right = right.integer {
            (isLess, isEqual) = (left < right, left == right)
        } else if let left = left.number, let right = right.number {
            (isLess, isEqual) = (left < right, left == right)
        } else if let left = left.text, let right = right.text {
            (isLess, isEqual) = (left < right, left == right)
        } else {
            throw fault("a comparison of \(left.kind) with \(right.kind)")
        }
        switch sign {
        case "<": return isLess
        case "<=": return isLess || isEqual
        case ">": return !isLess && !isEqual
        default: return !isLess
        }
    }

    private func contains(_ container: JinjaValue, _ value: JinjaValue) throws -> Bool {
        switch container {
        case .text(let text):
            guard let part = value.text else { throw fault("a search for \(value.kind) in a string") }
            try charge(text.count)
            return text.firstIndex(of: part) != nil
        case .list(let items):
            try charge(items.count)
            return items.contains { JinjaValue.equal($0, value) }
        case .dictionary: return value.text.map { container[$0] != nil } ?? false
        case .undefined: return false
        default: throw fault("a search in \(container.kind)")
        }
    }

    func arithmetic(_ sign: String, _ left: JinjaValue, _ right: JinjaValue) throws -> JinjaValue {
        switch (sign, left, right) {
        case ("+", .text(let left), .text(let right)):
            try charge(left.count + right.count)
            return .text(left + right)
        case ("+", .list(let left), .list(let right)):
            try charge(left.count + right.count)
            return .list(left + right)
        case ("*", .text(let text), let times), ("*", let times, .text(let text)):
            guard let times = times.integer else { break }
            let (size, overflow) = max(times, 0).multipliedReportingOverflow(by: text.count)
            guard !overflow else { throw fault("a string that is too long") }
            try charge(size)
            return .text(JinjaText(units: (0..<max(times, 0)).flatMap { _ in text.units }))
        case ("%", .text, _): throw unsupported("formatting with “%”")
        default: break
        }
        if sign != "/", let left = left.integer, let right = right.integer { return try whole(sign, left, right) }
        guard let left = left.number, let right = right.number else {
            throw fault("“\(sign)” between \(left.kind) and \(right.kind)")
        }
        guard right != 0 || !["/", "//", "%"].contains(sign) else { throw fault("a division by zero") }
        switch sign {
        case "+": return .number(left + right)
        case "-": return .number(left - right)
        case "*": return .number(left * right)
        case "/": return .number(left / right)
        case "//": return .number((left / right).rounded(.down))
        default: return .number(left - right * (left / right).rounded(.down))
        }
    }

    /// Division rounds down and a remainder has the divisor's sign, as in Python.
    private func whole(_ sign: String, _ left: Int, _ right: Int) throws -> JinjaValue {
        let outcome: (partialValue: Int, overflow: Bool)
        switch sign {
        case "+": outcome = left.addingReportingOverflow(right)
        case "-": outcome = left.subtractingReportingOverflow(right)
        case "*": outcome = left.multipliedReportingOverflow(by: right)
        default:
            guard right != 0 else { throw fault("a division by zero") }
            let quotient = left.dividedReportingOverflow(by: right)
            guard !quotient.overflow else { throw fault("a number that is too large") }
            let remainder = left % right
            let isBelow = remainder != 0 && (remainder < 0) != (right < 0)
            return .integer(
                sign == "//" ? quotient.partialValue - (isBelow ? 1 : 0) : remainder + (isBelow ? right : 0))
        }
        guard !outcome.overflow else { throw fault("a number that is too large") }
        return .integer(outcome.partialValue)
    }
}
