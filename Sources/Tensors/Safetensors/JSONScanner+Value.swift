extension JSONScanner {
    /// Any value. - Throws: ``Fault`` for a key that appears twice, and beyond ``StrictJSON/deepest`` levels.
    mutating func value(depth: Int) throws -> StrictJSON {
        guard depth <= StrictJSON.deepest else { throw Fault(reason: "it is nested too deeply") }
        skipSpace()
        switch peek() {
        case UInt8(ascii: "{"):
            var members: [String: StrictJSON] = [:]
            try object { scanner, key in
                guard members[key] == nil else { throw Fault(reason: "a key appears twice") }
                members[key] = try scanner.value(depth: depth + 1)
            }
            return .object(members)
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func array(depth: Int) throws -> [StrictJSON] {
        var values: [StrictJSON] = []
        try expect(UInt8(ascii: "["))
        if take(UInt8(ascii: "]")) { return values }
        repeat { values.append(try value(depth: depth + 1)) } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
        return values
    }

    private mutating func word(_ text: StaticString, _ meaning: StrictJSON) throws -> StrictJSON {
        for byte in text.description.utf8 {
            guard peek() == byte else { throw Fault(reason: "a word is none of true, false and null") }
            advance(1)
        }
        return meaning
    }

    /// -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?
    private mutating func number() throws -> String {
        let start = index
        if peek() == UInt8(ascii: "-") { advance(1) }
        let leading = peek()
        let whole = digits()
        guard whole > 0, whole == 1 || leading != UInt8(ascii: "0") else {
            throw Fault(reason: "a value can't be read")
        }
        if peek() == UInt8(ascii: ".") {
            advance(1)
            guard digits() > 0 else { throw Fault(reason: "a number ends with its point") }
        }
        if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
            advance(1)
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { advance(1) }
            guard digits() > 0 else { throw Fault(reason: "a number has an empty exponent") }
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func digits() -> Int {
        let start = index
        while let digit = peek(), digit >= 48, digit <= 57 { advance(1) }
        return index - start
    }

    /// Where the member `name` of the object that is the whole text stands, with the comma that has to go with it.
    mutating func rangeOfMember(_ name: String) throws -> Range<Int>? {
        var found: Range<Int>?
        var keys: Set<String> = []
        var previousEnd: Int?
        try expect(UInt8(ascii: "{"))
        if take(UInt8(ascii: "}")) {
            try finish()
            return nil
        }
        repeat {
            skipSpace()
            let start = index
            let key = try string()
            guard keys.insert(key).inserted else { throw Fault(reason: "a key appears twice") }
            try expect(UInt8(ascii: ":"))
            _ = try value(depth: 1)
            // The last member takes the comma before it along; for the others the next one shows where theirs ends.
            if let range = found, range.isEmpty { found = range.lowerBound..<start }
            if key == name {
                let end = index
                skipSpace()
                found = peek() == UInt8(ascii: ",") ? start..<start : (previousEnd ?? start)..<end
            }
            previousEnd = index
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
        try finish()
        return found
    }
}
