/// Names of people by titles, cues and the lists.
extension SpanishScanner {
    mutating func scanNames() {
        var index = 0
        while index < count {
            let token = tokens[index]
            if token.kind == .word {
                if token.flags.has(.title), token.shape == .lower, isMark(index + 1, ".") || continuesLine(index + 1) {
                    surname(behind: isMark(index + 1, ".") ? index + 2 : index + 1)
                }
                if token.flags.has(.title), let behind = title(at: index) {
                    var end = nameEnd(from: behind, strong: true)
                    // Behind a title even an odd word is a name.
                    if end == behind, let word = self.token(behind), word.shape == .capital, !word.flags.has(.ordinary)
                    {
                        end += 1
                    }
                    if end > behind { add(tokens: behind..<end, .name, 0.92, .titledName) }
                } else if Self.cues.contains(token.hash), continuesLine(index + 1) {
                    cued(at: index + 1)
                } else if Self.recordWords.contains(token.hash) {
                    named(before: index)
                }
                if token.isCapitalised, token.flags.has(.anyName) || token.shape == .initial {
                    let end = listed(at: index)
                    if end > index {
                        index = end
                        continue
                    }
                }
            }
            index += 1
        }
    }

    private static let cues = SpanishWords.hashes(
        """
        paciente llamado llamada llama nombre apellida apellidado senor senora padre madre hijo hija hermano hermana
        esposo esposa marido mujer abuelo abuela tio tia primo prima sobrino sobrina nieto nieta pareja cuidador cuidadora
        tutor tutora novio novia amigo amiga vecino vecina familia pac pte enfermero enfermera matrona residente doctor doctora por
        """)
    private static let patients = SpanishWords.hashes("pac pte paciente")
    private static let recordWords = SpanishWords.hashes("dni nie nhc nif h hc curp cc nuhsa sip cip cipa")
    private static let by = SpanishWords.hashes("por")

    /// The index behind a title, its full stop and its feminine ending: `Dr.`, `D.ª`, `Dña.`, `Sr. D.`
    private func title(at index: Int) -> Int? {
        let token = tokens[index]
        if token.shape == .lower, !Self.lowerTitles.contains(token.hash) { return nil }
        if token.shape == .lower, let next = self.token(isMark(index + 1, ".") ? index + 2 : index + 1),
            next.shape == .lower,
            next.breaks == 0
        {
            return nil
        }
        var next = index + 1
        var hasStop = false
        while let mark = self.token(next), mark.breaks == 0, next - index < 5 {
            if mark.isMark("."), !mark.spaced {
                hasStop = true
            } else if !(mark.isMark(":") || mark.flags.has(.title) || isOrdinalSign(next)) {
                break
            }
            next += 1
        }
        // The letter D is also a vitamin, a dimer and a side.
        if token.count == 1, !hasStop || !flags(next).has(.anyName) { return nil }
        if token.shape == .capital, token.flags.has(.common), !hasStop, !flags(next).has(.anyName) { return nil }
        return continuesLine(next) ? next : nil
    }

    /// `dr peñalver`
    private mutating func surname(behind index: Int) {
        var end = index
        while let token = token(end), token.shape == .lower, token.breaks == 0, token.count > 2, end - index < 3,
            token.flags.has(.anyName), !token.flags.has(.ordinary)
        {
            end += 1
        }
        if end > index { add(tokens: index..<end, .name, 0.8, .titledName) }
    }

    private static let lowerTitles = SpanishWords.hashes("dr dra sr sra srta don dona")

    private func isOrdinalSign(_ index: Int) -> Bool {
        guard let token = token(index), token.count == 1 else { return false }
        return text.scalars[token.start] == 0xaa || text.scalars[token.start] == 0xba
    }

    /// Behind “la paciente”, “su hija”: only what the lists know.
    private mutating func cued(at start: Int) {
        var index = start
        // `su mujer, Encarna`, `la esposa (Yesenia`
        let isSetOff = isMark(index, ",") || isMark(index, "(") || isMark(index, ":")
        if isSetOff { index += 1 }
        guard let token = token(index), token.kind == .word, token.breaks == 0, !isEponym(index) else { return }
        if token.shape == .lower {
            lowerCased(at: index, cue: start - 1)
            return
        }
        guard token.flags.has(.anyName) else {
            // A name that no list has: only of a relative, who is mostly named.
            let isRelative = flags(start - 1).has(.relative) && looksLikeName(index) && token.shape == .capital
            let isPatient = isWord(start - 1, Self.patients) && looksLikeName(index)
            let end = isRelative || isPatient ? nameEnd(from: index, strong: true) : index
            if end > index + (isRelative ? 0 : 1) { add(tokens: index..<end, .name, 0.65, .weaklyCuedName) }
            return
        }
        if isSetOff, !token.flags.has(.givenName) { return }
        // `por Rubio` may be an author: two words are needed.
        let end = nameEnd(from: index, strong: false)
        guard end > index else { return }
        if isWord(start - 1, Self.by), end < index + 2 { return }
        if !token.flags.has(.givenName), end < index + 2 { return }
        add(tokens: index..<end, .name, 0.8, .cuedName)
    }

    /// Notes in small letters: `pac ramirez soto, wilmer`, `esposa (yesenia`.
    private mutating func lowerCased(at start: Int, cue: Int) {
        func isListed(_ index: Int) -> Bool {
            guard let token = token(index), token.breaks == 0, token.shape == .lower, token.count > 2 else {
                return false
            }
            return token.flags.has(.anyName) && !token.flags.has(.ordinary)
        }
        var end = start
        var given = 0
        while end - start < 6 {
            if isListed(end) {
                given += flags(end).has(.givenName) ? 1 : 0
                end += 1
            } else if end > start, isMark(end, ",") || flags(end).has(.particle), isListed(end + 1) {
                end += 1
            } else {
                break
            }
        }
        // One word may be anything that is also a name; a given name behind a relative is none of these.
        let isSure =
            given > 0 && (end > start + 1 || flags(cue).has(.relative)) || isWord(cue, Self.patients) && end > start + 1
        if isSure { add(tokens: start..<end, .name, 0.7, .lowerCaseName) }
    }

    /// `Popescu Marin, Ion (NIE …`, `GARRIDO, ÁNGELA   NHC: …`: capitals right before the number of the record.
    private mutating func named(before cue: Int) {
        guard SpanishCues.table[tokens[cue].hash] != nil, tokens[cue].breaks == 0 else { return }
        var end = cue
        while end > 0, isMark(end - 1, "(") || isMark(end - 1, ",") || isMark(end - 1, "."), continuesLine(end) {
            end -= 1
        }
        var start = end
        while start > 0, end - start < 8, start == end || tokens[start].breaks == 0 {
            let before = start - 1
            if isMark(before, ",") || isMark(before, "-") {
                guard start < end, start > 1, looksLikeName(start - 2), continuesLine(start) else { break }
                start -= 1
            } else if looksLikeName(before) || flags(before).has(.particle) && start < end {
                start -= 1
            } else {
                break
            }
        }
        while start < end, !looksLikeName(start) { start += 1 }
        let words = (start..<end).count { tokens[$0].kind == .word && !flags($0).has(.particle) }
        guard words > 1, continuesLine(cue) else { return }
        add(tokens: start..<end, .name, 0.75, .unlistedName)
    }

    /// Given name and family names of the lists, in either order; a given name alone with less weight.
    private mutating func listed(at index: Int) -> Int {
        if isEponym(index) || tokens[index].flags.has(.title) { return index }
        if let before = token(index - 1), continuesLine(index), before.isMark("-"), !before.spaced { return index }
        let end = nameEnd(from: index, strong: false)
        guard end > index else { return index }
        var given = 0
        var surnames = 0
        var unlisted = 0
        for position in index..<end where tokens[position].kind == .word && tokens[position].count > 1 {
            let flags = flags(position)
            if flags.has(.givenName) {
                given += 1
            } else if flags.has(.surname) {
                surnames += 1
            } else if !flags.has(.particle) {
                unlisted += 1
            }
        }
        let first = flags(index)
        let words = given + surnames + unlisted
        // `GARRIDO LEAL, ÁNGELA`
        if isMark(end, ","), given == 0, let next = token(end + 1), next.breaks == 0, next.isCapitalised,
            next.flags.has(.givenName), !next.flags.has(.city) || next.shape == .upper
        {
            let last = nameEnd(from: end + 1, strong: false)
            if last > end + 1 {
                add(tokens: index..<last, .name, 0.8, .listedPair)
                return last
            }
        }
        if given > 0, words > 1 {
            if first.has([.city, .state]), !first.has(.givenName) { return index }
            add(
                tokens: index..<end, .name, unlisted == 0 ? 0.85 : 0.75, unlisted == 0 ? .listedPair : .partlyListedName
            )
            return end
        }
        if surnames > 1, !first.has([.city, .state, .common, .street, .facility]), tokens[index].shape != .initial {
            add(tokens: index..<end, .name, 0.6, .listedPair)
            return end
        }
        if tokens[index].shape == .initial, surnames > 0, isMark(index + 1, ".") {
            add(tokens: index..<end, .name, 0.6, .initials)
            return end
        }
        if given == 1, words == 1, first.has(.givenName),
            !first.has([.common, .medical, .generic, .city, .state, .month, .surname]),
            tokens[index].shape == .capital
        {
            add(tokens: index..<index + 1, .name, 0.6, .listedGivenName)
            return index + 1
        }
        return index
    }

    /// Where a name that begins here ends: capitals, initials, particles before capitals, hyphens.
    ///
    /// - Parameter strong: something says that a person follows, so words of no list are taken, too.
    func nameEnd(from start: Int, strong: Bool) -> Int {
        var index = start
        var end = start
        var words = 0
        while let token = token(index), index - start < 14, index == start || token.breaks == 0, words < 7 {
            switch token.kind {
            case .number: return end
            case .mark:
                guard let next = self.token(index + 1), next.breaks == 0, words > 0 else { return end }
                if token.isMark("-"), !token.spaced || next.isCapitalised && next.flags.has(.surname),
                    next.isCapitalised,
                    token.spaced == next.spaced
                {
                    break
                }
                // `Torregrosa-de Juan`
                if token.isMark("-"), !token.spaced, !next.spaced, next.flags.has(.particle), particleLeads(index + 1) {
                    break
                }
                // `M. Teresa`, `M.ª`, `Fco. Javier`
                if token.isMark("."), !token.spaced, let before = self.token(index - 1), before.kind == .word,
                    before.count == 1 || Self.shortNames.contains(before.hash),
                    next.shape == .initial || next.isCapitalised && !next.flags.has([.function, .common])
                        || isOrdinalSign(index + 1)
                        || !next.spaced && isWord(index + 1, Self.feminineEnding)
                {
                    break
                }
                return end
            case .word:
                // `M.ª Teresa`, `M.a Teresa`
                if isOrdinalSign(index) || token.count == 1 && !token.spaced && isWord(index, Self.feminineEnding) {
                    guard words > 0, !token.spaced || (self.token(index - 1)?.isMark(".") ?? false) else { return end }
                    end = index + 1
                    break
                }
                if token.isCapitalised {
                    guard belongs(index, words: words, strong: strong) else { return end }
                    words += 1
                    end = index + 1
                    break
                }
                // A particle needs a name behind it.
                guard words > 0 || strong, token.flags.has(.particle), particleLeads(index) else { return end }
            }
            index += 1
        }
        return end
    }

    private static let feminineEnding = SpanishWords.hashes("a")
    private static let shortNames = SpanishWords.hashes("fco ma mª jose jm mj ant fdez rguez glez mtnez hdez gtez")

    func particleLeads(_ index: Int) -> Bool {
        var next = index + 1
        while let token = token(next), token.flags.has(.particle), !token.flags.has(.surname), next - index < 3 {
            next += 1
        }
        guard let token = token(next), token.breaks == 0, token.isCapitalised, token.count > 1 else { return false }
        // `Dr. Soler de Urología`, `García y la Unidad`
        if token.flags.has([.generic, .facility, .title, .common, .medical, .eponymNoun]), !token.flags.has(.anyName) {
            return false
        }
        if token.flags.has([.city, .state]), !token.flags.has(.surname) { return false }
        return true
    }

    private func belongs(_ index: Int, words: Int, strong: Bool) -> Bool {
        let token = tokens[index]
        if isHeading(at: index) || token.flags.has(.credential) { return false }
        // `F. Irigoyen MN 118.442`
        if token.shape == .upper, token.count <= 4, words > 0, SpanishCues.table[token.hash] != nil { return false }
        if token.shape == .initial {
            // An initial stands before a name or behind one, with a full stop.
            return isMark(index + 1, ".") || words > 0 && looksLikeName(index + 1)
        }
        if token.flags.has(.anyName) {
            if token.flags.has([.facility, .title, .street]), words == 0, !token.flags.has(.givenName) { return false }
            return true
        }
        if token.flags.has(.particle) { return particleLeads(index) }
        if token.flags.has(.ordinary) { return false }
        if token.flags.has([.city, .state, .institution]) { return false }
        if strong {
            return !endsLikeOrdinaryWord(token) || words > 0 || looksLikeName(index + 1)
        }
        // `Graciela Fontanarrosa`: behind a given name a capital counts more than an ending.
        let isBehindGivenName = token.shape == .capital && flags(index - 1).has(.givenName)
        return words > 0 && (isBehindGivenName || !endsLikeOrdinaryWord(token))
    }

    // MARK: Repetitions

    /// A name found by a strong rule is a name wherever it is written with a capital.
    func repetitions(of found: [Candidate]) -> [Candidate] {
        var words: Set<UInt64> = []
        for candidate in found where candidate.label == .name && candidate.score >= 0.75 {
            for token in tokens[base.tokenIndex(atOrAfter: candidate.start)...] {
                guard token.start < candidate.end else { break }
                guard token.kind == .word, token.count >= 3, !token.flags.has(.ordinary) || token.flags.has(.givenName)
                else { continue }
                if !token.flags.has(.anyName), endsLikeOrdinaryWord(token) { continue }
                words.insert(token.hash)
            }
        }
        guard !words.isEmpty else { return [] }
        return tokens.indices.compactMap { index in
            let token = tokens[index]
            guard token.kind == .word, token.isCapitalised, words.contains(token.hash), !isEponym(index),
                !(token.flags.has([.common, .medical, .month]) && !token.flags.has(.surname))
            else { return nil }
            return Candidate(start: token.start, end: token.end, label: .name, score: 0.65, rule: .repeatedName)
        }
    }
}
