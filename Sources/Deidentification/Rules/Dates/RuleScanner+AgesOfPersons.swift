/// Ages over 89 that no word announces, beside the person they belong to.
extension RuleScanner {
    /// `Lucille, 91, holds the box`, `(Otto, 90)`, `she's 90`, `who is ninety`, `Grandma Jo 92 can't`
    func isAgeOfPerson(from start: Int, to end: Int) -> Bool {
        guard let next = token(end) ?? tokens.last, !isMeasured(end) else { return false }
        // `she's 90`, `who is ninety-one`, `he is 92`
        var before = start - 1
        if isWord(before, Self.softeners) { before -= 1 }
        if isWord(before, Self.genitive), token(before - 1)?.hash == 0x27, isWord(before - 2, Self.pronouns) {
            return true
        }
        if isWord(before, Self.copulas), isWord(before - 1, Self.pronouns) { return true }
        // `her aunt died at a hundred`, `alive at 94`, `still going at 90`
        if isWord(before, Self.at), (1...3).contains(where: { isWord(before - $0, Self.living) }) { return true }
        let isEnclosed = isMark(start - 1, ",") || isMark(start - 1, "(")
        let isClosed =
            tokens.indices.contains(end) && next.kind == .mark || !tokens.indices.contains(end) || next.breaks > 0
        let opens = isMark(start - 1, "(")
        guard isEnclosed && (isClosed || opens) || !isEnclosed, tokens[start].breaks == 0 else { return false }
        return hasPerson(before: isEnclosed ? start - 1 : start, isLoose: !isEnclosed)
    }

    private static let softeners = words("now almost nearly just only still um about")
    private static let copulas = words("is was turns turned")
    private static let pronouns = words("he she who")
    private static let genitive = words("s")
    private static let at = words("at")
    private static let living = words("died dies passed alive living well lived going still sharp active")

    private func isMeasured(_ index: Int) -> Bool {
        guard let next = token(index), next.breaks == 0 else { return false }
        if next.isMark("%") || next.isMark("/") || next.isMark(":") || next.isMark("-") && !next.spaced { return true }
        if next.isMark("."), let digit = token(index + 1), digit.kind == .number, !digit.spaced { return true }
        return next.kind == .word && next.flags.has(.unit) && next.count > 1 && !isWord(index, Self.years)
            || isWord(index, Self.vitals)
    }

    private static let years = words("years yrs year yr")
    private static let vitals = words("percent over on ra bpm ml mg at x beats mcg cm mm")
    private static let notPersons = words(
        """
        bp hr pulse rate sat sats spo spo2 o2 pressure temp glucose bg fsbs sugar sugars score trails morse weight wt room
        saturation oxygen ef map fev dlco iq scale braden glasgow barthel index mmse bed lot no number total
        """)

    /// A relative, or a listed name behind one, in the few words before; every other word ends the search.
    private func hasPerson(before index: Int, isLoose: Bool) -> Bool {
        var before = index - 1
        var steps = 0
        var names = 0
        var isListed = false
        while steps < 5, let token = token(before) {
            if token.kind == .word {
                if Self.notPersons.contains(token.hash) { return false }
                if Self.relations.contains(token.hash) || token.flags.has(.relative) { return true }
                let isName =
                    token.flags.has(.anyName) && !token.flags.has([.medical, .month, .unit, .eponymNoun])
                    || token.flags.isEmpty && token.count > 2 || token.shape == .initial || token.flags.has(.title)
                guard isName, isWrittenAsName(before) else { return false }
                isListed = isListed || token.flags.has(.givenName) || token.flags.has(.title)
                names += token.count > 1 ? 1 : 0
            } else if !(token.isMark(",") && steps > 0 || token.isMark(".") || token.isMark("-") && !token.spaced
                || token.isMark("(") && steps > 0 || token.isMark("\""))
            {
                return false
            }
            // `Frame, Goldie, 91`, `Ruby Frame, 91`
            if !isLoose, isListed, names >= 2 { return true }
            if token.breaks > 0 { break }
            before -= 1
            steps += 1
        }
        return false
    }

    private static let relations = words(
        """
        gma grandma grandpa gran granny nana abuela abuelo abuelita oma opa gm gf mgm mgf pgm pgf mggm mggf pggm pggf ma fa
        sis bro hubby client resident widow widower householder household law
        """)

    /// `DOB 12/25/31 (92)`
    func isDatedBefore(_ index: Int) -> Bool {
        guard let date = token(index - 1), date.kind == .number, tokens[index].breaks == 0 else { return false }
        return taken[date.start]
    }
}
