/// A string of the template language that remembers, character by character, who wrote it.
///
/// Each unit is a Unicode scalar; its highest bit says that the character came with a message and not with the
/// template. Every operation moves whole units, so the mark follows the character through slices, replacements and
/// joins. Two texts are equal when their characters are, whoever wrote them.
struct JinjaText: Sendable {
    static let foreignMark: UInt32 = 1 << 31

    private(set) var units: [UInt32]

    init(units: [UInt32] = []) { self.units = units }

    /// - Parameter isForeign: whether the text comes from outside, for example from a message.
    init(_ text: String, isForeign: Bool = false) {
        let mark = isForeign ? Self.foreignMark : 0
        units = text.unicodeScalars.map { $0.value | mark }
    }

    var count: Int { units.count }
    var isEmpty: Bool { units.isEmpty }

    static func isForeign(_ unit: UInt32) -> Bool { unit & foreignMark != 0 }

    static func scalar(_ unit: UInt32) -> Unicode.Scalar { Unicode.Scalar(unit & ~foreignMark) ?? "\u{fffd}" }

    /// The characters alone.
    var string: String { Self.string(units[...]) }

    static func string(_ units: ArraySlice<UInt32>) -> String {
        var view = String.UnicodeScalarView()
        for unit in units { view.append(scalar(unit)) }
        return String(view)
    }

    /// What may be reported: each run of foreign characters becomes an ellipsis.
    var redacted: String {
        var view = String.UnicodeScalarView()
        var wasForeign = false
        for unit in units {
            if !Self.isForeign(unit) { view.append(Self.scalar(unit)) } else if !wasForeign { view.append("…") }
            wasForeign = Self.isForeign(unit)
        }
        return String(view)
    }

    mutating func append(_ other: JinjaText) { units.append(contentsOf: other.units) }

    static func + (left: JinjaText, right: JinjaText) -> JinjaText { JinjaText(units: left.units + right.units) }

    subscript(_ range: Range<Int>) -> JinjaText { JinjaText(units: Array(units[range])) }

    /// Whether `other` stands at `index`.
    func has(_ other: JinjaText, at index: Int) -> Bool {
        guard index >= 0, index + other.count <= count else { return false }
        for step in 0..<other.count where (units[index + step] ^ other.units[step]) & ~Self.foreignMark != 0 {
            return false
        }
        return true
    }

    func firstIndex(of other: JinjaText, from start: Int = 0) -> Int? {
        guard start + other.count <= count else { return nil }
        if other.count <= 32 { return (start...(count - other.count)).first { has(other, at: $0) } }
        return firstIndex(ofLong: other, from: start)
    }

    /// In time in proportion to both texts (Knuth, Morris and Pratt 1977): a template may not make a search expensive.
    private func firstIndex(ofLong other: JinjaText, from start: Int) -> Int? {
        func character(_ unit: UInt32) -> UInt32 { unit & ~Self.foreignMark }
        var borders = [0]
        for unit in other.units.dropFirst() {
            var border = borders[borders.count - 1]
            while border > 0, character(other.units[border]) != character(unit) { border = borders[border - 1] }
            borders.append(character(other.units[border]) == character(unit) ? border + 1 : 0)
        }
        var matched = 0
        for index in start..<count {
            while matched > 0, character(other.units[matched]) != character(units[index]) {
                matched = borders[matched - 1]
            }
            if character(other.units[matched]) == character(units[index]) { matched += 1 }
            if matched == other.count { return index + 1 - matched }
        }
        return nil
    }

    func hasPrefix(_ other: JinjaText) -> Bool { has(other, at: 0) }
    func hasSuffix(_ other: JinjaText) -> Bool { has(other, at: count - other.count) }

    /// White space as Python's `str.isspace` sees it.
    static func isSpace(_ unit: UInt32) -> Bool {
        let scalar = scalar(unit)
        return scalar.properties.isWhitespace || (0x1c...0x1f).contains(scalar.value)
    }

    /// Without the characters at its ends that are in `characters`, or without white space.
    func stripped(of characters: JinjaText?, left: Bool = true, right: Bool = true) -> JinjaText {
        let set = characters.map { Set($0.units.map { $0 & ~Self.foreignMark }) }
        func goes(_ unit: UInt32) -> Bool { set?.contains(unit & ~Self.foreignMark) ?? Self.isSpace(unit) }
        var (start, end) = (0, count)
        while left, start < end, goes(units[start]) { start += 1 }
        while right, end > start, goes(units[end - 1]) { end -= 1 }
        return self[start..<end]
    }

    /// At most `limit` replacements from the left; an empty `old` stands before each character and at the end.
    func replacing(_ old: JinjaText, with new: JinjaText, limit: Int?) -> JinjaText {
        var result: [UInt32] = []
        var left = limit ?? .max
        if old.isEmpty {
            for unit in units {
                if left > 0 { result.append(contentsOf: new.units) }
                left = max(left - 1, 0)
                result.append(unit)
            }
            return JinjaText(units: left > 0 ? result + new.units : result)
        }
        var start = 0
        while left > 0, let found = firstIndex(of: old, from: start) {
            result.append(contentsOf: units[start..<found])
            result.append(contentsOf: new.units)
            start = found + old.count
            left -= 1
        }
        return JinjaText(units: result + units[start...])
    }

    /// Python's `str.split`: by `separator`, or by runs of white space without empty parts.
    func split(by separator: JinjaText?, limit: Int?) -> [JinjaText] {
        var parts: [JinjaText] = []
        var start = 0
        var left = limit ?? .max
        guard let separator else {
            var rest = stripped(of: nil, right: false)
            while !rest.isEmpty {
                guard left > 0, let end = rest.units.firstIndex(where: Self.isSpace) else {
                    parts.append(rest)
                    return parts
                }
                parts.append(rest[0..<end])
                rest = rest[end..<rest.count].stripped(of: nil, right: false)
                left -= 1
            }
            return parts
        }
        while left > 0, let found = firstIndex(of: separator, from: start) {
            parts.append(self[start..<found])
            start = found + separator.count
            left -= 1
        }
        parts.append(self[start..<count])
        return parts
    }

    /// Character by character; the copies of a foreign character are foreign.
    func mapped(_ mapping: (Unicode.Scalar) -> String) -> JinjaText {
        var result: [UInt32] = []
        for unit in units {
            let mark = unit & Self.foreignMark
            for scalar in mapping(Self.scalar(unit)).unicodeScalars { result.append(scalar.value | mark) }
        }
        return JinjaText(units: result)
    }

    var lowercased: JinjaText { mapped { $0.properties.lowercaseMapping } }
    var uppercased: JinjaText { mapped { $0.properties.uppercaseMapping } }

    var capitalized: JinjaText {
        guard !isEmpty else { return self }
        return self[0..<1].mapped { $0.properties.titlecaseMapping } + self[1..<count].lowercased
    }

    /// Each run of letters with its first one in title case.
    var titled: JinjaText {
        var wasCased = false
        var result = JinjaText()
        for unit in units {
            let one = JinjaText(units: [unit])
            result.append(wasCased ? one.lowercased : one.mapped { $0.properties.titlecaseMapping })
            wasCased = Self.scalar(unit).properties.isCased
        }
        return result
    }
}

extension JinjaText: Equatable {
    static func == (left: JinjaText, right: JinjaText) -> Bool { left.count == right.count && left.has(right, at: 0) }
}

extension JinjaText: Comparable {
    static func < (left: JinjaText, right: JinjaText) -> Bool {
        left.units.lexicographicallyPrecedes(right.units) { $0 & ~foreignMark < $1 & ~foreignMark }
    }
}

extension JinjaText: ExpressibleByStringLiteral {
    init(stringLiteral value: String) { self.init(value) }
}
