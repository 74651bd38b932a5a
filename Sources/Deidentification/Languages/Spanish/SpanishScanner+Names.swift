/// Names of people by titles, cues and the lists.
extension SpanishScanner {
    mutating func scanNames() {
        var index = 0
        while index < count {
            let token = tokens[index]
            if token.kind == .word {
                if token.flags.has(.title), let behind = title(at: index) {
                    let end = nameEnd(from: behind, strong: true)
                    if end > behind { add(tokens: behind..<end, .name, 0.92, .titledName) }
                } else if Self.cues.contains(token.hash), continuesLine(index + 1) {
                    cued(at: index + 1)
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
        tutor tutora novio novia amigo amiga vecino vecina enfermero enfermera matrona residente doctor doctora por
        """)
    private static let by = SpanishWords.hashes("por")

    /// The index behind a title, its full stop and its feminine ending: `Dr.`, `D.ª`, `Dña.`, `Sr. D.`
    private func title(at index: Int) -> Int? {
        let token = tokens[index]
        if token.shape == .lower, !Self.lowerTitles.contains(token.hash) { return nil }
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

    private static let lowerTitles = SpanishWords.hashes("dr dra sr sra srta don dona")

    private func isOrdinalSign(_ index: Int) -> Bool {
        guard let token = token(index), token.count == 1 else { return false }
        return text.scalars[token.start] == 0xaa || text.scalars[token.start] == 0xba
    }

    /// Behind “la paciente”, “su hija”: only what the lists know.
    private mutating func cued(at index: Int) {
        guard let token = token(index), token.isCapitalised, token.flags.has(.anyName), !isEponym(index) else { return }
        // `por Rubio` may be an author: two words are needed.
        let end = nameEnd(from: index, strong: false)
        guard end > index else { return }
        if isWord(index - 1, Self.by), end < index + 2 { return }
        if !token.flags.has(.givenName), end < index + 2 { return }
        add(tokens: index..<end, .name, 0.8, .cuedName)
    }

    /// Given name and family names of the lists, in either order; a given name alone with less weight.
    private mutating func listed(at index: Int) -> Int {
        if isEponym(index) { return index }
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
            !first.has([.common, .medical, .city, .state, .month, .surname]),
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
                    next.isCapitalised && !next.flags.has([.function, .common]) || isOrdinalSign(index + 1)
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
                guard words > 0, token.flags.has(.particle), particleLeads(index) else { return end }
            }
            index += 1
        }
        return end
    }

    private static let feminineEnding = SpanishWords.hashes("a")
    private static let shortNames = SpanishWords.hashes("fco ma mª jose jm mj ant fdez rguez glez mtnez hdez gtez")

    private func particleLeads(_ index: Int) -> Bool {
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
            return !endsLikeOrdinaryWord(token) || token.shape == .capital && (words > 0 || looksLikeName(index + 1))
        }
        return words > 0 && !endsLikeOrdinaryWord(token)
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
