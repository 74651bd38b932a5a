extension RuleScanner {
    /// Names that end in a facility noun, and institutions known without one.
    mutating func scanFacilities() {
        for index in tokens.indices where tokens[index].kind == .word && !taken[tokens[index].start] {
            let token = tokens[index]
            if token.flags.has(.facility), token.isCapitalised, !startsHeading(index) {
                facility(endingAt: index)
            } else if token.flags.has(.facility), token.shape == .lower, Self.lowerHeads.contains(token.hash),
                let before = self.token(index - 1), before.flags.has(.city) || endsCityPhrase(index - 1),
                before.isCapitalised
            {
                add(cityStart(index - 1), token.end, .location, 0.8, .facility)
            } else if token.isCapitalised, Self.saints.contains(token.hash) {
                saint(at: index)
            } else if token.flags.has(.institution), token.isCapitalised,
                !token.flags.has(.surname) || token.shape == .upper
            {
                guard !isMark(index - 1, ","), !flags(index - 1).has(.title),
                    !isMark(index - 1, "-") || token.spaced, !isFinding(index)
                else { continue }
                if token.flags.has(.anyName), let next = self.token(index + 1), next.isCapitalised, next.breaks == 0 {
                    continue
                }
                add(token.start, token.end, .location, 0.7, .institution)
            } else if token.hash == Self.county, token.isCapitalised, let before = self.token(index - 1),
                token.breaks == 0,
                before.kind == .word, before.isCapitalised, !before.flags.has(.function)
            {
                add(before.start, token.end, .location, 0.85, .county)
            }
        }
    }

    /// `Facility: Willow Family and Community Care`, and the same as the first line of a text, where letterheads stand.
    mutating func scanLetterhead() {
        if let first = tokens.first, first.kind == .word,
            !first.flags.has([.ordinary, .anyName]) || first.flags.has(.surname), first.isCapitalised
        {
            letterhead(from: 0, isCued: false)
        }
        for index in tokens.indices where isMark(index, ":") && isWord(index - 1, Self.facilityCues) {
            letterhead(from: index + 1, isCued: true)
        }
    }

    private static let facilityCues = words("facility hospital clinic location site institution organization practice")

    private mutating func letterhead(from start: Int, isCued: Bool) {
        var end = start
        while let token = token(end), end - start < 12, end == start || token.breaks == 0 {
            guard
                token.isMark("&") || token.isMark(",") || token.isMark("-") || token.isMark("'") || token.isMark(".")
                    || (token.kind == .word && (token.isCapitalised || Self.connectors.contains(token.hash)))
            else { break }
            end += 1
        }
        guard end < tokens.count ? tokens[end].breaks > 0 || isMark(end, "|") || isMark(end, ";") : true else { return }
        while end > start, tokens[end - 1].kind == .mark { end -= 1 }
        guard end - start >= 2, tokens[start].breaks <= 1, tokens[end - 1].flags.has([.facility, .generic]),
            (start..<end).contains(where: {
                tokens[$0].kind == .word
                    && (!tokens[$0].flags.has([.generic, .facility, .function, .common]) || isProper($0))
            })
        else { return }
        add(tokens[start].start, tokens[end - 1].end, .location, isCued ? 0.9 : 0.75, .letterhead)
    }

    private static let lowerHeads = words("clinic hospital facility office campus center practice lab")
    private static let saints = words("st saint mt mount ste")
    private static let worts = words("wort sgrq")
    private static let makers = words("jude jeor")
    private static let county = WordHash.of("county")
    private static let connectors = words("of and the for at s")
    private static let backConnectors = words("of and the for s")

    private func startsHeading(_ index: Int) -> Bool {
        isMark(index + 1, ":") && flags(index - 1).has([.generic, .common])
    }

    private mutating func facility(endingAt index: Int) {
        var start = index
        var named = false
        var steps = 0
        while steps < 9, start > 0, tokens[start].breaks == 0 {
            let before = tokens[start - 1]
            if before.kind == .word {
                if before.isCapitalised, !before.flags.has(.function) || Self.connectors.contains(before.hash) {
                    if !before.flags.has([.generic, .facility]) || before.flags.has([.city, .institution]) {
                        if before.flags.has([.title, .credential]), !Self.saints.contains(before.hash) { break }
                        if startsSentence(start - 1), before.flags.has([.common, .personVerb, .dateCue]),
                            !before.flags.has(.anyName)
                        {
                            break
                        }
                        named =
                            named || !before.flags.has([.common, .medical, .weekday, .month, .unit])
                            || before.flags.has([.surname, .city, .state])
                            || (!startsSentence(start - 1) && !before.flags.has([.medical, .month, .weekday]))
                    }
                    start -= 1
                } else if Self.backConnectors.contains(before.hash), start > 1,
                    tokens[start - 2].isCapitalised || tokens[start - 2].hash == 0x27
                {
                    start -= 1
                } else {
                    break
                }
            } else if before.isMark("&") || before.isMark("'") || before.hash == 0x27
                || (before.isMark("-") && !before.spaced)
                || (before.isMark(".") && start > 1 && Self.saints.contains(tokens[start - 2].hash))
                || (before.isMark(",") && tokens[index].count > 2 && start > 1 && tokens[start - 2].isCapitalised
                    && isListedBefore(start - 2) && tokens[start].flags.has(.generic))
            {
                start -= 1
            } else {
                break
            }
            steps += 1
        }
        while start < index, tokens[start].kind == .mark || tokens[start].flags.has(.function) { start += 1 }
        var end = index + 1
        // `Children's Hospital Boston`, `at City Hospital`: a proper noun although each word is a general one.
        if let city = token(end), city.breaks == 0,
            city.flags.has(.city) || Lexicon.shared.cityPhrases[city.hash] != nil, city.isCapitalised
        {
            named = true
            end += city.flags.has(.city) ? 1 : 2
        } else if isWord(end, Self.inOf),
            flags(end + 1).has(.city) || Lexicon.shared.cityPhrases[token(end + 1)?.hash ?? 0] != nil,
            token(end + 1)?.isCapitalised == true, isWord(end, Self.of)
        {
            named = true
        } else if !named, Self.wholeHeads.contains(tokens[index].hash),
            isWord(start - 1, Self.leading) || isMark(start - 1, "@"),
            tokens[index].shape == .capital
        {
            named = true
        }
        guard named, start < index, end <= tokens.count else { return }
        // `University of Michigan`, `Hospital of Saint Anna`, `Clinic at Riverside`, and a second noun: `Hospital
        // Center`.
        while let next = token(end), next.breaks == 0 {
            if next.kind == .word, next.isCapitalised, next.flags.has([.facility, .generic]) {
                end += 1
            } else if Self.connectors.contains(next.hash), let name = token(end + 1), name.isCapitalised,
                name.breaks == 0, name.kind == .word,
                !name.flags.has(.function), next.hash != Self.and
            {
                end += 2
            } else {
                break
            }
        }
        add(tokens[start].start, tokens[end - 1].end, .location, 0.75, .facility)
    }

    private static let and = WordHash.of("and")
    private static let inOf = words("in of")
    private static let of = words("of")
    private static let leading = words("at in to from")
    private static let wholeHeads = words("hospital clinic center")

    /// `Heart, Lung and Kidney Center`: a comma inside the name of a facility stands before a list of departments.
    private func isListedBefore(_ index: Int) -> Bool { tokens[index].flags.has(.generic) }

    private mutating func saint(at index: Int) {
        var next = index + 1
        if isMark(next, ".") { next += 1 }
        guard let name = token(next), name.kind == .word, name.isCapitalised, name.count > 1, name.breaks == 0,
            !name.flags.has(.function)
        else { return }
        var end = next + 1
        if token(end)?.hash == 0x27, isWord(end + 1, Self.connectors) { end += 2 }
        // `St. John's wort`, `St. Jude valve`, `Mifflin-St. Jeor`
        if isWord(end, Self.worts) || isWord(next, Self.makers) && !flags(end).has([.facility, .generic]) { return }
        while let more = token(end), more.breaks == 0, more.kind == .word, more.isCapitalised,
            more.flags.has([.facility, .generic])
        { end += 1 }
        add(tokens[index].start, tokens[end - 1].end, .location, 0.75, .facility)
    }

    func endsCityPhrase(_ index: Int) -> Bool { cityStart(index) < (token(index)?.start ?? 0) }

    /// The start of the city whose last word stands at `index`.
    private func cityStart(_ index: Int) -> Int {
        for length in [3, 2] where index - length + 1 >= 0 {
            if let phrases = Lexicon.shared.cityPhrases[tokens[index - length + 1].hash],
                let end = phraseEnd(phrases, at: index - length + 1), end == index + 1
            {
                return tokens[index - length + 1].start
            }
        }
        return tokens[index].start
    }

    private func phraseEnd(_ phrases: [[UInt64]], at index: Int) -> Int? {
        for phrase in phrases {
            var next = index
            var isMatch = true
            for (position, word) in phrase.enumerated() {
                if position > 0, isMark(next, "."), token(next)?.spaced == false { next += 1 }
                guard let token = token(next), token.hash == word,
                    token.isCapitalised || position > 0 && caseless[next],
                    position == 0 || token.breaks == 0
                else {
                    isMatch = false
                    break
                }
                next += 1
            }
            if isMatch { return next }
        }
        return nil
    }

    /// Cities with and without their state; places behind words such as “lives in”.
    mutating func scanPlaces() {
        var index = 0
        while index < tokens.count {
            let token = tokens[index]
            guard token.kind == .word, token.isCapitalised, !taken[token.start] else {
                index += 1
                continue
            }
            if let phrases = Lexicon.shared.cityPhrases[token.hash], let end = phraseEnd(phrases, at: index) {
                let last = stateBehind(end)
                add(token.start, tokens[last - 1].end, .location, 0.8, .listedCity)
                index = last
                continue
            }
            if !token.flags.has([.function, .month, .title]), let end = cityWithState(at: index) {
                add(token.start, tokens[end - 1].end, .location, 0.85, .cityWithState)
                index = end
                continue
            }
            if token.flags.has(.city),
                !token.flags.has([.givenName, .medical, .common]) || isPlaceCue(before: index)
                    || isWord(index - 1, Self.from)
            {
                let isPerson =
                    self.token(index - 1)?.flags.has([.givenName, .title]) == true && token.breaks == 0
                    && token.flags.has(.surname)
                let isGraded = isFinding(index) && !isPlaceCue(before: index) && !isWord(index - 1, Self.nearby)
                if !isPerson, !isGraded, !(self.token(index + 1)?.flags.has(.eponymNoun) ?? false) {
                    let last = self.token(index + 1).flatMap {
                        $0.breaks == 0 && $0.shape == .capital && Self.shortHeads.contains($0.hash) ? $0 : nil
                    }
                    add(token.start, (last ?? token).end, .location, 0.65, .listedCity)
                }
            } else if let end = cuedPlace(at: index) {
                add(token.start, tokens[end - 1].end, .location, 0.55, .cuedPlace)
                index = end
                continue
            }
            index += 1
        }
    }

    private func stateBehind(_ index: Int) -> Int {
        var next = index
        if isMark(next, ",") { next += 1 }
        guard isState(next), let token = token(next), token.breaks == 0 else { return index }
        return token.flags.has([.state, .stateCode]) ? next + 1 : next + 2
    }

    private func cityWithState(at index: Int) -> Int? {
        guard let end = cityBeforeState(at: index), let state = token(end - 1) else { return nil }
        // `Smith, MD` and `Jones, PA` are people; so are titles before the word.
        if state.flags.has(.credential), state.count == 2 {
            guard tokens[index].flags.has(.city) || isPlaceCue(before: index) || token(end)?.kind == .number else {
                return nil
            }
        }
        if flags(index - 1).has(.title) || (isMark(index - 1, ".") && flags(index - 2).has(.title)) { return nil }
        if Self.notStates.contains(state.hash), state.count == 2, token(end)?.kind != .number || token(end)?.count != 5,
            !tokens[index].flags.has(.city), !isPlaceCue(before: index)
        {
            return nil
        }
        if startsSentence(index), tokens[index].flags.has([.common, .medical]), !tokens[index].flags.has(.anyName) {
            return nil
        }
        for middle in index..<end
        where tokens[middle].kind == .word && tokens[middle].flags.has([.medical, .personVerb])
            && !tokens[middle].flags.has([.city, .stateCode])
        {
            return nil
        }
        return end
    }

    /// State codes that are also words or abbreviations of medicine.
    private static let notStates = words("or in me hi ok id al la pa md co de ca ct mi ma ms mo mt pr va nd")

    func isPlaceCue(before index: Int) -> Bool {
        var before = index - 1
        var steps = 0
        while steps < 5, let token = token(before), token.breaks == 0 || steps == 0 {
            if token.flags.has(.placeCue) { return true }
            if token.kind == .mark { return false }
            before -= 1
            steps += 1
        }
        return false
    }

    private static let from = words("from")
    private static let patients = words("patient pt man woman male female gentleman lady boy girl")
    private static let nearby = words("in from to near at around of for")
    private static let at = words("at")
    private static let seenWords = words(
        """
        seen visited admitted treated evaluated hospitalized transferred presented referred diagnosed performed done
        followed operated consulted transfer examined managed assessed tested enrolled delivered staying stay
        receiving treatment care scan scanned discharged visit
        """
    )

    /// A capitalised word that is in no list, behind a preposition with a verb of place before it.
    private func cuedPlace(at index: Int) -> Int? {
        let isAt = isMark(index - 1, "@") || isWord(index - 1, Self.at)
        guard isAt || isWord(index - 1, Self.nearby) || (isWord(index - 1, Self.the) && isWord(index - 2, Self.nearby))
        else { return nil }
        let isFrom =
            isWord(index - 1, Self.from)
            && (isMark(index - 2, ".") || isMark(index - 2, ",") || flags(index - 2).has(.anyName)
                || isWord(index - 2, Self.patients))
        guard isPlaceCue(before: index - 1) || isFrom || treatedBefore(index - 1), !flags(index).has(.state) else {
            return nil
        }
        var next = index
        var unknown = false
        while next - index < 5, let token = token(next), next == index || token.breaks == 0 {
            if token.kind == .word, token.isCapitalised, token.count > 1,
                !token.flags.has([.function, .month, .weekday, .title]),
                !token.flags.has([.country, .medical, .unit]) || token.flags.has(.anyName)
            {
                unknown = unknown || !token.flags.has([.common, .generic])
                next += 1
            } else if token.isMark("-") || token.hash == 0x27, !token.spaced, self.token(next + 1)?.spaced == false,
                next > index
            {
                next += 1
            } else {
                break
            }
        }
        while next > index, tokens[next - 1].kind == .mark { next -= 1 }
        return next > index && unknown ? next : nil
    }

    private static let shortHeads = words(
        "general gen med memorial presbyterian methodist baptist mercy regional health")
    private static let the = words("the our")

    private func treatedBefore(_ index: Int) -> Bool {
        let reach = isMark(index, "@") || isWord(index, Self.at) ? 7 : 2
        for before in stride(from: index - 1, to: max(-1, index - reach), by: -1) where isWord(before, Self.seenWords) {
            return true
        }
        return false
    }
}
