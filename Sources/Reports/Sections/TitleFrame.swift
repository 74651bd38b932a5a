/// A line without the marks that make a title of it: `**`, `##`, `==`, a number, a bullet.
struct TitleFrame {
    let line: ArraySlice<UInt8>
    /// Without leading marks; trailing ones are still there.
    let content: ArraySlice<UInt8>
    /// Whether the marks are those of a title.
    let isDecorated: Bool
    let isNumbered: Bool
    let isBullet: Bool

    var isItem: Bool { isNumbered || isBullet }

    /// `nil` for a blank line.
    init?(_ line: ArraySlice<UInt8>) {
        self.line = line
        var content = line.trimmed
        var isDecorated = false
        var isBullet = false
        var isNumbered = false
        let marks = content.prefix { "*#=_".utf8.contains($0) }
        if marks.count >= 2 || (marks.first == UInt8(ascii: "#") && content.dropFirst().first == 32) {
            isDecorated = true
            content = content.dropFirst(marks.count).trimmed
        } else if let first = content.first, "*-+>~".utf8.contains(first) {
            isBullet = true
            content = content.dropFirst().trimmed
        } else if content.hasASCIIPrefix("•") || content.hasASCIIPrefix("▪") || content.hasASCIIPrefix("·") {
            isBullet = true
            content = content.drop { $0 >= 0x80 }.trimmed
        }
        if let behind = Self.behindNumber(content) {
            isNumbered = true
            content = behind
            let inner = content.prefix { "*_".utf8.contains($0) }
            if inner.count >= 2 {
                isDecorated = true
                content = content.dropFirst(inner.count)
            }
        }
        guard !content.isEmpty else { return nil }
        self.content = content
        self.isDecorated = isDecorated
        self.isBullet = isBullet
        self.isNumbered = isNumbered
    }

    /// Behind `1.`, `2)`, `IV.`, `3.1`.
    private static func behindNumber(_ content: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let number = content.prefix { ASCII.isDigit($0) || "IVX.".utf8.contains($0) || $0 == UInt8(ascii: ")") }
        guard (2...6).contains(number.count), let last = number.last, !ASCII.isLetter(last),
            number.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ")") })
        else { return nil }
        let rest = content.dropFirst(number.count)
        guard rest.first == 32 || !ASCII.isDigit(last) else { return nil }
        return rest.trimmed
    }
}

extension ArraySlice<UInt8> {
    /// Without the marks and blanks at the end of a title.
    var withoutMarks: ArraySlice<UInt8> {
        var slice = drop { "*_#= \t".utf8.contains($0) }
        while let last = slice.last, "*_#= \t:".utf8.contains(last) { slice.removeLast() }
        return slice
    }

    /// Letters, all of them capital.
    var isCapital: Bool {
        var hasLetter = false
        for byte in self {
            if ASCII.isLower(byte) { return false }
            if ASCII.isUpper(byte) { hasLetter = true }
        }
        return hasLetter
    }

    var hasDigit: Bool { contains(where: ASCII.isDigit) }

    /// The words in capitals that this begins with, without the blank behind them.
    var capitalRun: ArraySlice<UInt8> {
        var end = startIndex
        var place = startIndex
        while place < endIndex {
            let word = self[place...].prefix { $0 > 32 }
            guard !word.isEmpty, word.isCapitalWord else { break }
            end = word.endIndex
            place = word.endIndex
            while place < endIndex, self[place] == 32 { place += 1 }
        }
        return self[startIndex..<end]
    }

    /// The words in capitals that this ends with.
    var capitalRunAtEnd: ArraySlice<UInt8> {
        var slice = self
        while let last = slice.last, ASCII.isBlank(last) || last == UInt8(ascii: "*") { slice.removeLast() }
        var start = slice.endIndex
        var place = slice.endIndex
        while place > slice.startIndex {
            let word = slice[..<place].suffix(while: { $0 > 32 })
            guard !word.isEmpty, word.isCapitalWord else {
                // `…cough.,MEDICATIONS:`
                if let sign = word.lastIndex(where: { ".,;".utf8.contains($0) }) {
                    let tail = word[(sign + 1)...]
                    if tail.isCapitalWord { start = tail.startIndex }
                }
                break
            }
            start = word.startIndex
            place = word.startIndex
            while place > slice.startIndex, slice[place - 1] == 32 { place -= 1 }
        }
        return slice[start..<slice.endIndex].drop { "*_".utf8.contains($0) }
    }

    private var isCapitalWord: Bool {
        var letters = 0
        for byte in self {
            if ASCII.isUpper(byte) {
                letters += 1
            } else if !"&/-(),'*".utf8.contains(byte), byte < 0x80 {
                return false
            }
        }
        return letters >= 2 || (count == 1 && first == UInt8(ascii: "&"))
    }

    /// What follows the last end of a sentence or a gap of two blanks; `nil` if neither is in here.
    var lastPhrase: ArraySlice<UInt8>? {
        guard count >= 3 else { return nil }
        var place = endIndex - 1
        while place > startIndex {
            if self[place] == 32 || self[place] == 9 {
                let before = self[place - 1]
                if ".!?;|)".utf8.contains(before) || before == 32 || before == 9 {
                    let phrase = self[(place + 1)...].withoutMarks
                    return phrase.isEmpty ? nil : phrase
                }
            }
            place -= 1
        }
        return nil
    }

    private func suffix(while predicate: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        var start = endIndex
        while start > startIndex, predicate(self[start - 1]) { start -= 1 }
        return self[start..<endIndex]
    }
}
