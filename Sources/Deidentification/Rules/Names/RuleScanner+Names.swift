/// Names by what stands around them: titles, headings, degrees, words such as “named”.
extension RuleScanner {
    mutating func scanNames() {
        for index in tokens.indices {
            let token = tokens[index]
            guard token.kind == .word else { continue }
            if token.flags.has(.title), isTitle(index) { titled(at: index) }
            if token.flags.has(.credential) { credential(at: index) }
            if Self.cueWords.contains(token.hash) { cuedName(at: index) }
        }
        scanListedNames()
    }

    private static let cueWords = words(
        """
        patient pt name named names re attending dictated signed physician surgeon provider pcp cc contact mother
        father daughter son wife husband sister brother spouse partner friend by author resident interpreter referring
        nurse caregiver guardian client member subject radiologist pathologist therapist counselor anesthesiologist
        assistant cardiologist oncologist neurologist psychiatrist called dear sincerely regards attn witness
        transcriptionist editor reviewer requester resident student employee insured subscriber guarantor aunt uncle
        niece nephew grandmother grandfather grandson granddaughter cousin neighbor boyfriend girlfriend fiance
        fiancee mom dad like case consultant
        """)
    /// Cues that name someone only with a colon or another sign behind them.
    private static let colonCues = words(
        """
        name names re attending physician surgeon provider pcp cc contact author referring client member attn
        resident nurse assistant insured subscriber guarantor witness transcriptionist subject case consultant
        interpreter reviewer student employee
        """
    )
    private static let agents = words("dictated signed by")
    private static let by = words("by")
    private static let byVerbs = words(
        """
        dictated signed seen transcribed reviewed performed evaluated referred ordered authored read interpreted
        verified approved prepared examined treated assisted accompanied supervised consulted entered authenticated
        requested brought written reported cosigned managed electronically attended treated assessed
        """
    )
    private static let headingWords = words(
        """
        name names id date dob mrn age sex gender address phone information history number physician status and is
        was type care was education notes
        """
    )
    private static let middleCues = words("named name called like is")

    /// `Dr`, `Mr` and the like; `sr` and `rev` only with a capital.
    private func isTitle(_ index: Int) -> Bool {
        let token = tokens[index]
        if token.isCapitalised {
            return
                !(token.flags.has(.common) && startsSentence(index) && token.count > 3
                && flags(index + 1).has(.function))
        }
        return isWord(index, Self.lowerTitles)
    }

    private static let lowerTitles = words("dr mr mrs ms drs mister doctor")
    private static let strongTitles = words("dr mr mrs ms drs miss")
    private static let doctorTitles = words("dr drs mr")
    private static let drinks = words("pepper clean")

    private mutating func titled(at index: Int) {
        var next = index + 1
        if isMark(next, "."), token(next)?.spaced == false { next += 1 }
        guard let first = token(next), first.kind == .word,
            first.breaks == 0 || first.breaks == 1 && first.flags.has(.anyName) && !first.flags.has(.ordinary)
        else { return }
        if first.flags.has(.title), first.count > 1, first.isCapitalised, !first.flags.has(.anyName) { return }
        let lowerTitle = tokens[index].shape == .lower
        guard
            first.isCapitalised
                || lowerTitle
                    && (!first.flags.has(.ordinary) && first.count > 2
                        || first.flags.has(.anyName) && !first.flags.has([.function, .medical, .unit, .facility]))
        else { return }
        guard !first.flags.has(.function) || first.flags.has(.anyName) || first.flags.has(.particle) else { return }
        // “MS Contin”, “DR Congo”: two capitals without a full stop are a title only among capitals.
        if tokens[index].shape == .upper, !caseless[index], next == index + 1, tokens[index].count == 2,
            first.shape != .upper
        {
            guard isWord(index, Self.doctorTitles), first.flags.has(.anyName) else { return }
        }
        let isDoctor = isWord(index, Self.strongTitles)
        if !isDoctor, first.flags.has(.ordinary), !first.flags.has(.anyName) { return }
        if isWord(next, Self.drinks) || first.flags.has([.credential]) && first.shape == .upper && first.count < 5 {
            return
        }
        if caseless[next], first.flags.has(.ordinary), !first.flags.has(.anyName), !isDoctor { return }
        let end = nameEnd(from: next, isLed: true)
        guard end > next else { return }
        addName(next, end, 0.95, .titledName)
    }

    /// `Jane Roe, MD`
    private mutating func credential(at index: Int) {
        let token = tokens[index]
        guard
            token.shape == .upper || token.shape == .capital || caseless[index] && isMark(index - 1, ",")
                || (token.shape == .initial && isMark(index + 1, "."))
        else { return }
        guard token.breaks == 0 else { return }
        var last = index - 1
        var hasComma = false
        if isMark(last, ",") {
            hasComma = true
            last -= 1
        }
        // A text cut out of a longer one may begin with the comma.
        guard last >= 0, hasComma || token.shape == .upper else { return }
        if caseless[last], token.shape == .lower {
            lowerCredential(from: last)
            return
        }
        var start = last
        var words = 0
        var initials = 0
        while start >= 0, words + initials < 5 {
            let word = tokens[start]
            if word.isMark("."), tokens[start + 1].breaks == 0, let letter = self.token(start - 1),
                letter.shape == .initial
            {
                start -= 1
                continue
            }
            if word.isMark("-") || word.hash == 0x27, !word.spaced, start > 0, tokens[start - 1].isCapitalised {
                start -= 1
                continue
            }
            guard word.kind == .word, word.isCapitalised || (word.flags.has(.particle) && words > 0),
                !word.flags.has([.function, .title, .credential, .stateCode]) || word.flags.has([.anyName, .particle])
                    || word.shape == .initial,
                word.flags.has([.anyName, .particle]) || word.shape == .initial || !word.flags.has(.ordinary)
            else { break }
            if word.shape == .initial { initials += 1 } else { words += 1 }
            start -= 1
            if tokens[start + 1].breaks > 0 || isColumn(start + 1) { break }
        }
        start += 1
        while start <= last, tokens[start].kind == .mark { start += 1 }
        guard words > 0, start <= last else { return }
        let isStrong = hasComma || (start...last).contains { tokens[$0].flags.has(.anyName) }
        guard isStrong,
            words >= 2 || initials > 0 || tokens[last].flags.has(.surname)
                || (hasComma && !Self.medicalAfterComma.contains(token.hash))
        else { return }
        addName(start, last + 1, 0.9, .credentialedName)
    }

    /// `eleanor quist, md` where all is in lower case.
    private mutating func lowerCredential(from last: Int) {
        var start = last
        while start >= 0, last - start < 4, tokens[start].kind == .word, !tokens[start].flags.has(.ordinary),
            tokens[start].flags.has(.anyName) || tokens[start].flags.isEmpty || tokens[start].count == 1
        {
            start -= 1
            if tokens[start + 1].breaks > 0 { break }
        }
        start += 1
        guard start <= last, (start...last).contains(where: { tokens[$0].flags.has(.anyName) }) || start < last else {
            return
        }
        addName(start, last + 1, 0.8, .credentialedName)
    }

    /// Degrees whose letters also stand behind commas for other reasons: `Patient, PT`, `knee, PA view`.
    private static let medicalAfterComma = words("pt pa od ot do dc rd cc esq")

    private mutating func cuedName(at index: Int) {
        let token = tokens[index]
        var next = index + 1
        var hasColon = false
        // `Patient Name:`, `Referring Physician:`, `Mother's name is`
        if self.token(next)?.hash == 0x27, let s = self.token(next + 1), s.kind == .word, s.count == 1 { next += 2 }
        while let word = self.token(next), word.breaks == 0 {
            if word.isMark(":") || word.isMark("=") {
                hasColon = true
                next += 1
                break
            }
            if word.isMark(","), Self.closings.contains(token.hash) || flags(index).has(.relative) {
                next += 1
                break
            }
            guard word.kind == .word,
                Self.headingWords.contains(word.hash) || Self.middleCues.contains(word.hash)
                    || Self.by.contains(word.hash),
                next - index < 4
            else { break }
            next += 1
        }
        if let title = self.token(next), title.flags.has(.title), title.isCapitalised, title.breaks <= 1 { return }
        guard let first = self.token(next), first.kind == .word,
            first.breaks <= (hasColon || Self.closings.contains(token.hash) ? 2 : 0),
            first.breaks == 0 || first.flags.has(.anyName) && !first.flags.has(.ordinary)
        else { return }
        if Self.colonCues.contains(token.hash), !hasColon, !Self.middleCues.contains(tokens[next - 1].hash) { return }
        if Self.by.contains(token.hash), !hasColon, !isWord(index - 1, Self.byVerbs) { return }
        if Self.closings.contains(token.hash), !isMark(next - 1, ","), !isMark(next - 1, ":"), token.hash != Self.dear {
            return
        }
        guard first.isCapitalised else { return }
        // `the patient's Jackson-Pratt drain`, `PT and OT`
        if !hasColon, Self.patients.contains(token.hash), next > index + 1,
            !Self.middleCues.contains(tokens[next - 1].hash)
        {
            return
        }
        if !hasColon, isEponym(next) { return }
        let isListed = first.flags.has(.anyName)
        let strong =
            hasColon || Self.strongCues.contains(token.hash)
            || (Self.by.contains(token.hash) && isWord(index - 1, Self.byVerbs))
        // An ordinary word may be a name only where two words or a list say so: `Patient: Will Young`, not `Patient:
        // Stable`.
        if first.flags.has(.function), !first.flags.has(.particle) { return }
        if first.flags.has(.ordinary), !isListed { return }
        if isListed, first.flags.has(.ordinary) {
            guard let second = self.token(nameEnd(from: next, isLed: strong) - 1),
                second.start > first.start || hasColon
            else { return }
        }
        if !isListed, first.shape == .upper, !strong { return }
        if !isListed, Lexicon.looksOrdinary(text.folded[first.start..<first.end]) { return }
        if !isListed, hasColon, !Self.strongCues.contains(token.hash), nameEnd(from: next, isLed: true) == next + 1,
            !Self.nameHeadings.contains(tokens[max(index, next - 2)].hash)
        {
            return
        }
        let end = nameEnd(from: next, isLed: strong, commaForm: hasColon)
        guard end > next else { return }
        addName(next, end, strong ? 0.9 : 0.7, strong ? .cuedName : .weaklyCuedName)
    }

    private static let patients = words("patient pt")
    private static let dear = WordHash.of("dear")
    private static let closings = words("dear sincerely regards")
    private static let strongCues = words("named name re dictated signed dear sincerely regards attn patient pt")
    private static let nameHeadings = words(
        """
        name patient pt re attending pcp cc surgeon author by provider physician contact mother father resident
        nurse attn client
        """
    )

    mutating func addName(_ start: Int, _ end: Int, _ score: Double, _ rule: RuleKind) {
        let last = suffixEnd(end)
        guard let (first, end) = trimmed(start, last) else { return }
        add(tokens[first].start, tokens[end - 1].end, .name, score, rule)
    }

    /// Behind `Jr.`, `III` and the like, with a comma or without.
    private func suffixEnd(_ end: Int) -> Int {
        let next = isMark(end, ",") ? end + 1 : end
        guard let token = token(next), token.kind == .word, token.breaks == 0, Self.suffixes.contains(token.hash)
        else { return end }
        if token.shape == .initial || token.shape == .lower, Self.numerals.contains(token.hash) { return end }
        return next + 1
    }

    private static let suffixes = words("jr sr ii iii iv esquire")
    private static let numerals = words("ii iii iv")
}
