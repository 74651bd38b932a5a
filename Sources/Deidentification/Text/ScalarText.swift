/// A text as Unicode scalars, with their kinds, folded forms and tokens. All rules work on this one pass.
struct ScalarText: Sendable {
    let scalars: [UInt32]
    let folded: [UInt32]
    let kinds: [ScalarKind]
    private(set) var tokens: [Token] = []

    init(_ text: String, lexicon: Lexicon = .shared) {
        var scalars: [UInt32] = []
        scalars.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars { scalars.append(scalar.value) }
        self.init(scalars: scalars, lexicon: lexicon)
    }

    init(scalars: [UInt32], lexicon: Lexicon = .shared) {
        self.scalars = scalars
        (folded, kinds) = ScalarFolding.classify(scalars)
        tokenize(lexicon)
    }

    var count: Int { scalars.count }

    /// The text between two offsets, clamped to the bounds.
    func string(_ start: Int, _ end: Int) -> String {
        var view = String.UnicodeScalarView()
        for index in max(0, start)..<max(0, start, min(end, count)) {
            if let scalar = Unicode.Scalar(scalars[index]) { view.append(scalar) }
        }
        return String(view)
    }

    /// The digits of a token as a number; `nil` if it is none or has more than nine digits.
    func number(_ token: Token) -> Int? {
        guard token.kind == .number, token.count <= 9 else { return nil }
        return folded[token.start..<token.end].reduce(0) { $0 * 10 + Int($1 & 15) }
    }

    /// The same tokens with what another language's word list says about them.
    func relabeled(with lexicon: Lexicon) -> ScalarText {
        var copy = self
        for index in copy.tokens.indices where copy.tokens[index].kind == .word {
            copy.tokens[index].flags = lexicon.flags(of: copy.tokens[index].hash)
        }
        return copy
    }

    private mutating func tokenize(_ lexicon: Lexicon) {
        tokens.reserveCapacity(count / 4 + 4)
        var index = 0
        var spaced = true
        var breaks = 1
        while index < count {
            let kind = kinds[index]
            if kind == .newline {
                // CR LF is one break.
                if scalars[index] != 10 || index == 0 || scalars[index - 1] != 13 { breaks += 1 }
                spaced = true
                index += 1
                continue
            }
            if kind == .space {
                spaced = true
                index += 1
                continue
            }
            if kind == .ignorable {
                index += 1
                continue
            }
            let token: Token
            if kind.isLetter {
                token = word(at: index, lexicon)
            } else if kind == .digit {
                var end = index + 1
                while end < count, kinds[end] == .digit { end += 1 }
                token = Token(
                    start: index, end: end, kind: .number, shape: .none, hash: 0, flags: [], spaced: true, breaks: 0)
            } else {
                token = Token(
                    start: index, end: index + 1, kind: .mark, shape: .none, hash: UInt64(folded[index]), flags: [],
                    spaced: true, breaks: 0)
            }
            tokens.append(token)
            tokens[tokens.count - 1].spaced = spaced
            tokens[tokens.count - 1].breaks = breaks
            index = token.end
            spaced = false
            breaks = 0
        }
    }

    private func word(at start: Int, _ lexicon: Lexicon) -> Token {
        var end = start
        var hash = WordHash.seed
        var upper = 0
        var letters = 0
        while end < count {
            if kinds[end].isLetter {
                upper += kinds[end] == .upper ? 1 : 0
                letters += kinds[end] == .ignorable ? 0 : 1
                WordHash.add(folded[end], to: &hash)
                end += 1
            } else if folded[end] == 0x27, end + 1 < count, kinds[end + 1].isLetter, !isPossessive(at: end) {
                end += 1
            } else {
                break
            }
        }
        let shape: Token.Shape
        if kinds[start] != .upper {
            shape = kinds[start] == .letter ? .capital : .lower
        } else if letters == 1 {
            shape = .initial
        } else {
            shape = upper == letters ? .upper : .capital
        }
        return Token(
            start: start, end: end, kind: .word, shape: shape, hash: hash, flags: lexicon.flags(of: hash), spaced: true,
            breaks: 0)
    }

    /// `'s` at the end of a word.
    private func isPossessive(at apostrophe: Int) -> Bool {
        guard apostrophe + 1 < count, folded[apostrophe + 1] == 0x73 else { return false }
        return apostrophe + 2 >= count || !kinds[apostrophe + 2].isLetter
    }
}
