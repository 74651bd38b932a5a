internal import Foundation

/// Runs a template. A template is foreign input: it gets a fixed amount of work and of depth, nothing outside of its
/// variables, and an error for whatever is not implemented.
final class JinjaInterpreter {
    /// What came out: the characters with their origin, and what the assistant said according to the template.
    struct Result {
        var text = JinjaText()
        var assistant: [Range<Int>] = []
        var hasGeneration = false
    }

    private enum Flow { case onward, leaveLoop, nextRound }

    private static let deepest = 150
    private static let stepsPerCharacter = 8
    private static let largestOutput = 1 << 26

    private let clock: Date?
    private var stepsLeft: Int
    private var depth = 0
    private var loopDepth = 0
    private var result = Result()
    /// Block sets and macros write here instead of into the result.
    private var captures: [JinjaText] = []
    private var macroScopes: [JinjaScope] = []
    private(set) var line = 1

    /// - Parameters:
    ///   - inputSize: how many characters the variables have together; the allowance of work grows with it.
    ///   - clock: what `strftime_now` says; without it that function is undefined.
    static func run(
        _ statements: [JinjaStatement], variables: [String: JinjaValue], inputSize: Int, clock: Date?
    ) throws -> Result {
        let interpreter = JinjaInterpreter(steps: 500_000 + inputSize * stepsPerCharacter, clock: clock)
        let globals = JinjaScope(parent: nil)
        for name in ["range", "namespace", "dict", "raise_exception"] { globals.variables[name] = .function(name) }
        if clock != nil { globals.variables["strftime_now"] = .function("strftime_now") }
        globals.variables.merge(variables) { $1 }
        // A macro holds the scope that holds it.
        defer { for scope in interpreter.macroScopes { scope.variables = [:] } }
        _ = try interpreter.execute(statements, JinjaScope(parent: globals))
        return interpreter.result
    }

    private init(steps: Int, clock: Date?) {
        stepsLeft = steps
        self.clock = clock
    }

    func fault(_ what: String) -> TokenizersError { .template(what, line: line) }
    func unsupported(_ what: String) -> TokenizersError { .unsupportedInTemplate(what, line: line) }

    /// Pays for an operation that made or looked at `size` characters or items.
    func charge(_ size: Int = 0) throws {
        stepsLeft -= 1 + size / 16
        guard stepsLeft >= 0 else { throw fault("more work in it than a template for these messages may need") }
    }

    func nested<Value>(_ body: () throws -> Value) throws -> Value {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest + JinjaExpression.deepest else { throw fault("calls nested too deep") }
        return try body()
    }

    // MARK: Statements

    private func execute(_ statements: [JinjaStatement], _ scope: JinjaScope) throws -> Flow {
        try nested {
            for statement in statements {
                try charge()
                line = statement.line
                let flow = try execute(statement, scope)
                if flow != .onward { return flow }
            }
            return .onward
        }
    }

    private func execute(_ statement: JinjaStatement, _ scope: JinjaScope) throws -> Flow {
        switch statement.kind {
        case .text(let text): try write(text)
        case .output(let expression): try write(try printed(try evaluate(expression, scope)))
        case .branches(let branches):
            for branch in branches {
                if let condition = branch.condition, !(try evaluate(condition, scope).isTrue) { continue }
                return try execute(branch.body, scope)
            }
        case .loop(let loop): return try run(loop, scope)
        case .set(let target, let expression): try assign(target, try evaluate(expression, scope), scope)
        case .setBlock(let name, let body, let filters):
            var value = JinjaValue.text(try capture { _ = try self.execute(body, JinjaScope(parent: scope)) })
            for filter in filters { value = try apply(filter, to: value, scope) }
            scope.variables[name] = value
        case .macro(let name, let parameters, let body):
            macroScopes.append(scope)
            scope.variables[name] = .macro(JinjaMacro(name: name, parameters: parameters, body: body, scope: scope))
        case .generation(let body): return try generate(body, scope)
        case .leaveLoop, .nextRound:
            guard loopDepth > 0 else { throw fault("a “break” or “continue” outside of a “for”") }
            if case .leaveLoop = statement.kind { return .leaveLoop }
            return .nextRound
        }
        return .onward
    }

    private func write(_ text: JinjaText) throws {
        try charge(text.count)
        if captures.isEmpty { result.text.append(text) } else { captures[captures.count - 1].append(text) }
        guard result.text.count <= Self.largestOutput else { throw fault("more output than a chat may have") }
    }

    private func capture(_ body: () throws -> Void) throws -> JinjaText {
        captures.append(JinjaText())
        do { try body() } catch {
            captures.removeLast()
            throw error
        }
        return captures.removeLast()
    }

    private func generate(_ body: [JinjaStatement], _ scope: JinjaScope) throws -> Flow {
        guard captures.isEmpty else { throw unsupported("“generation” inside of a macro or a “set” block") }
        let start = result.text.count
        result.hasGeneration = true
        let flow = try execute(body, JinjaScope(parent: scope))
        if result.text.count > start { result.assistant.append(start..<result.text.count) }
        return flow
    }

    private func run(_ loop: JinjaStatement.Loop, _ scope: JinjaScope) throws -> Flow {
        var items = try self.items(of: try evaluate(loop.items, scope))
        try charge(items.count * 16)
        if let condition = loop.condition {
            items = try items.filter {
                let inner = JinjaScope(parent: scope)
                try self.unpack($0, loop.targets, inner)
                return try self.evaluate(condition, inner).isTrue
            }
        }
        guard !items.isEmpty else { return try execute(loop.otherwise, scope) }
        loopDepth += 1
        defer { loopDepth -= 1 }
        for index in items.indices {
            let inner = JinjaScope(parent: scope)
            inner.variables["loop"] = .loop(JinjaLoop(items: items, index: index, depth: loopDepth))
            try unpack(items[index], loop.targets, inner)
            if try execute(loop.body, inner) == .leaveLoop { break }
        }
        return .onward
    }

    private func unpack(_ value: JinjaValue, _ names: [String], _ scope: JinjaScope) throws {
        if names.count == 1 {
            scope.variables[names[0]] = value
            return
        }
        let parts = try items(of: value)
        guard parts.count == names.count else {
            throw fault("\(names.count) names for a value of \(parts.count) parts")
        }
        for (name, part) in zip(names, parts) { scope.variables[name] = part }
    }

    private func assign(_ target: JinjaTarget, _ value: JinjaValue, _ scope: JinjaScope) throws {
        try checkNesting(of: value)
        switch target {
        case .names(let names): try unpack(value, names, scope)
        case .attribute(let name, let attribute):
            guard case .namespace(let namespace) = scope.find(name) else {
                throw fault("an assignment to a part of “\(name)”, which is no namespace")
            }
            if case .namespace = value { throw unsupported("a namespace inside of a namespace") }
            if case .loop = value { throw unsupported("a loop inside of a namespace") }
            namespace.values[attribute] = value
        }
    }

    /// Values grow deeper only through assignments. Releasing one that is nested some ten thousand times would exhaust
    /// the stack, as would one that contains itself.
    private func checkNesting(of value: JinjaValue, level: Int = 0) throws {
        func check(_ items: some Sequence<JinjaValue>) throws {
            guard level < 50 else { throw fault("values nested too deep") }
            for item in items {
                switch item {
                case .list, .dictionary:
                    try charge()
                    try checkNesting(of: item, level: level + 1)
                case .namespace, .loop, .macro, .method, .function:
                    throw unsupported("\(item.kind) inside of another value")
                default: continue
                }
            }
        }
        switch value {
        case .list(let items):
            try charge(items.count)
            try check(items)
        case .dictionary(let members):
            try charge(members.count)
            try check(members.lazy.map(\.value))
        default: return
        }
    }

    // MARK: Values

    /// What an output tag writes.
    func printed(_ value: JinjaValue) throws -> JinjaText {
        switch value {
        case .text(let text): return text
        case .undefined: return JinjaText()
        case .none: return "None"
        case .bool(let value): return value ? "True" : "False"
        case .integer(let value): return JinjaText(String(value))
        case .number(let value): return JinjaText(Self.python(value))
        case .list, .dictionary: throw unsupported("\(value.kind) printed without “tojson”")
        default: throw fault("\(value.kind) printed as if it were text")
        }
    }

    /// A number as Python writes it.
    static func python(_ value: Double) -> String {
        let text = "\(value)"
        guard let cut = text.firstIndex(of: "e"), text[text.index(after: cut)...].count == 2,
            text[text.index(after: cut)] == "-"
        else { return text }
        return text[...cut] + "-0" + text.suffix(1)
    }

    /// What a `for` goes through.
    func items(of value: JinjaValue) throws -> [JinjaValue] {
        switch value {
        case .list(let items): return items
        case .dictionary(let members): return members.map { .text($0.key) }
        case .text(let text):
            try charge(text.count * 16)
            return text.units.map { .text(JinjaText(units: [$0])) }
        case .undefined: return []
        default: throw fault("\(value.kind) where a list belongs")
        }
    }

    // MARK: Calls

    func call(_ function: JinjaValue, _ arguments: JinjaArguments, _ scope: JinjaScope) throws -> JinjaValue {
        let (positional, named) = try evaluate(arguments, scope)
        switch function {
        case .macro(let macro): return try run(macro, positional, named)
        case .method(let owner, let name): return try callMethod(name, of: owner, positional, named)
        case .function(let name): return try callFunction(name, positional, named)
        case .undefined("strftime_now"): throw fault("a question for today's date, which it was not told")
        default: throw fault("\(function.kind) called as if it were a function")
        }
    }

    func evaluate(_ arguments: JinjaArguments, _ scope: JinjaScope) throws -> ([JinjaValue], [String: JinjaValue]) {
        var named: [String: JinjaValue] = [:]
        for argument in arguments.named { named[argument.name] = try evaluate(argument.value, scope) }
        return (try arguments.positional.map { try evaluate($0, scope) }, named)
    }

    private func run(
        _ macro: JinjaMacro, _ positional: [JinjaValue], _ named: [String: JinjaValue]
    ) throws -> JinjaValue {
        let inner = JinjaScope(parent: macro.scope)
        let names = Set(macro.parameters.map(\.name))
        guard positional.count <= macro.parameters.count, names.isSuperset(of: named.keys) else {
            throw fault("more arguments than the macro “\(macro.name)” takes")
        }
        for (index, parameter) in macro.parameters.enumerated() {
            if index < positional.count {
                inner.variables[parameter.name] = positional[index]
            } else if let value = named[parameter.name] {
                inner.variables[parameter.name] = value
            } else {
                inner.variables[parameter.name] =
                    try parameter.standard.map { try evaluate($0, inner) } ?? .undefined(parameter.name)
            }
        }
        let outerLoopDepth = loopDepth
        loopDepth = 0
        defer { loopDepth = outerLoopDepth }
        return .text(try capture { _ = try self.execute(macro.body, inner) })
    }

    private func callFunction(
        _ name: String, _ positional: [JinjaValue], _ named: [String: JinjaValue]
    ) throws -> JinjaValue {
        switch name {
        case "namespace", "dict":
            guard positional.isEmpty else { throw unsupported("an argument without a name in “\(name)”") }
            try checkNesting(of: .list(Array(named.values)))
            if name == "namespace" { return .namespace(JinjaNamespace(named)) }
            return .dictionary(named.sorted { $0.key < $1.key }.map { (JinjaText($0.key), $0.value) })
        case "range": return try range(positional)
        case "raise_exception":
            let reason = positional.first?.text?.redacted ?? ""
            throw TokenizersError(
                .refusedChat,
                "The model's chat template doesn't take these messages: \(reason.prefix(300)). Change the messages to what it takes."
            )
        default:
            guard let clock, let format = positional.first?.text else { throw fault("“\(name)” without a format") }
            return JinjaValue(try JinjaClock.text(format.string, clock) ?? { throw unsupported("that date format") }())
        }
    }

    private func range(_ arguments: [JinjaValue]) throws -> JinjaValue {
        let bounds = arguments.compactMap(\.integer)
        guard bounds.count == arguments.count, (1...3).contains(bounds.count) else {
            throw fault("a “range” of something else than numbers")
        }
        let (start, end) = bounds.count == 1 ? (0, bounds[0]) : (bounds[0], bounds[1])
        let step = bounds.count == 3 ? bounds[2] : 1
        guard step != 0, abs(start.clamped) < 1 << 40, abs(end.clamped) < 1 << 40, abs(step.clamped) < 1 << 40 else {
            throw fault("a “range” with impossible bounds")
        }
        let numbers = stride(from: start, to: end, by: step).prefix(100_001)
        let items = numbers.map { JinjaValue.integer($0) }
        guard items.count <= 100_000 else { throw fault("a “range” of more than 100,000 numbers") }
        try charge(items.count)
        return .list(items)
    }
}

extension Int {
    /// Without the one value that has no opposite.
    fileprivate var clamped: Int { Swift.max(self, -Int.max) }
}
