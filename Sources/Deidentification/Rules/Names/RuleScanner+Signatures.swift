/// Initials of authors and typists, and names in closing lines.
extension RuleScanner {
    mutating func scanSignatures() {
        for index in tokens.indices {
            let token = tokens[index]
            switch token.kind {
            case .word:
                if token.shape == .initial || token.shape == .upper || token.shape == .lower { typist(at: index) }
                if token.shape == .upper, (2...3).contains(token.count) { initialsWithDegree(at: index) }
                if Self.readers.contains(token.hash) { reader(at: index) }
                if token.shape == .initial, token.spaced || isMark(index - 1, "(") { dotted(at: index) }
                if token.shape == .upper, (2...3).contains(token.count), token.spaced { afterTime(at: index) }
            case .mark:
                if token.isMark("-") || token.isMark("~") || token.hash == 0x2d { dash(at: index) }
                if token.isMark("/"), isWord(index + 1, Self.es), isMark(index + 2, "/") { electronic(at: index + 3) }
            case .number: break
            }
        }
    }

    private static let es = words("es s")
    private static let readers = words(
        "by per reviewed seen read initials initialed sig signed entered verified checked scribed")
    private static let notInitials = words(
        """
        iv po im sq pr md rn do am pm us ed or er pt ot bm hr bp pa ra la ct mr mri icu ccu or ob gyn ent ekg ecg eeg
        cbc bmp cmp ua uti chf copd dvt pe mi ms ad as at by in is it no of on so to up we he id ii iii vi iv ix xi tv
        ok asap prn bid tid qid qhs npo wnl nad rrr cta ros hpi pmh psh nka nkda dob mrn ssn csn pcp er snf dnr dni
        lpn np pac crna pharmd aprn dpm dds lcsw msw cna ma ems emt or pacu rom hx dx tx rx sx fx wt ht
        """)

    /// `AKC:les`, `K.A.W./dfr`, `MO/pen`: the author in capitals, the typist in lower case.
    private mutating func typist(at index: Int) {
        let token = tokens[index]
        guard token.spaced, token.shape != .lower || caseless[index] else { return }
        var next = index
        var letters = 0
        if token.count == 1 {
            while let letter = self.token(next), letter.kind == .word, letter.count == 1,
                next == index || !letter.spaced, letters < 4
            {
                letters += 1
                next += 1
                if isMark(next, "."), self.token(next)?.spaced == false { next += 1 }
            }
        } else {
            letters = token.count
            next += 1
        }
        guard (2...4).contains(letters), let mark = self.token(next), mark.isMark("/") || mark.isMark(":"),
            !mark.spaced,
            let typist = self.token(next + 1), typist.kind == .word, typist.shape == .lower, !typist.spaced,
            (2...3).contains(typist.count),
            self.token(next + 2).map({ $0.spaced || $0.isMark("/") || $0.isMark(".") }) ?? true,
            !typist.flags.has([.function, .unit]), !isWord(index, Self.notInitials), !isWord(next + 1, Self.notInitials)
        else { return }
        // The block of a dictation stands on a line of its own or before a number of the job.
        let isBlock = token.breaks > 0 && (self.token(next + 2).map { $0.breaks > 0 || isTabbedAway(next + 2) } ?? true)
        guard isBlock || mark.isMark("/") && token.shape != .lower || isMark(index + 1, ".") else { return }
        add(
            token.start, tokens[isMark(next - 1, ".") ? next - 1 : next - 1].end, .name, isBlock ? 0.85 : 0.6, .initials
        )
        add(typist.start, typist.end, .name, isBlock ? 0.85 : 0.6, .initials)
    }

    private func isTabbedAway(_ index: Int) -> Bool {
        let start = tokens[index].start
        return start > 1 && text.kinds[start - 1] == .space
            && (text.kinds[start - 2] == .space || text.scalars[start - 1] == 9)
    }

    /// `FDH/LPN`, `A.F. RN`
    private mutating func initialsWithDegree(at index: Int) {
        guard tokens[index].flags.has(.credential), tokens[index].shape == .upper, let before = token(index - 1),
            tokens[index].breaks == 0
        else { return }
        if before.isMark("/"), !tokens[index].spaced, let letters = token(index - 2), letters.shape == .upper,
            (2...3).contains(letters.count),
            !isWord(index - 2, Self.notInitials), !letters.flags.has(.credential),
            !letters.flags.has(.medical) || letters.count == 3
        {
            add(letters.start, letters.end, .name, 0.75, .initials)
        } else if before.isMark("."), let range = dottedInitials(endingAt: index - 1) {
            add(range.lowerBound, range.upperBound, .name, 0.7, .initials)
        }
    }

    private func dottedInitials(endingAt dot: Int) -> Range<Int>? {
        var start = dot
        var letters = 0
        while start >= 1, isMark(start, "."), let letter = token(start - 1), letter.shape == .initial,
            tokens[start].spaced == false
        {
            letters += 1
            start -= 2
            if tokens[start + 1].spaced { break }
        }
        guard (2...3).contains(letters) else { return nil }
        return tokens[start + 1].start..<tokens[dot - 1].end
    }

    /// `per JR`, `read by A.D.C.`, `reviewed 8/31/13 S.H.D.`
    private mutating func reader(at index: Int) {
        var next = index + 1
        // A date may stand between.
        if let date = DateParser(text: text).date(at: next) { next = date.next }
        guard let first = token(next), first.kind == .word, first.breaks == 0 else { return }
        if first.shape == .upper, (2...3).contains(first.count), !isWord(next, Self.notInitials),
            !first.flags.has([.medical, .function, .credential, .stateCode, .month, .unit])
        {
            let behind = token(next + 1)
            guard behind.map({ $0.breaks > 0 || $0.kind == .mark && !$0.isMark("-") && !$0.isMark(":") }) ?? true else {
                return
            }
            add(first.start, first.end, .name, 0.6, .initials)
        } else if first.shape == .initial || caseless[next] && first.count == 1, isMark(next + 1, ".") {
            var end = next
            var letters = 0
            while let letter = token(end), letter.kind == .word, letter.count == 1, isMark(end + 1, "."),
                end == next || !letter.spaced
            {
                letters += 1
                end += 2
            }
            guard (2...3).contains(letters), first.shape == .initial || letters == 3 else { return }
            if let name = token(end), name.breaks == 0, name.isCapitalised, name.flags.has(.surname) { return }
            add(first.start, tokens[end - 2].end, .name, 0.65, .initials)
        }
    }

    /// `-GWB`, `--Wallstad`, `~Losa`, `-Ezraa L. DO` at the end of a remark.
    private mutating func dash(at index: Int) {
        guard tokens[index].breaks > 0 || tokens[index].spaced, let first = token(index + 1),
            !first.spaced || isMark(index - 1, "-"),
            first.kind == .word, first.breaks == 0
        else { return }
        let isTilde = isMark(index, "~")
        if first.shape == .upper, (2...3).contains(first.count) {
            guard token(index + 2).map({ $0.breaks > 0 || $0.isMark(".") || $0.isMark(")") }) ?? true,
                !first.flags.has([.medical, .credential, .function]),
                !isWord(index + 1, Self.notInitials)
            else { return }
            add(first.start, first.end, .name, 0.7, .initials)
        } else if first.isCapitalised, first.count > 1 {
            guard first.flags.has(.anyName) || isTilde && first.flags.isEmpty, !first.flags.has(.ordinary) || isTilde
            else { return }
            guard let end = personEnd(at: index + 1, isStrong: isTilde) ?? (isTilde ? index + 2 : nil) else { return }
            let behind = token(end)
            guard
                behind.map({ $0.breaks > 0 || $0.flags.has(.credential) || $0.kind != .word }) ?? true
                    || tokens[index].breaks > 0 || isTilde
            else { return }
            addName(index + 1, end, 0.75, .weaklyCuedName)
        }
    }

    /// `X.B.V.`, `(C.M.)`: two or three letters with full stops that are no abbreviation.
    private mutating func dotted(at index: Int) {
        guard !caseless[index] || isMark(index - 1, "(") else { return }
        var end = index
        var letters: [UInt32] = []
        while let letter = token(end), letter.shape == .initial, isMark(end + 1, "."), token(end + 1)?.spaced == false,
            end == index || !letter.spaced
        {
            letters.append(text.folded[letter.start])
            end += 2
        }
        guard (2...3).contains(letters.count), !Self.abbreviations.contains(letters) else { return }
        if let next = token(end), !next.spaced, next.kind == .word { return }
        add(tokens[index].start, tokens[end - 2].end, .name, 0.55, .initials)
    }

    private static let abbreviations: Set<[UInt32]> = Set(
        """
        us usa uk iv po im sq pr md rn do am pm ed or er pt ot bm hr bp pa ra la np od os ou bid tid qid qd qhs hs prn
        npo sob dob cc ad as au mri ct ent ob gyn dc va st nw ne sw se ro rr hx dx rx tx sx fx ss nd bs ba ma ms phd dds
        dvm llc inc co ltd ie eg ac pc sc sl tv dr mr lp cv ii iii vs wt ht bc ao
        """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { $0.unicodeScalars.map(\.value) })

    /// `given 0933 MMM`: initials behind a time at the end of a line or a sentence.
    private mutating func afterTime(at index: Int) {
        let behind = token(index + 1)
        guard let time = token(index - 1), time.kind == .number, tokens[index].breaks == 0,
            time.count == 4 || time.count == 2 && isMark(index - 2, ":"), let value = text.number(time),
            value % 100 < 60,
            value < 2400, behind.map({ $0.breaks > 0 || $0.isMark(".") && !caseless[index] }) ?? true,
            !tokens[index].flags.has([.medical, .credential, .function, .stateCode, .unit]),
            !isWord(index, Self.notInitials), !isWord(index, Self.zones)
        else { return }
        add(tokens[index].start, tokens[index].end, .name, 0.55, .initials)
    }

    private static let zones = words("est edt cst cdt mst mdt pst pdt utc gmt hrs hr am pm")

    /// `/es/ ADA ROE`
    private mutating func electronic(at index: Int) {
        guard let end = personEnd(at: index, isStrong: true) else { return }
        addName(index, end, 0.93, .cuedName)
    }
}
