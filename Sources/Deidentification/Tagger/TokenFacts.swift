/// What the features of a token are made of, computed once for each token.
struct TokenFacts {
    /// The folded word; a number by its size; a mark by itself.
    var word: UInt64 = 0
    /// Capitals and length of a word, length of a number.
    var shape: UInt64 = 0
    /// What the word lists say.
    var flags: UInt64 = 0
    /// The strongest candidate of the rules that covers it: label, strength, and whether it begins here. 0 for none.
    var candidate: UInt64 = 0
    /// The rule of that candidate.
    var rule: UInt64 = 0
    /// How it is set off from its neighbors: glued, by a blank, by a line break, by an empty line.
    var gap: UInt64 = 0
    /// Letters, digits and marks of the unspaced run around it, shortened and in full.
    var run: UInt64 = 0
    var runPattern: UInt64 = 0
    /// The word before the last colon of the line, and the two before; the heading the line stands under.
    var cue: UInt64 = 0
    var cuePair: UInt64 = 0
    var cueDistance: UInt64 = 0
    var heading: UInt64 = 0
    /// Where in the line and in the text.
    var linePlace: UInt64 = 0
    /// Whether the line and the text have only capitals or none.
    var lineCase: UInt64 = 0
    /// Whether a sentence begins.
    var opens = false
    /// What other occurrences of the word in the text look like.
    var elsewhere: UInt64 = 0
    /// The fine and the coarse class of a word and its use, each from 1; 0 of unknown words. A number or mark is its own class.
    var wordClass: UInt64 = 0
    var wordGroup: UInt64 = 0
    var wordUse: UInt64 = 0

    /// No token: before the first and behind the last one.
    static let outside = TokenFacts(word: 1, shape: 1, flags: 1 << 40)
}

extension TokenFacts {
    /// The facts of all tokens of a text.
    static func all(_ text: ScalarText, candidates: [Candidate], words: WordClasses) -> [TokenFacts] {
        let tokens = text.tokens
        var facts = [TokenFacts](repeating: TokenFacts(), count: tokens.count)
        for index in tokens.indices {
            let token = tokens[index]
            facts[index].word = word(token, text)
            facts[index].shape = shape(token, text)
            facts[index].flags = UInt64(token.flags.rawValue)
            let next = index + 1 < tokens.count ? tokens[index + 1] : nil
            facts[index].gap =
                gap(token) | gap(next) << 2
            if token.breaks > 0 || index == 0 {
                facts[index].opens = true
            } else {
                let before = tokens[index - 1]
                facts[index].opens =
                    before.isMark(".") || before.isMark(":") || before.isMark("!") || before.isMark("?")
                    || before.isMark("\u{2022}") || before.isMark("*")
            }
        }
        if !words.isEmpty { addWordClasses(&facts, text, words) }
        addRuns(&facts, text)
        addLines(&facts, text)
        addCandidates(&facts, text, candidates)
        addOccurrences(&facts, text)
        return facts
    }

    private static func gap(_ token: Token?) -> UInt64 {
        guard let token else { return 3 }
        return token.breaks > 1 ? 3 : token.breaks == 1 ? 2 : token.spaced ? 1 : 0
    }

    private static func word(_ token: Token, _ text: ScalarText) -> UInt64 {
        switch token.kind {
        case .word: return token.hash
        case .mark: return token.hash &+ 0x100_0000
        case .number:
            guard token.count <= 4, let value = text.number(token) else {
                return 0x200_0000 + UInt64(min(token.count, 20))
            }
            // Which numbers can be a day, a month, a minute, a great age, a year.
            let size: UInt64 =
                switch value {
                case 0: 0
                case 1...12: 1
                case 13...31: 2
                case 32...59: 3
                case 60...89: 4
                case 90...115: 5
                case 116...999: 6
                case 1900...1999: 7
                case 2000...2040: 8
                default: 9
                }
            return 0x300_0000 + size << 4 + UInt64(token.count)
        }
    }

    private static func shape(_ token: Token, _ text: ScalarText) -> UInt64 {
        let length = UInt64(min(token.count, 12))
        switch token.kind {
        case .mark: return 0x100 + token.hash
        case .number: return 0x40 + length
        case .word:
            // `McAllister`, `iPhone`: a capital behind a small letter.
            var isMixed = false
            if token.shape == .capital || token.shape == .lower {
                var index = token.start + 1
                while index < token.end {
                    if text.kinds[index] == .upper { isMixed = true }
                    index += 1
                }
            }
            let size: UInt64 = length <= 2 ? length : length <= 4 ? 3 : length <= 7 ? 4 : 5
            return UInt64(token.shape.rawValue) << 4 | size << 1 | (isMixed ? 1 : 0)
        }
    }

    private static func addWordClasses(_ facts: inout [TokenFacts], _ text: ScalarText, _ words: WordClasses) {
        for (index, token) in text.tokens.enumerated() {
            guard token.kind == .word else {
                facts[index].wordClass = facts[index].word | 1 << 50
                facts[index].wordGroup = facts[index].wordClass
                continue
            }
            guard let entry = words.entry(of: token.hash) else { continue }
            facts[index].wordClass = UInt64(entry.fine) + 1
            facts[index].wordGroup = UInt64(entry.group) + 1
            facts[index].wordUse = UInt64(entry.use) + 1
        }
    }

    /// Unspaced runs such as `AB-12345/6`.
    private static func addRuns(_ facts: inout [TokenFacts], _ text: ScalarText) {
        let tokens = text.tokens
        var start = 0
        while start < tokens.count {
            var end = start + 1
            while end < tokens.count, !tokens[end].spaced { end += 1 }
            // Marks around the run don't belong to its form.
            var first = start
            var last = end
            while first < last, tokens[first].kind == .mark { first += 1 }
            while last > first, tokens[last - 1].kind == .mark { last -= 1 }
            var short: UInt64 = 0x51
            var full: UInt64 = 0x52
            var index = first
            while index < last {
                let token = tokens[index]
                switch token.kind {
                case .word:
                    short = FeatureHash.join(short, UInt64(token.shape.rawValue))
                    full = FeatureHash.join(full, UInt64(token.shape.rawValue) << 8 | UInt64(min(token.count, 6)))
                case .number:
                    short = FeatureHash.join(short, 9)
                    full = FeatureHash.join(full, 0x1000 | UInt64(min(token.count, 12)))
                case .mark:
                    short = FeatureHash.join(short, token.hash << 4)
                    full = FeatureHash.join(full, token.hash << 16)
                }
                index += 1
            }
            index = start
            while index < end {
                facts[index].run = short
                facts[index].runPattern = full
                index += 1
            }
            start = end
        }
    }

    private static func addCandidates(_ facts: inout [TokenFacts], _ text: ScalarText, _ candidates: [Candidate]) {
        var best = [Double](repeating: 0, count: facts.count)
        for candidate in candidates where candidate.score > 0 {
            let strength: UInt64 =
                candidate.score >= 0.9 ? 4 : candidate.score >= 0.75 ? 3 : candidate.score >= 0.55 ? 2 : 1
            let value = UInt64(candidate.label.ordinal + 1) << 3 | strength
            for index in text.tokenRange(candidate.start, candidate.end) where candidate.score > best[index] {
                best[index] = candidate.score
                let begins: UInt64 = text.tokens[index].start <= candidate.start ? 1 : 0
                facts[index].candidate = value << 1 | begins
                facts[index].rule = UInt64(candidate.rule.rawValue)
            }
        }
    }

    /// What is known of a word from its other occurrences: written small, found by a strong rule, frequent.
    private static func addOccurrences(_ facts: inout [TokenFacts], _ text: ScalarText) {
        var seen: [UInt64: UInt64] = [:]
        seen.reserveCapacity(facts.count)
        let tokens = text.tokens
        for index in tokens.indices where tokens[index].kind == .word && tokens[index].count > 2 {
            var value: UInt64 = 1
            if tokens[index].shape == .lower { value |= 1 << 32 }
            if facts[index].candidate >> 1 & 7 >= 3 { value |= 1 << (33 + facts[index].candidate >> 4) }
            seen[tokens[index].hash, default: 0] = merge(seen[tokens[index].hash] ?? 0, value)
        }
        for index in tokens.indices where tokens[index].kind == .word && tokens[index].count > 2 {
            guard let value = seen[tokens[index].hash] else { continue }
            let times = value & 0xffff_ffff
            facts[index].elsewhere = (value >> 32) << 2 | (times > 4 ? 2 : times > 1 ? 1 : 0)
        }
    }

    private static func merge(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let flags: UInt64 = ~0xffff_ffff
        return (left & 0xffff_ffff) &+ (right & 0xffff_ffff) | (left | right) & flags
    }
}
