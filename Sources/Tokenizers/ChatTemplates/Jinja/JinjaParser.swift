/// Reads a template into statements. Anything outside of the subset is an error that names it.
struct JinjaParser {
    private static let deepestBlock = 50
    /// Tags that exist in Jinja but that no chat template of a supported family needs.
    private static let otherTags: Set<String> = [
        "extends", "block", "include", "import", "from", "call", "filter", "raw", "autoescape", "trans", "do", "with",
    ]

    private let tokens: [JinjaLexer.Placed]
    private var index = 0
    private var blockDepth = 0
    var nesting = 0

    static func statements(of template: String) throws -> [JinjaStatement] {
        var parser = JinjaParser(tokens: try JinjaLexer.tokens(of: template))
        return try parser.body(until: [])
    }

    private init(tokens: [JinjaLexer.Placed]) { self.tokens = tokens }

    // MARK: Tokens

    var token: JinjaLexer.Token { index < tokens.count ? tokens[index].token : .end }
    var line: Int { tokens.isEmpty ? 1 : tokens[min(index, tokens.count - 1)].line }
    var name: String? { if case .name(let name) = token { name } else { nil } }

    func fault(_ what: String) -> TokenizersError { .template(what, line: line) }
    func unsupported(_ what: String) -> TokenizersError { .unsupportedInTemplate(what, line: line) }

    mutating func advance() { index += 1 }

    func isSign(_ sign: String) -> Bool { token == .sign(sign) }
    func isName(_ word: String) -> Bool { token == .name(word) }

    mutating func take(sign: String) -> Bool {
        guard isSign(sign) else { return false }
        advance()
        return true
    }

    mutating func take(word: String) -> Bool {
        guard isName(word) else { return false }
        advance()
        return true
    }

    mutating func expect(sign: String) throws {
        guard take(sign: sign) else { throw fault("a tag that lacks “\(sign)”") }
    }

    mutating func expectName() throws -> String {
        guard let name else { throw fault("a tag that lacks a name") }
        advance()
        return name
    }

    private mutating func expectBlockEnd(_ tag: String) throws {
        guard token == .blockEnd else { throw fault("more in the tag “\(tag)” than belongs there") }
        advance()
    }

    // MARK: Statements

    /// Statements up to one of the tags in `ends`, which stays the next token (after its `{%`).
    private mutating func body(until ends: Set<String>) throws -> [JinjaStatement] {
        blockDepth += 1
        defer { blockDepth -= 1 }
        guard blockDepth <= Self.deepestBlock else { throw fault("blocks nested too deep") }
        var result: [JinjaStatement] = []
        while true {
            let line = line
            switch token {
            case .end:
                guard ends.isEmpty else { throw fault("its end before “\(ends.sorted().joined(separator: "” or “"))”") }
                return result
            case .data(let text):
                advance()
                result.append(JinjaStatement(kind: .text(text), line: line))
            case .variableBegin:
                advance()
                let value = try tuple()
                guard token == .variableEnd else { throw fault("more in an output than one value") }
                advance()
                result.append(JinjaStatement(kind: .output(value), line: line))
            case .blockBegin:
                advance()
                guard let tag = name else { throw fault("a tag without a name") }
                if ends.contains(tag) { return result }
                advance()
                result.append(JinjaStatement(kind: try statement(tag), line: line))
            default: throw fault("something out of place")
            }
        }
    }

    /// The statements of a block and its end tag.
    private mutating func block(_ end: String) throws -> [JinjaStatement] {
        let statements = try body(until: [end])
        advance()
        try expectBlockEnd(end)
        return statements
    }

    private mutating func statement(_ tag: String) throws -> JinjaStatement.Kind {
        switch tag {
        case "if": return try branches()
        case "for": return try loop()
        case "set": return try set()
        case "macro": return try macro()
        case "generation":
            try expectBlockEnd(tag)
            return .generation(try block("endgeneration"))
        case "break":
            try expectBlockEnd(tag)
            return .leaveLoop
        case "continue":
            try expectBlockEnd(tag)
            return .nextRound
        case let tag where Self.otherTags.contains(tag): throw unsupported("the tag “\(tag)”")
        default: throw unsupported("the unknown tag “\(tag.prefix(40))”")
        }
    }

    private mutating func branches() throws -> JinjaStatement.Kind {
        var result: [(condition: JinjaExpression?, body: [JinjaStatement])] = []
        var condition: JinjaExpression? = try tuple(withCondition: false)
        while true {
            try expectBlockEnd("if")
            result.append((condition, try body(until: condition == nil ? ["endif"] : ["elif", "else", "endif"])))
            let tag = try expectName()
            switch tag {
            case "elif": condition = try tuple(withCondition: false)
            case "else": condition = nil
            default:
                try expectBlockEnd("endif")
                return .branches(result)
            }
        }
    }

    private mutating func loop() throws -> JinjaStatement.Kind {
        let targets = try names()
        guard take(word: "in") else { throw fault("a “for” without “in”") }
        let items = try tuple(withCondition: false)
        let condition = take(word: "if") ? try expression() : nil
        guard !isName("recursive") else { throw unsupported("a recursive “for”") }
        try expectBlockEnd("for")
        let rounds = try body(until: ["else", "endfor"])
        var otherwise: [JinjaStatement] = []
        if try expectName() == "else" {
            try expectBlockEnd("else")
            otherwise = try block("endfor")
        } else {
            try expectBlockEnd("endfor")
        }
        return .loop(
            JinjaStatement.Loop(
                targets: targets, items: items, condition: condition, body: rounds, otherwise: otherwise))
    }

    /// Names to unpack into: `a`, `a, b` or `(a, b)`.
    private mutating func names() throws -> [String] {
        let hasBracket = take(sign: "(")
        var names = [try targetName()]
        while take(sign: ",") { names.append(try targetName()) }
        if hasBracket { try expect(sign: ")") }
        return names
    }

    private mutating func targetName() throws -> String {
        let name = try expectName()
        guard !["true", "false", "none", "True", "False", "None", "loop"].contains(name) else {
            throw fault("an assignment to “\(name)”")
        }
        return name
    }

    private mutating func set() throws -> JinjaStatement.Kind {
        let targets = try names()
        var target = JinjaTarget.names(targets)
        if targets.count == 1, take(sign: ".") { target = .attribute(of: targets[0], try expectName()) }
        if take(sign: "=") {
            let value = try tuple()
            try expectBlockEnd("set")
            return .set(target, value)
        }
        guard case .names = target, targets.count == 1 else { throw unsupported("a “set” block into an attribute") }
        var filters: [JinjaFilter] = []
        while take(sign: "|") {
            filters.append(
                JinjaFilter(name: try expectName(), arguments: isSign("(") ? try arguments() : JinjaArguments()))
        }
        try expectBlockEnd("set")
        return .setBlock(targets[0], try block("endset"), filters: filters)
    }

    private mutating func macro() throws -> JinjaStatement.Kind {
        let name = try targetName()
        try expect(sign: "(")
        var parameters: [(name: String, standard: JinjaExpression?)] = []
        while !take(sign: ")") {
            if !parameters.isEmpty { try expect(sign: ",") }
            let parameter = try targetName()
            parameters.append((parameter, take(sign: "=") ? try expression() : nil))
        }
        try expectBlockEnd("macro")
        return .macro(name, parameters, try block("endmacro"))
    }
}
