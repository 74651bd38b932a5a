/// Places by their surroundings and by the form of their words, where no list has them.
extension RuleScanner {
    mutating func scanPlaceContexts() {
        for index in tokens.indices where tokens[index].kind == .word && !taken[tokens[index].start] {
            let token = tokens[index]
            if Self.specialties.contains(token.hash) { specialtyHead(at: index) }
            if Self.leads.contains(token.hash) || Self.atSign.contains(token.hash) { led(from: index + 1) }
            if Self.counties.contains(token.hash) { county(at: index) }
            if Self.placeFields.contains(token.hash) { placeField(at: index) }
            if caseless[index], token.shape == .lower { lowerCasePlace(at: index) }
            if isTownLike(index), isPlaceBefore(index) { add(token.start, token.end, .location, 0.6, .cuedPlace) }
            if isPlaceForm(index) { placeForm(at: index) }
        }
        for index in tokens.indices where isMark(index, "@") && tokens[index].spaced { led(from: index + 1) }
        scanShortPlaces()
    }

    // MARK: Facilities

    /// Departments and trades that end the name of a facility when a proper name stands before them.
    private static let specialties = words(
        """
        imaging ortho orthopedics orthopaedics dialysis radiology cardiology urology oncology dermatology neurology
        pediatrics obstetrics gastroenterology nephrology ophthalmology optometry podiatry dental dentistry pathology
        genomics genetics diagnostics heart eye ent mri surgical surgery medicine medical physicians specialists partners
        neurosurgery psychiatry counseling psychology wellness recovery homecare pediatric anesthesia rheumatology
        pulmonology endocrinology fertility womens women hospice vamc va cboc mfm elementary elem preschool school hs
        isd high middle kindergarten daycare pavilion building tower wing annex hall motel inn hotel lodge hostel ranch
        synagogue temple mosque chapel cathedral parish terrace gardens estates village place pines oaks landing ems
        sheriff police fire jail prison correctional facility home homes nursing rehab rehabilitation care center
        pharmacy drug drugs market supermarket grocery logistics stadium park arena gym ymca library museum airport
        barracks base camp fort medic transport ambulance snf ltac alf clinic hosp general memorial house commons suite stepdown icu micu sicu er ed spine derm img afb mall plant
        marina arms villas manor court gen infirmary
        """)
    private static let spokenMarks = words("comma period colon paragraph")
    private static let shortHeads = words("er ed icu micu sicu gen img cf eye ent")
    private static let followers = words(
        "center centre clinic care group associates of health hospital services unit dept department department's system network institute practice partners"
    )

    private mutating func specialtyHead(at index: Int) {
        guard isWrittenAsName(index), tokens[index].breaks == 0, !isMark(index + 1, ":") else { return }
        var start = index
        var isNamed = false
        var steps = 0
        while start > 0, steps < 5, tokens[start].breaks == 0 {
            let before = tokens[start - 1]
            if before.kind == .mark {
                guard before.hash == 0x27 || before.isMark("&") || before.isMark("-") && !before.spaced else { break }
                start -= 1
                continue
            }
            guard before.kind == .word, isWrittenAsName(start - 1),
                !before.flags.has([.function, .title, .month, .weekday, .relative, .country])
                    || before.flags.has(.anyName),
                before.count > 1 || tokens[start].hash == 0x27
            else { break }
            if before.flags.has(.function), before.count <= 3 || caseless[start - 1] { break }
            if Self.spokenMarks.contains(before.hash) { break }
            // `Monmouth Beach ER`: a short head needs a name in mixed case.
            if start == index, Self.shortHeads.contains(tokens[index].hash), before.shape != .capital { break }
            if caseless[start - 1], before.flags.has([.ordinary]),
                !before.flags.has([.anyName, .city]) || before.flags.has(.common)
            {
                break
            }
            isNamed = isNamed || isProper(start - 1)
            start -= 1
            steps += 1
        }
        while start < index, tokens[start].kind == .mark { start += 1 }
        // `Admit Willow Suite`
        if start + 1 < index, startsSentence(start), flags(start).has([.common, .personVerb, .dateCue]),
            !isProper(start)
        {
            start += 1
        }
        guard isNamed, start < index, !flags(start).has([.personVerb, .dateCue]) || flags(start).has(.anyName) else {
            return
        }
        // “Mary Heart failure”: a lower-case noun behind a specialty makes it a phrase of the text.
        if let next = token(index + 1), next.breaks == 0, next.kind == .word, next.shape == .lower,
            next.flags.has([.medical, .eponymNoun])
        {
            return
        }
        if tokens[start].breaks == 0, isWord(start - 1, Self.articles), tokens[start - 1].shape == .capital,
            !startsSentence(start - 1)
        {
            start -= 1
        }
        var end = index + 1
        while let next = token(end), next.breaks == 0, next.kind == .word, isWrittenAsName(end),
            Self.followers.contains(next.hash) || Self.specialties.contains(next.hash)
        { end += 1 }
        add(tokens[start].start, tokens[end - 1].end, .location, 0.86, .facility)
    }

    /// A word that names rather than describes: unlisted, a name, a town, or a word of landscapes.
    func isProper(_ index: Int) -> Bool {
        let token = tokens[index]
        if token.flags.has([.medical, .generic, .unit, .facility, .function]), !token.flags.has([.city, .anyName]) {
            return false
        }
        if token.flags.has([.city, .state]) || token.flags.has(.anyName) && !token.flags.has([.medical]) {
            return !token.flags.has(.generic)
        }
        if token.flags.isEmpty { return !Lexicon.looksOrdinary(text.folded[token.start..<token.end]) }
        return Self.landscape.contains(token.hash)
    }

    /// Words of which names of places are made.
    private static let landscape = words(
        """
        lake river creek valley hill hills mountain mount view ridge bay beach harbor island forest grove wood woods oak
        pine cedar maple elm willow spring springs rock stone meadow meadows prairie canyon desert falls fork bend point
        shore shores ocean sea sun star eagle falcon hawk bear deer wolf silver golden gold red blue green white black
        crystal bright north south east west northern southern eastern western upper lower grand royal union liberty
        heritage harmony hope mercy grace trinity cross bridge gate garden park field fields country sunrise sunset
        evergreen magnolia laurel palm cypress juniper birch aspen hickory walnut peach cherry rose lily summit horizon
        pleasant hidden lone twin three seven four corner corners crossroads landing trading post compass beacon banner
        cornerstone pathways bayou gulf pacific atlantic coastal riverside lakeside seaside hilltop northside southside
        westside eastside downtown uptown midtown highland highlands smile sunny fair
        """)

    // MARK: Behind a preposition

    private static let leads = words("at to from near in of via off")
    private static let atSign = words("facility location")

    /// Two capitalised words or more behind “at” are a place, also where each is an ordinary word: `at The Lone Star Terrace`.
    private mutating func led(from start: Int) {
        let isStrong = isMark(start - 1, "@") || isWord(start - 1, Self.strongLeads)
        var first = start
        if isWord(first, Self.articles) { first += 1 }
        var end = first
        var words = 0
        var proper = false
        while let token = token(end),
            end == first || token.breaks == 0 || words == 1 && token.breaks == 1 && flags(end).has(.facility),
            end - first < 8
        {
            if token.kind == .mark {
                guard token.hash == 0x27 || token.isMark("&") || token.isMark("-") && !token.spaced, end > first else {
                    break
                }
                end += 1
                continue
            }
            if token.kind == .word, token.count == 1, tokens[end - 1].hash == 0x27 {
                end += 1
                continue
            }
            guard token.kind == .word, token.shape == .capital || token.shape == .upper && !caseless[end] && words > 0,
                !taken[token.start],
                !token.flags.has([.month, .weekday, .title, .personVerb]) || token.flags.has(.city)
            else { break }
            if token.flags.has(.medical), !token.flags.has([.anyName, .city]), !Self.specialties.contains(token.hash) {
                break
            }
            if token.flags.has(.function), words == 0 { break }
            if token.flags.has(.credential), token.shape == .upper, !Self.specialties.contains(token.hash) { break }
            proper = proper || isProper(end)
            words += 1
            end += 1
        }
        while end > first, tokens[end - 1].kind == .mark { end -= 1 }
        guard words >= 2, proper else { return }
        let isPerson =
            flags(first).has(.givenName) && flags(end - 1).has(.surname) && words == 2
            && !flags(end - 1).has([.city, .facility, .street])
        if isPerson { return }
        let isEnded =
            flags(end - 1).has([.facility, .street, .city]) || Self.specialties.contains(tokens[end - 1].hash)
            || Self.landscape.contains(tokens[end - 1].hash)
        guard isStrong || isEnded,
            isStrong || isPlaceCue(before: start) || isEnded && !isWord(start - 1, Self.weakLeads)
        else { return }
        if hasEponymNoun(end - 1) { return }
        // A capitalised article belongs to the name: `The Lone Star Terrace`.
        let begin = first > start && tokens[start].shape == .capital ? start : first
        add(tokens[begin].start, tokens[end - 1].end, .location, isEnded ? 0.65 : 0.5, .cuedPlace)
    }

    private static let strongLeads = words("at facility location")
    private static let weakLeads = words("of in via")
    private static let articles = words("the our")

    // MARK: Towns

    private static let townEndings: [[UInt32]] = """
        ville burg burgh bury borough boro port mouth haven dale field ford wood worth water bridge brook creek gap stead
        hurst wick wich shire heim berg dorf stadt stad koping vik nes fjord grad gorod abad nagar pur pura polis town
        land ridge ton ham
        """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { $0.unicodeScalars.map(\.value) }

    /// A word in no list that ends as the names of towns do.
    private func isTownLike(_ index: Int) -> Bool {
        let token = tokens[index]
        guard token.count >= 6, token.shape == .capital || caseless[index], token.flags.isEmpty else { return false }
        let folded = text.folded[token.start..<token.end]
        return Self.townEndings.contains { folded.count >= $0.count + 3 && folded.suffix($0.count).elementsEqual($0) }
    }

    private static let placeWords = words(
        "in from near to at of around outside via through toward towards office clinic pharmacy walgreens cvs walmart costco va address"
    )

    private func isPlaceBefore(_ index: Int) -> Bool {
        if isWord(index - 1, Self.placeWords) { return true }
        if isMark(index - 1, "(")
            || isMark(index - 1, ",")
                && (flags(index - 2).has([.facility, .street, .city])
                    || Self.specialties.contains(token(index - 2)?.hash ?? 0))
        {
            return true
        }
        if isMark(index - 1, ":"), isWord(index - 2, Self.placeFields) || isWord(index - 2, Self.placeWords) {
            return true
        }
        return isMark(index + 1, ",") && isState(index + 2)
    }

    // MARK: Counties and fields

    private static let counties = words("county co parish borough twp township")

    /// `Summers Co.`, `ackerhofftown county`, `Da Montanari county`
    private mutating func county(at index: Int) {
        guard tokens[index].breaks == 0, let before = token(index - 1), before.kind == .word,
            isWrittenAsName(index - 1), !before.flags.has([.function, .relative, .generic, .medical]),
            before.count > 2
        else { return }
        let isShort = tokens[index].count <= 3
        if isShort {
            guard tokens[index].shape == .capital || caseless[index],
                before.flags.has([.anyName, .city]) || before.flags.isEmpty
            else { return }
        }
        if before.flags.has(.common), !before.flags.has([.anyName, .city]), !Self.landscape.contains(before.hash) {
            return
        }
        var start = index - 1
        while start > 0, tokens[start].breaks == 0, isWrittenAsName(start - 1),
            tokens[start - 1].flags.has(.particle) || isProper(start - 1) && tokens[start - 1].kind == .word,
            index - start < 3,
            !caseless[start - 1] || tokens[start - 1].flags.has(.particle)
        { start -= 1 }
        var end = index + 1
        if isMark(end, "."), isShort { end += 1 }
        while let next = token(end), next.breaks == 0, next.kind == .word, isWrittenAsName(end),
            Self.specialties.contains(next.hash) || Self.followers.contains(next.hash)
        { end += 1 }
        add(tokens[start].start, tokens[end - 1].end, .location, 0.75, .county)
    }

    private static let placeFields = words(
        "location loc facility clinic hospital site city town county hometown birthplace residence employer school pharmacy hotel house campus unit ward destination origin where venue"
    )

    /// `Location: Salemtown`, `Employer: Ford, Willowport`
    private mutating func placeField(at index: Int) {
        guard isMark(index + 1, ":"), let first = token(index + 2), first.kind == .word, first.breaks == 0,
            first.isCapitalised, first.count > 1, !taken[first.start],
            !first.flags.has([.function, .title]), isProper(index + 2)
        else { return }
        var end = index + 3
        while let next = token(end), next.breaks == 0,
            next.kind == .word && isWrittenAsName(end) && !next.flags.has([.function, .medical])
                && !(isMark(end + 1, ":")) || next.hash == 0x27 && !next.spaced || next.isMark("&"), end - index < 9,
            !isColumn(end)
        { end += 1 }
        while tokens[end - 1].kind == .mark { end -= 1 }
        add(first.start, tokens[end - 1].end, .location, 0.75, .cuedPlace)
    }

    /// Two blanks or a tab stand before a token: another column of the form begins.
    func isColumn(_ index: Int) -> Bool {
        let start = tokens[index].start
        return start > 0 && text.scalars[start - 1] == 9
            || start > 2 && text.kinds[start - 1] == .space && text.kinds[start - 2] == .space
    }

    // MARK: Lower case

    /// `lives in new braunfels`, `louisville, wy`
    private mutating func lowerCasePlace(at index: Int) {
        let token = tokens[index]
        if let phrases = Lexicon.shared.cityPhrases[token.hash] {
            for phrase in phrases
            where phrase.count > 1
                && (0..<phrase.count).allSatisfy({
                    tokens.indices.contains(index + $0) && tokens[index + $0].hash == phrase[$0]
                        && ($0 == 0 || tokens[index + $0].breaks == 0)
                })
            {
                add(token.start, tokens[index + phrase.count - 1].end, .location, 0.7, .listedCity)
                return
            }
        }
        guard token.flags.has(.city), !token.flags.has([.ordinary, .givenName]), token.count >= 4 else { return }
        let hasState =
            isMark(index + 1, ",") && flags(index + 2).has([.state, .stateCode]) && self.token(index + 2)?.breaks == 0
        guard hasState || isWord(index - 1, Self.placeWords) || isPlaceCue(before: index) || !token.flags.has(.surname)
        else { return }
        add(token.start, hasState ? tokens[index + 2].end : token.end, .location, 0.65, .listedCity)
    }
}
