/// Tells whether a listed name that is also an ordinary word (Case, May, Brown) is the name where it stands.
struct AmbiguousNames {
    let text: ScalarText
    /// Which words have the case of everything around them, so that their case says nothing.
    let caseless: [Bool]
    /// All the words in question.
    let pending: Set<Int>

    private var tokens: [Token] { text.tokens }

    /// - Parameter isProven: the same word is a name elsewhere in the text.
    func isName(_ index: Int, _ isMatch: [Bool], isProven: Bool) -> Bool {
        let token = tokens[index]
        if hasNeighbour(index, isMatch) { return true }
        if token.count < 3, token.shape == .lower { return false }
        let before = wordBefore(index)
        if let before, hasTitle(before, index) || isField(before) { return true }
        if hasEponymNoun(index) { return false }
        if hasCredential(index) { return true }
        let isPlain = token.shape == .lower || caseless[index]
        if isPlain { return isNameInPlainCase(index, before, isProven) }
        guard token.isCapitalised else { return false }
        if isGenitive(index), !token.flags.has(.medical) { return true }
        let next = wordBehind(index)
        if let next, tokens[next].flags.has(.personVerb), tokens[next].shape == .lower, !token.flags.has(.function) {
            return true
        }
        if let before {
            if tokens[before].flags.has(.relative) || Self.roles.contains(tokens[before].hash) { return true }
            if Self.cues.contains(tokens[before].hash), !token.flags.has(.medical) { return true }
        }
        if token.flags.has(.month), next == nil, index + 1 < tokens.count, tokens[index + 1].kind == .number {
            return false
        }
        if startsSentence(index) { return isSubject(index, next, isProven) }
        // An eponym or a drug in a sentence is more often one.
        if token.flags.has(.medical) { return isProven && !isGenitive(index) }
        if token.shape == .upper {
            return tokens[index - 1].shape != .upper && next.map { tokens[$0].shape != .upper } ?? true
        }
        // Inside a heading such as “Long Term Goals” every word has a capital.
        if let next, tokens[next].shape == .capital, tokens[next].flags.has(.common) { return false }
        return true
    }

    // MARK: Neighbours

    /// An adjacent part of the name, also over a comma, a caret, a hyphen or an initial.
    private func hasNeighbour(_ index: Int, _ isMatch: [Bool]) -> Bool {
        let token = tokens[index]
        for step in [-1, 1] {
            var other = index + step
            var hops = 0
            while other >= 0, other < tokens.count, hops < 4, tokens[max(other, other - step)].breaks == 0 {
                let neighbour = tokens[other]
                let isSameCase = token.isCapitalised || !neighbour.isCapitalised
                let isOrdinaryWord = token.flags.has(.function) || token.flags.has(.month)
                if isSameCase, isMatch[other], token.isCapitalised || !isOrdinaryWord { return true }
                if pending.contains(other), neighbour.isCapitalised, token.isCapitalised,
                    !caseless[index] || !isOrdinaryWord && !neighbour.flags.has(.function)
                {
                    return true
                }
                guard
                    neighbour.kind == .mark && !neighbour.isMark(":") && !neighbour.isMark(";")
                        || neighbour.shape == .initial
                else { break }
                if neighbour.isMark("."), hops == 0, tokens[max(0, other - 1)].shape != .initial { break }
                other += step
                hops += 1
            }
        }
        return false
    }

    /// The token before, over the full stop of an abbreviation, in the same line.
    private func wordBefore(_ index: Int) -> Int? {
        guard index > 0, tokens[index].breaks == 0 else { return nil }
        var before = index - 1
        if tokens[before].isMark("."), !tokens[before].spaced, before > 0, tokens[before].breaks == 0 { before -= 1 }
        return before
    }

    private func wordBehind(_ index: Int) -> Int? {
        let next = index + 1
        guard next < tokens.count, tokens[next].breaks == 0, tokens[next].kind == .word else { return nil }
        return next
    }

    private func hasTitle(_ before: Int, _ index: Int) -> Bool {
        guard tokens[before].kind == .word, tokens[before].flags.has(.title) || Self.roles.contains(tokens[before].hash)
        else { return false }
        if Self.roles.contains(tokens[before].hash) {
            return tokens[index].isCapitalised && !caseless[index]
                || tokens[index].flags.isDisjoint(with: [.function, .personVerb, .month])
                    && !(tokens[index].flags.has(.common) && !tokens[index].flags.has(.anyName))
        }
        return tokens[before].isCapitalised || tokens[before].count <= 4
    }

    /// `last name: long`, `surname colon gross`
    private func isField(_ before: Int) -> Bool {
        guard before >= 1 else { return false }
        let isColon = tokens[before].isMark(":") || tokens[before].hash == Self.colon
        return isColon && tokens[before - 1].kind == .word
            && (Self.fields.contains(tokens[before - 1].hash) || Self.roles.contains(tokens[before - 1].hash))
    }

    private func isGenitive(_ index: Int) -> Bool {
        index + 1 < tokens.count && tokens[index + 1].hash == 0x27 && !tokens[index + 1].spaced
    }

    /// `Parkinson's disease`, `Brown sequence`
    private func hasEponymNoun(_ index: Int) -> Bool {
        var next = index + 1
        if isGenitive(index) {
            next += 1
            if next < tokens.count, tokens[next].hash == Self.genitive, !tokens[next].spaced { next += 1 }
        }
        guard next < tokens.count, tokens[next].breaks == 0, tokens[next].kind == .word else { return false }
        return tokens[next].flags.has(.eponymNoun)
    }

    /// `ball md`, `Stone, RN`
    private func hasCredential(_ index: Int) -> Bool {
        var next = index + 1
        if next < tokens.count, tokens[next].isMark(",") { next += 1 }
        guard next < tokens.count, tokens[next].breaks == 0, tokens[next].kind == .word,
            Self.credentials.contains(tokens[next].hash)
        else { return false }
        return tokens[index].flags.isDisjoint(with: [.function, .personVerb, .unit, .title])
    }

    // MARK: Where case says nothing

    /// In a note of one case, and for a small letter: only beside a word that a name follows.
    private func isNameInPlainCase(_ index: Int, _ before: Int?, _ isProven: Bool) -> Bool {
        let token = tokens[index]
        guard token.flags.isDisjoint(with: [.function, .month]) else { return false }
        // `long's`
        if isGenitive(index), index + 2 < tokens.count, !tokens[index + 2].spaced,
            tokens[index + 2].hash == Self.genitive, !token.flags.has([.medical, .relative])
        {
            return true
        }
        guard let before else {
            return isProven && caseless[index] && isVerb(wordBehind(index))
        }
        let cue = tokens[before]
        let isFree = wordBehind(index).map { !tokens[$0].flags.has([.common, .medical]) } ?? true
        if cue.kind == .word {
            if Self.handovers.contains(cue.hash) { return isFree }
            if cue.hash == Self.w, before >= 2, tokens[before - 1].isMark("/") {
                return isFree && tokens[before].count == 1
            }
            if Self.phrases.contains(cue.hash), before >= 1, Self.handovers.contains(tokens[before - 1].hash) {
                return isFree
            }
            if cue.flags.has(.relative), token.flags.has(.anyName), !token.flags.has(.common) { return isFree }
        }
        guard isProven else { return false }
        return Self.cues.contains(cue.hash) && isFree || isVerb(wordBehind(index))
    }

    private func isVerb(_ index: Int?) -> Bool {
        guard let index else { return false }
        return tokens[index].flags.has(.personVerb) || Self.finite.contains(tokens[index].hash)
    }

    // MARK: Starts of sentences

    private func startsSentence(_ index: Int) -> Bool {
        guard index > 0, tokens[index].breaks == 0 else { return true }
        let before = tokens[index - 1]
        if before.isMark(".") {
            return !(index > 1 && (tokens[index - 2].shape == .initial || tokens[index - 2].flags.has(.title)))
        }
        return before.isMark(":") || before.isMark("?") || before.isMark("!") || before.kind == .number
            || before.isMark("*") || before.isMark("\u{2022}")
    }

    /// `Violet placed`, `Sand, 40 y/o`: a capital that the start of a sentence explains is a name where the lists have it;
    /// a modal verb is one before another verb: `May will stop`.
    private func isSubject(_ index: Int, _ next: Int?, _ isProven: Bool) -> Bool {
        let token = tokens[index]
        let after = index + 1 < tokens.count && tokens[index + 1].breaks == 0 ? tokens[index + 1] : nil
        guard let after else { return isProven && !token.flags.has([.function, .medical]) && index > 0 }
        if after.isMark("&"), index + 2 < tokens.count, tokens[index + 2].shape == .capital { return true }
        if token.flags.has(.function) { return Self.finite.contains(after.hash) }
        if token.flags.has(.medical), !isProven { return false }
        let isFinite = Self.finite.contains(after.hash) && after.kind == .word
        if token.shape == .upper {
            return isProven && (isFinite || after.isMark(",") || after.flags.has(.personVerb))
        }
        guard token.shape == .capital, !token.flags.has(.month) || isProven else { return false }
        let isFollowed =
            after.isMark(",")
            || after.kind == .word && after.shape == .lower
                && (after.flags.has(.personVerb) || isParticiple(after) || isProven && isFinite)
        return isFollowed && (token.flags.has(.anyName) || isProven) || isProven && after.hash == Self.and
    }

    /// `placed`, `exhausted`
    private func isParticiple(_ token: Token) -> Bool {
        token.count >= 5 && text.folded[token.end - 1] == 0x64 && text.folded[token.end - 2] == 0x65
    }

    // MARK: Words

    static let genitive = WordHash.of("s")
    private static let colon = WordHash.of("colon")
    private static let and = WordHash.of("and")
    private static let w = WordHash.of("w")
    private static let finite = RuleScanner.words(
        """
        is was has had will would turns turned did does says said went came took told lives denies denied reports reported
        states stated presents presented comes returns returned feels felt wants called asked takes agrees agreed
        """)
    private static let fields = RuleScanner.words(
        "name names surname firstname lastname first last given family forename forenames maiden patient pt attending")
    private static let cues = RuleScanner.words(
        "patient pt name re named by signed dictated attending dear for with and per from to cc attn")
    /// Words for people that a name follows directly.
    private static let roles = RuleScanner.words(
        "doctor nurse attending surgeon pcp rn np md dr fr officer deputy det sgt inmate resident intern")
    /// Before a name also in small letters.
    private static let handovers = RuleScanner.words("paged per cosigned dictated signed surname aka nee named attn cc")
    private static let phrases = RuleScanner.words("by out to off with")
    private static let credentials = RuleScanner.words(
        "md do rn np pa pac lpn cna crna dds dmd phd dpm msw lcsw pt ot pharmd fnp aprn cnm rph dnp ma rd slp rt")
}
