/// Cities, provinces, hospitals.
extension SpanishScanner {
    mutating func scanPlaces() {
        var index = 0
        while index < count {
            let token = tokens[index]
            guard token.kind == .word, token.isCapitalised || token.flags.has(.particle) else {
                index += 1
                continue
            }
            if let end = phraseEnd(at: index) {
                if !isEponym(index) { add(tokens: index..<end, .location, 0.85, .listedCity) }
                index = end
                continue
            }
            if token.isCapitalised, token.flags.has([.city, .state]), isPlace(index) {
                add(tokens: index..<index + 1, .location, token.flags.has(.anyName) ? 0.7 : 0.8, .listedCity)
            } else if token.isCapitalised, looksLikeName(index), isNamedPlace(index) {
                var end = index + 1
                while looksLikeName(end), continuesLine(end) { end += 1 }
                add(tokens: index..<end, .location, 0.6, .cuedPlace)
            }
            index += 1
        }
    }

    /// Cities of several words: `Las Palmas de Gran Canaria`. The longest comes first.
    func phraseEnd(at index: Int) -> Int? {
        guard let token = token(index), token.kind == .word, let phrases = Lexicon.spanish.cityPhrases[token.hash]
        else {
            return nil
        }
        for phrase in phrases {
            var position = index
            var capitals = 0
            var matched = 0
            while matched < phrase.count, let word = self.token(position) {
                if matched > 0, word.breaks > 0 { break }
                if word.isMark("-") || word.isMark("."), matched > 0 {
                    position += 1
                    continue
                }
                guard word.kind == .word, word.hash == phrase[matched] else { break }
                capitals += word.isCapitalised ? 1 : 0
                matched += 1
                position += 1
            }
            if matched == phrase.count, capitals > 0, tokens[position - 1].isCapitalised || capitals > 1 {
                return position
            }
        }
        return nil
    }

    /// A listed word that is also a family name is a place unless a given name stands before it.
    private func isPlace(_ index: Int) -> Bool {
        guard !isEponym(index) else { return false }
        let token = tokens[index]
        if token.shape == .upper, token.count <= 4 { return false }
        guard token.flags.has([.anyName, .common, .medical]) else { return true }
        if token.flags.has(.givenName), !isWord(index - 1, Self.prepositions) { return false }
        if looksLikeName(index - 1), continuesLine(index), flags(index - 1).has(.givenName) { return false }
        if token.flags.has([.common, .medical]) {
            return isWord(index - 1, Self.prepositions) && !base.startsSentence(index)
        }
        return true
    }

    private static let prepositions = SpanishWords.hashes("en desde a de")

    /// `natural de Villarejo`, `residente en Cospeito`
    private func isNamedPlace(_ index: Int) -> Bool {
        guard isWord(index - 1, Self.placePrepositions), continuesLine(index), !tokens[index].flags.has(.givenName),
            tokens[index].shape != .upper
        else { return false }
        return isWord(index - 2, Self.sureCues)
    }

    private static let placePrepositions = SpanishWords.hashes("en de a desde")
    private static let sureCues = SpanishWords.hashes(
        """
        natural procedente residente reside residia vive vivia nacido nacida originario originaria oriundo oriunda
        afincado afincada vecino vecina empadronado empadronada viaje viajado municipio localidad pueblo ciudad
        provincia poblacion aldea comarca distrito departamento
        """)

    // MARK: Facilities

    mutating func scanFacilities() {
        var index = 0
        while index < count {
            guard let (start, behind) = facilityWord(at: index) else {
                index += 1
                continue
            }
            let (end, strength) = facilityEnd(from: behind)
            if strength > 0 {
                add(tokens: start..<end, .location, strength > 1 ? 0.88 : 0.7, .facility)
                acronym(behind: end)
                index = max(end, index + 1)
            } else {
                index = max(behind, index + 1)
            }
        }
    }

    /// `Hospital`, `Centro de Salud`, `Fundación`; the index behind it.
    private func facilityWord(at index: Int) -> (Int, Int)? {
        let token = tokens[index]
        guard token.kind == .word else { return nil }
        if token.flags.has(.institution), token.isCapitalised { return (index, index) }
        if Self.centers.contains(token.hash), isWord(index + 1, Self.of), isWord(index + 2, Self.health) {
            return (index, index + 3)
        }
        if token.flags.has(.facility), !(token.shape == .lower && Self.needsCapital.contains(token.hash)) {
            if Self.complexes.contains(token.hash), !flags(index + 1).has([.facility, .generic]),
                self.token(index + 1)?.shape != .capital || flags(index + 1).has(.medical)
                    || flags(index + 1).has(.common) && !flags(index + 1).has(.particle)
            {
                return nil
            }
            // `Oncología Clínica y Radioterapia`
            let isDepartment =
                Self.needsCapital.contains(token.hash)
                && (isMark(index + 1, "-") || flags(index + 1).has([.generic, .common]))
                && !isWord(index + 1, Self.hospitalKinds)
            return isDepartment ? nil : (index, index + 1)
        }
        // `C.S. Villabrázaro`, `H. U. Nuestra Señora del Mar`, `Virgen de la Nieve`
        if token.count == 1, token.isCapitalised, isMark(index + 1, "."), Self.centerInitials.contains(token.hash),
            let second = self.token(index + 2), second.shape == .initial, isMark(index + 3, "."),
            looksLikeName(index + 4)
                || isWord(index + 4, Self.holy), continuesLine(index + 4)
        {
            return (index, index + 4)
        }
        if Self.holy.contains(token.hash), token.isCapitalised,
            isWord(index + 1, Self.ofThe) || isWord(index + 1, Self.lady) && isWord(index + 2, Self.ofThe),
            self.token(isWord(index + 1, Self.lady) ? index + 3 : index + 2)?.kind == .word
        {
            return (index, index)
        }
        if token.shape == .upper, Self.centerLetters.contains(token.hash), looksLikeName(index + 1),
            continuesLine(index + 1)
        {
            return (index, index + 1)
        }
        if Self.houses.contains(token.hash), token.isCapitalised { return (index, index + 1) }
        return nil
    }

    private static let centers = SpanishWords.hashes("centro centros c")
    private static let centerLetters = SpanishWords.hashes("cs abs eap suap cap hu")
    private static let centerInitials = SpanishWords.hashes("c h")
    private static let holy = SpanishWords.hashes("nuestra virgen ntra")
    private static let lady = SpanishWords.hashes("senora sra")
    private static let ofThe = SpanishWords.hashes("de del")
    private static let of = SpanishWords.hashes("de")
    private static let health = SpanishWords.hashes("salud especialidades dialisis")
    private static let needsCapital = SpanishWords.hashes(
        "clinica clinicas residencia complejo cap maternidad clinic hospitalario")
    private static let complexes = SpanishWords.hashes("complejo residencia hospitalario")
    private static let houses = SpanishWords.hashes("fundacion instituto centro universidad facultad mutua institut")

    /// How far the name goes, and how much of it names: 2 for a name, 1 for a kind of hospital with capitals, else 0.
    private func facilityEnd(from start: Int) -> (Int, Int) {
        var index = start
        var end = start
        var strength = flags(start).has(.institution) ? 2 : 0
        while let token = token(index), index - start < 14, token.breaks == 0 {
            switch token.kind {
            case .word:
                if token.isCapitalised {
                    if isHeading(at: index) || Self.stops.contains(token.hash) || streetBegins(index) {
                        return (end, strength)
                    }
                    if token.shape == .upper, token.count <= 4, token.flags.has(.medical) { return (end, strength) }
                    let isKind = token.flags.has([.generic, .facility, .common]) && !token.flags.has(.anyName)
                    if isKind {
                        strength = max(strength, Self.hospitalKinds.contains(token.hash) ? 1 : 0)
                    } else {
                        strength = 2
                    }
                    end = index + 1
                } else if !token.flags.has(.particle) {
                    guard token.flags.has(.generic), Self.hospitalKinds.contains(token.hash) else {
                        return (end, strength)
                    }
                }
            case .number:
                guard isWord(index + 1, Self.of), self.token(index + 2)?.isCapitalised ?? false else {
                    return (end, strength)
                }
            case .mark:
                let before = tokens[max(0, index - 1)]
                let isAbbreviation =
                    token.isMark(".") && before.kind == .word && (before.count <= 4 && before.isCapitalised)
                    && before.flags.has([.title]) || token.isMark(".") && Self.saints.contains(before.hash)
                let isQuote = ["\"", "'", "\u{201c}", "\u{201d}", "\u{ab}", "\u{bb}", "\u{2018}", "\u{2019}"].contains {
                    token.isMark($0)
                }
                let isHyphen =
                    token.isMark("-") && (self.token(index + 1)?.isCapitalised ?? false)
                    && token.spaced == self.token(index + 1)?.spaced
                guard isAbbreviation || isQuote || isHyphen else { return (end, strength) }
            }
            index += 1
        }
        return (end, strength)
    }

    private static let stops = SpanishWords.hashes(
        "servicio seccion unidad departamento departament servei grupo dept dpto area email correo mail fax urgencias consulta planta consultas unidades e"
    )
    private static let hospitalKinds = SpanishWords.hashes(
        """
        general universitario universitaria universitari clinico provincial comarcal regional central nacional materno
        infantil militar hospitalario hospital hospitalari
        """)
    private static let saints = SpanishWords.hashes("ntra sra sta sto s univ hosp gral prov")

    private func streetBegins(_ index: Int) -> Bool {
        if isWord(index, Self.streetLetter), isMark(index + 1, "/") { return true }
        return flags(index).has(.street) && !flags(index).has(.anyName)
    }

    private static let streetLetter = SpanishWords.hashes("c")

    /// `(CHUVI)` behind the long form.
    private mutating func acronym(behind index: Int) {
        guard isMark(index, "("), isMark(index + 2, ")"), let word = token(index + 1), word.shape == .upper,
            word.count >= 3, !word.flags.has([.medical, .country])
        else { return }
        add(tokens: index + 1..<index + 2, .location, 0.7, .institution)
    }

    // MARK: Eponyms

    /// `enfermedad de Crohn`, `técnica de Anderson-Hynes`, `test Coombs`: the name of a thing.
    func isEponym(_ index: Int) -> Bool {
        var start = index
        // To the first word of the name.
        while start > 0, tokens[start].breaks == 0 {
            let before = start - 1
            if isMark(before, "-") || isMark(before, "/"), start > 1, tokens[start - 2].isCapitalised {
                start -= 2
            } else if tokens[before].kind == .word, tokens[before].isCapitalised,
                !tokens[before].flags.has([.title, .eponymNoun, .function]),
                index - before < 4
            {
                start -= 1
            } else {
                break
            }
        }
        if flags(index).has(.medical), !flags(index).has(.anyName) { return true }
        guard start > 0, tokens[start].breaks == 0 else { return false }
        var noun = start - 1
        if isWord(noun, Self.eponymJoins) { noun -= 1 }
        if isWord(noun, Self.eponymJoins) { noun -= 1 }
        // `enfermedad inflamatoria de Crohn`
        if flags(noun).has(.eponymNoun) { return true }
        return noun < start - 1 && flags(noun - 1).has(.eponymNoun) && tokens[noun].shape == .lower
            && !flags(noun).has(.function)
    }

    private static let eponymJoins = SpanishWords.hashes("de del la von a segun")
}
