/// Cuts a template into tokens as Jinja does with `trim_blocks` and `lstrip_blocks` on, the settings that chat
/// templates are written for: the line break after a block tag and the blanks before one at the beginning of a line
/// don't count.
struct JinjaLexer {
    enum Token: Equatable {
        case data(JinjaText)
        case variableBegin, variableEnd, blockBegin, blockEnd
        case name(String)
        case text(JinjaText)
        case integer(Int)
        case number(Double)
        /// An operator or a bracket.
        case sign(String)
        case end
    }

    struct Placed {
        let token: Token
        let line: Int
    }

    private static let signs = Set("+-*/%~[](){}><=.:|,".unicodeScalars)
    private static let doubledSigns = Set("/*=".unicodeScalars)
    private static let signsBeforeEqual = Set("!><".unicodeScalars)
    private static let closing: [Unicode.Scalar: Unicode.Scalar] = ["(": ")", "[": "]", "{": "}"]

    private let source: [Unicode.Scalar]
    private var index = 0
    private var line = 1
    private var isLineStart = true
    private var tokens: [Placed] = []

    static func tokens(of template: String) throws -> [Placed] {
        var lexer = JinjaLexer(template)
        try lexer.read()
        return lexer.tokens
    }

    private init(_ template: String) {
        var scalars: [Unicode.Scalar] = []
        for scalar in template.unicodeScalars {
            if scalar == "\n", scalars.last == "\r" { scalars.removeLast() }
            scalars.append(scalar)
        }
        scalars = scalars.map { $0 == "\r" ? "\n" : $0 }
        if scalars.last == "\n" { scalars.removeLast() }
        source = scalars
    }

    private func fault(_ what: String) -> TokenizersError { .template(what, line: line) }

    private mutating func add(_ token: Token) { tokens.append(Placed(token: token, line: line)) }

    /// Moves on and keeps the line number.
    private mutating func advance(to position: Int) {
        while index < position {
            if source[index] == "\n" { line += 1 }
            index += 1
        }
    }

    private mutating func read() throws {
        while index < source.count {
            guard let tag = nextTag() else {
                addData(index..<source.count)
                advance(to: source.count)
                break
            }
            try readTag(at: tag)
        }
        add(.end)
    }

    private func nextTag() -> Int? {
        var position = index
        while position + 1 < source.count {
            if source[position] == "{", ["{", "%", "#"].contains(source[position + 1]) { return position }
            position += 1
        }
        return nil
    }

    private mutating func addData(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        add(.data(JinjaText(units: source[range].map(\.value))))
    }

    private mutating func readTag(at tag: Int) throws {
        let kind = source[tag + 1]
        let sign = tag + 2 < source.count ? source[tag + 2] : " "
        var end = tag
        if sign == "-" {
            while end > index, Self.isSpace(source[end - 1]) { end -= 1 }
        } else if sign != "+", kind != "{" {
            var start = end
            while start > index, source[start - 1] != "\n", Self.isSpace(source[start - 1]) { start -= 1 }
            if start > index ? source[start - 1] == "\n" : isLineStart { end = start }
        }
        addData(index..<end)
        advance(to: tag + (sign == "-" || sign == "+" ? 3 : 2))
        switch kind {
        case "#": try skipComment()
        case "{": try readCode(begin: .variableBegin, end: .variableEnd, sign: "}")
        default: try readCode(begin: .blockBegin, end: .blockEnd, sign: "%")
        }
    }

    private mutating func skipComment() throws {
        var end = index
        while end + 1 < source.count, !(source[end] == "#" && source[end + 1] == "}") { end += 1 }
        guard end + 1 < source.count else { throw fault("a comment that doesn't end") }
        let sign = end > index ? source[end - 1] : " "
        advance(to: end + 2)
        finishTag(sign, trims: true)
    }

    /// White space after a tag that belongs to it.
    private mutating func finishTag(_ sign: Unicode.Scalar, trims: Bool) {
        let end = index
        if sign == "-" {
            var position = index
            while position < source.count, Self.isSpace(source[position]) { position += 1 }
            advance(to: position)
        } else if sign != "+", trims, index < source.count, source[index] == "\n" {
            advance(to: index + 1)
        }
        isLineStart = index > end && source[index - 1] == "\n"
    }

    private mutating func readCode(begin: Token, end: Token, sign: Unicode.Scalar) throws {
        add(begin)
        var brackets: [Unicode.Scalar] = []
        while true {
            while index < source.count, Self.isSpace(source[index]) { advance(to: index + 1) }
            guard index < source.count else { throw fault("a tag that doesn't end") }
            if brackets.isEmpty {
                let mark = source[index]
                let isMarked = mark == "-" || (mark == "+" && sign == "%")
                let close = index + (isMarked ? 1 : 0)
                if close + 1 < source.count, source[close] == sign, source[close + 1] == "}" {
                    advance(to: close + 2)
                    add(end)
                    finishTag(isMarked ? mark : " ", trims: sign == "%")
                    return
                }
            }
            try readToken(&brackets)
        }
    }

    private mutating func readToken(_ brackets: inout [Unicode.Scalar]) throws {
        let first = source[index]
        if first == "'" || first == "\"" { return try readText() }
        if ("0"..."9").contains(first) { return try readNumber() }
        if Self.isNameStart(first) {
            var end = index
            while end < source.count, Self.isNameStart(source[end]) || ("0"..."9").contains(source[end]) { end += 1 }
            add(.name(String(String.UnicodeScalarView(source[index..<end]))))
            return advance(to: end)
        }
        let second = index + 1 < source.count ? source[index + 1] : " "
        let isPair =
            Self.doubledSigns.contains(first) && second == first
            || Self.signsBeforeEqual.contains(first) && second == "="
        guard isPair || Self.signs.contains(first) else { throw fault("an unknown character") }
        if let close = Self.closing[first] { brackets.append(close) }
        if first == ")" || first == "]" || first == "}" {
            guard brackets.popLast() == first else { throw fault("a bracket that doesn't match") }
        }
        let end = index + (isPair ? 2 : 1)
        add(.sign(String(String.UnicodeScalarView(source[index..<end]))))
        advance(to: end)
    }

    private mutating func readNumber() throws {
        var end = index
        func digits() { while end < source.count, ("0"..."9").contains(source[end]) || source[end] == "_" { end += 1 } }
        digits()
        var isWhole = true
        if end + 1 < source.count, source[end] == ".", ("0"..."9").contains(source[end + 1]) {
            end += 1
            digits()
            isWhole = false
        }
        if end < source.count, source[end] == "e" || source[end] == "E" {
            var exponent = end + 1
            if exponent < source.count, source[exponent] == "+" || source[exponent] == "-" { exponent += 1 }
            if exponent < source.count, ("0"..."9").contains(source[exponent]) {
                end = exponent
                digits()
                isWhole = false
            }
        }
        let text = String(String.UnicodeScalarView(source[index..<end].filter { $0 != "_" }))
        if isWhole {
            guard let value = Int(text) else { throw fault("a number that is too large") }
            add(.integer(value))
        } else {
            guard let value = Double(text), value.isFinite else { throw fault("a number that is too large") }
            add(.number(value))
        }
        advance(to: end)
    }

    private mutating func readText() throws {
        let quote = source[index]
        var position = index + 1
        var units: [UInt32] = []
        while position < source.count, source[position] != quote {
            if source[position] == "\\" {
                position = try readEscape(at: position + 1, into: &units)
            } else {
                units.append(source[position].value)
                position += 1
            }
        }
        guard position < source.count else { throw fault("a string that doesn't end") }
        add(.text(JinjaText(units: units)))
        advance(to: position + 1)
    }

    /// The escapes of a Python string.
    private func readEscape(at position: Int, into units: inout [UInt32]) throws -> Int {
        guard position < source.count else { throw fault("a string that doesn't end") }
        let simple: [Unicode.Scalar: UInt32] = [
            "n": 10, "t": 9, "r": 13, "b": 8, "f": 12, "a": 7, "v": 11, "\\": 92, "'": 39, "\"": 34,
        ]
        let first = source[position]
        if let value = simple[first] {
            units.append(value)
            return position + 1
        }
        if first == "\n" { return position + 1 }
        let lengths: [Unicode.Scalar: Int] = ["x": 2, "u": 4, "U": 8]
        if let length = lengths[first] {
            let digits = source[(position + 1)...].prefix(length)
            guard digits.count == length, digits.allSatisfy(\.properties.isASCIIHexDigit),
                let value = UInt32(String(String.UnicodeScalarView(digits)), radix: 16), Unicode.Scalar(value) != nil
            else { throw fault("an unknown escape in a string") }
            units.append(value)
            return position + 1 + length
        }
        guard first != "N", !("0"..."7").contains(first) else { throw fault("an unknown escape in a string") }
        units.append(92)
        return position
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { JinjaText.isSpace(scalar.value) }

    private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }
}

extension TokenizersError {
    /// - Parameter what: what the template has or does that can't be.
    static func template(_ what: String, line: Int) -> TokenizersError {
        TokenizersError(
            .unusableTemplate,
            "The model's chat template can't be used: line \(line) has \(what). Use another template for this model.")
    }

    static func unsupportedInTemplate(_ what: String, line: Int) -> TokenizersError {
        template("\(what), which is not supported", line: line)
    }
}
