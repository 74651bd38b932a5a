/// People behind words for their role or relation, in the fields of forms, and by an initial before a surname.
extension RuleScanner {
    mutating func scanNameContexts() {
        for index in tokens.indices {
            let token = tokens[index]
            guard token.kind == .word, !taken[token.start] else { continue }
            if Self.fields.contains(token.hash) { field(at: index) }
            if Self.roles.contains(token.hash) || token.flags.has(.relative) { role(at: index) }
            if Self.links.contains(token.hash) { link(at: index) }
            if token.shape == .initial || token.count == 1 && caseless[index] { initialAndSurname(at: index) }
            if token.flags.has(.anyName) || token.flags.isEmpty, isMark(index + 1, ",") { surnameFirst(at: index) }
            if token.flags.has(.anyName) || token.flags.isEmpty { relationBehind(index) }
        }
    }

    /// Headings of a form whose value is a name and nothing else.
    private static let fields = words(
        """
        name names surname forename forenames firstname lastname patient pcp attending surgeon provider resident
        physician nurse contact guardian guarantor subscriber caregiver interpreter radiologist pathologist ordering
        referring prescriber author dictated transcribed signed anesthesiologist assistant proband claimant adjuster
        coordinator therapist client member employee student veteran witness recipient donor caller informant poa hcp
        proxy kin nok ec mother father spouse husband wife son daughter partner attn to from cc re pt team staff scribe
        technologist tech counselor consultant requester approver verifier infant aka alias nickname maiden
        electronically by ghilist phlebotomist pharmacist cosigner preceptor trainee midwife doula hygienist
        """)
    private static let fieldTails = words(
        """
        name names s physician provider surgeon nurse by signed of kin contact person member last first middle full
        legal preferred maiden md do user parent doctor phone
        """)
    /// Words for what somebody is, straight before the name.
    private static let roles = words(
        """
        officer trooper deputy detective sergeant sgt cpl lt capt pastor chaplain rabbi imam bishop deacon attorney
        judge coach teacher principal counselor hygienist midwife doula scribe coordinator interpreter pharmacist
        technician tech therapist adjuster claimant proband veteran vet roommate caseworker navigator sitter
        transporter paramedic emt crna rn lpn lvn cna np pa rt pt ot md do slp rd rph msw lcsw cma ma student resident
        intern fellow attending hospitalist intensivist surgeon cardiologist neurologist oncologist nephrologist
        urologist psychiatrist psychologist radiologist pathologist anesthesiologist pediatrician dermatologist
        podiatrist dentist optometrist ophthalmologist physician provider nurse preceptor supervisor manager director
        caregiver guardian poa proxy hcp surrogate pcp mom dad mum mommy daddy grandma grandpa nana papa stepmother
        stepfather stepson stepdaughter stepmom stepdad dtr sib twin sibling siblings kids children sons daughters
        brothers sisters nephews nieces fiance bf gf ex infant baby donor recipient witness cosigner pi subject
        collateral neighbor landlord boss employer friend dog spokesperson contact colleague coworker doctor ems
        """)
    private static let relationGlue = words("named called is was boy girl in law s a b c")
    /// Words that have a name behind them when one follows.
    private static let links = words(
        """
        per w d with saw met told asked texted paged notified thanks thx regards hi hello dear yo goes ask tell let
        see called spoke informed inform contacted verified versus thank love bye aka née nee ccd cc fwd from
        """)
    private static let relationNouns = words(
        """
        wife husband mother father son daughter sister brother spouse partner aunt uncle niece nephew grandmother
        grandfather grandson granddaughter cousin friend neighbor mom dad poa hcp guardian caregiver fiance fiancee
        girlfriend boyfriend daughterinlaw stepson stepdaughter stepmother stepfather foster dtr nok roommate ex proxy
        """)

    // MARK: Fields

    /// `Surname: Clerk`, `PCP<tab>Victoria Clerk`, `"patient": "Ada Roe"`, `@NAME@ Ada Roe`, `| Patient | Ada Roe`
    private mutating func field(at index: Int) {
        var next = index + 1
        var hasSign = false
        var hasTail = false
        while let token = token(next), next - index < 10 {
            if token.kind == .mark {
                let sign =
                    token.isMark(":") || token.isMark("=") || token.isMark("|") || token.isMark("@")
                    || token.isMark(">")
                guard
                    sign || token.isMark(".") || token.isMark("\"") || token.isMark("(") || token.isMark(")")
                        || token.isMark("*") || token.isMark("/") || token.isMark("#") || token.hash == 0x27
                else { break }
                if token.isMark("(") || token.isMark("/"), hasSign { break }
                hasSign = hasSign || sign
            } else if token.kind == .word, !hasSign, token.breaks == 0,
                Self.fieldTails.contains(token.hash) || token.count == 1
            {
                hasTail = true
            } else {
                break
            }
            next += 1
        }
        guard let first = token(next), first.kind == .word, first.breaks <= 1 else { return }
        if !hasSign { hasSign = first.breaks == 0 && isTabbed(before: next) }
        guard hasSign else { return }
        if first.breaks > 0, !(first.flags.has(.anyName) && !first.flags.has(.ordinary)) { return }
        let isNamed = hasTail || Self.nameFields.contains(tokens[index].hash)
        guard let end = personEnd(at: next, isStrong: true) else {
            // A field that ends behind one or two words, whatever they are: `Last Name: Clerk`.
            guard isNamed, Self.nameFields.contains(tokens[index].hash), first.isCapitalised, first.count > 2,
                first.breaks == 0,
                !first.flags.has([.function, .facility]), isFieldEnd(next + 1)
            else { return }
            addName(next, next + 1, 0.85, .cuedName)
            return
        }
        addName(next, end, isNamed ? 0.93 : 0.85, .cuedName)
    }

    private static let nameFields = words(
        "name names surname forename forenames firstname lastname patient pcp aka alias maiden nickname")

    private func isTabbed(before index: Int) -> Bool {
        let start = tokens[index].start
        return start > 0 && text.scalars[start - 1] == 9
            || start > 2 && text.kinds[start - 1] == .space && text.kinds[start - 2] == .space
    }

    private func isFieldEnd(_ index: Int) -> Bool {
        guard let next = token(index) else { return true }
        return next.breaks > 0 || isTabbed(before: index)
            || [0x7c, 0x3c, 0x22, 0x3b, 0x2c, 0x28].contains(next.hash) && next.kind == .mark
    }

    // MARK: Roles and relations

    /// `Officer Figueiredo`, `RN Verity`, `daughter Giulia`, `Siblings: Det, Nneka`, `mother Gwen (82), father Lu`
    private mutating func role(at index: Int) {
        let isShort = tokens[index].count <= 3
        if isShort, tokens[index].shape == .lower, !tokens[index].flags.has(.relative),
            !Self.lowerRoles.contains(tokens[index].hash)
        {
            return
        }
        var next = index + 1
        var steps = 0
        while let token = token(next), steps < 4, token.breaks == 0 {
            if token.isMark(":") || token.isMark("=") || token.isMark("#") || token.isMark("/") && !isShort
                || token.isMark("-") && (token.spaced || steps > 0) || token.isMark("(")
                || token.isMark(",") && tokens[index].flags.has(.relative)
            {
                next += 1
                steps += 1
            } else if token.kind == .word, Self.relationGlue.contains(token.hash),
                token.shape != .capital || Self.babies.contains(tokens[index].hash)
            {
                next += 1
                steps += 1
            } else if token.isMark("-"), !token.spaced, Self.relationGlue.contains(self.token(next + 1)?.hash ?? 0) {
                next += 2
                steps += 2
            } else {
                break
            }
        }
        list(from: next, score: 0.82)
    }

    private static let lowerRoles = words("rn np pa crna lpn cna mom dad bf gf dtr sib pcp poa hcp vet pi dog")
    private static let babies = words("baby infant bb bg twin")

    /// Names one behind another: `A, B and C`, `A/B`, `A & B`.
    private mutating func list(from start: Int, score: Double) {
        var next = start
        var count = 0
        while count < 8 {
            guard let first = token(next), first.breaks <= (count > 0 ? 1 : 0),
                let end = personEnd(at: next, isStrong: count == 0),
                count == 0 || first.flags.has(.anyName) || end > next + 1
            else { return }
            addName(next, end, score, .cuedName)
            count += 1
            next = end
            // An age or a remark in parentheses stands between.
            if isMark(next, "("), let close = (next + 1..<min(next + 8, tokens.count)).first(where: { isMark($0, ")") })
            {
                next = close + 1
            }
            var hasJoint = false
            while let joint = token(next),
                joint.isMark(",") || joint.isMark("&") || joint.isMark("/") || Self.joints.contains(joint.hash)
            {
                hasJoint = true
                next += 1
            }
            if !hasJoint { return }
        }
    }

    private static let joints = words("and")

    /// `per Juric`, `d/w Papalyn`, `will let Iron know`, `Thanks, Mele`
    private mutating func link(at index: Int) {
        var next = index + 1
        if isMark(next, "/"), flags(next + 1).has(.function) || token(next + 1)?.count == 1 { next += 2 }
        if isMark(next, ",") || isMark(next, ":") || isMark(next, "-") { next += 1 }
        if isWord(next, Self.linkGlue) { next += 1 }
        guard let first = token(next), first.kind == .word, first.breaks <= 1, first.isCapitalised || caseless[next],
            first.flags.has(.anyName) || first.flags.isEmpty
        else { return }
        if first.flags.has(.title) || isEponym(next) || isDegree(next) { return }
        guard let end = personEnd(at: next, isStrong: false) else { return }
        if end == next + 1, first.flags.has([.city]) || first.flags.isEmpty && (caseless[next] || first.shape == .upper)
        {
            return
        }
        if first.flags.has(.ordinary), end == next + 1 { return }
        addName(next, end, first.flags.has(.anyName) ? 0.75 : 0.5, .weaklyCuedName)
        list(from: end, joined: true)
    }

    private mutating func list(from end: Int, joined: Bool) {
        guard isMark(end, ",") || isMark(end, "&") || isMark(end, "/") || Self.joints.contains(token(end)?.hash ?? 0)
        else { return }
        guard let first = token(end + 1), first.flags.has(.anyName), !first.flags.has(.ordinary) else { return }
        list(from: end + 1, score: 0.7)
    }

    private static let linkGlue = words("to with by w")

    /// `Blanca (wife)`, `Bao Moradi - foster mother`, `Carys Newman, daughter`
    private mutating func relationBehind(_ index: Int) {
        guard let mark = token(index + 1), mark.isMark("(") || mark.isMark(",") || mark.isMark("-") && mark.spaced,
            mark.breaks == 0,
            isWord(index + 2, Self.relationNouns)
                || Self.joinsRelation.contains(token(index + 2)?.hash ?? 0) && isWord(index + 3, Self.relationNouns),
            isWrittenAsName(index), tokens[index].count > 1, !isEponym(index)
        else { return }
        if mark.isMark(","), tokens[index].flags.isEmpty, startsSentence(index) { return }
        if tokens[index].flags.isEmpty,
            caseless[index] || Lexicon.looksOrdinary(text.folded[tokens[index].start..<tokens[index].end])
        {
            return
        }
        if tokens[index].flags.has(.ordinary) {
            guard tokens[index].flags.has(.anyName), tokens[index].shape == .capital,
                !mark.isMark(",") || !isWord(index + 2, Self.relationNouns)
            else { return }
        }
        addName(index, index + 1, 0.75, .weaklyCuedName)
    }

    private static let joinsRelation = words("her his pt patient s the foster step ex adoptive")

    // MARK: Forms of names

    /// `L. Juric`, `A.Mbakunle`, `R. St. James`; also `Fitzpatrick, I.`
    private mutating func initialAndSurname(at index: Int) {
        guard isMark(index + 1, "."), token(index + 1)?.spaced == false else { return }
        if let before = token(index - 1), before.kind == .mark, !tokens[index].spaced,
            before.isMark(".") || before.hash == 0x27
        {
            return
        }
        if isWord(index - 1, Self.lettered) || token(index - 1)?.kind == .number { return }
        var next = index + 2
        // A second initial.
        if let second = token(next), second.shape == .initial, isMark(next + 1, "."), second.breaks == 0 { next += 2 }
        guard let name = token(next), name.kind == .word, name.breaks == 0,
            name.shape == .capital || name.shape == .upper && name.count > 2
                || caseless[next] && name.flags.has(.surname) && !name.flags.has(.ordinary)
                    && tokens[index].shape == .lower,
            name.count > 1, !isEponym(next)
        else { return }
        if name.flags.has(.ordinary) || name.flags.isEmpty && Lexicon.looksOrdinary(text.folded[name.start..<name.end])
        {
            guard name.flags.has(.surname), !name.flags.has(.function), !name.spaced || !startsSentence(index) else {
                return
            }
        }
        if !name.flags.has(.anyName), name.spaced, caseless[index] { return }
        let end = nameEnd(from: next, isLed: true)
        guard end > next else { return }
        addName(index, end, name.flags.has(.anyName) ? 0.85 : 0.7, .partlyListedName)
    }

    private static let lettered = words(
        "vitamin type hepatitis class grade stage group part appendix section figure table plan influenza and strep")

    /// `Hill, Skarlett`, `Santoro,Kyaw`, `kwon, mohammed`, `SALVATIERRA, RODRIGO`, `Al-Sargsyan, Elodie`
    private mutating func surnameFirst(at index: Int) {
        guard let given = token(index + 2), given.kind == .word, given.breaks == 0, isWrittenAsName(index),
            isWrittenAsName(index + 2), tokens[index].shape == given.shape, given.count > 1, tokens[index].count > 1,
            !tokens[index].flags.has([.function, .medical, .title, .credential, .month, .personVerb, .relative])
        else { return }
        let surname = tokens[index]
        if given.flags.has(.givenName), !given.flags.has(.ordinary) {
            // In a list of given names the word before is no surname.
            if surname.flags.has(.ordinary),
                isMark(index + 3, ",") || given.flags.has(.surname) && isMark(index - 1, ",")
            {
                return
            }
            if surname.flags.isEmpty, !isUnlistedSurname(index) { return }
            if surname.flags.has(.city), !surname.flags.has(.surname) { return }
        } else {
            // A misspelled given name: only where nothing but a name can stand.
            guard surname.flags.has(.surname), !surname.flags.has([.ordinary, .city]),
                given.flags.isEmpty || given.flags.has(.givenName), !given.flags.has(.function),
                !given.spaced || surname.breaks > 0 || isMark(index - 1, ":"), given.shape != .lower,
                !Lexicon.looksOrdinary(text.folded[given.start..<given.end])
            else { return }
        }
        var start = index
        while start > 1, tokens[start].breaks == 0, isMark(start - 1, "-") || token(start - 1)?.hash == 0x27,
            !tokens[start - 1].spaced, !tokens[start].spaced, tokens[start - 2].kind == .word
        { start -= 2 }
        while start > 0, tokens[start].breaks == 0, tokens[start - 1].flags.has(.particle),
            !tokens[start - 1].flags.has(.function)
        { start -= 1 }
        let end = nameEnd(from: index + 2, isLed: true)
        addName(start, max(end, index + 3), 0.85, .listedPair)
    }

    private func isUnlistedSurname(_ index: Int) -> Bool {
        let token = tokens[index]
        return !Lexicon.looksOrdinary(text.folded[token.start..<token.end]) && (!caseless[index] || token.count >= 4)
    }

    // MARK: Helpers

    private func isDegree(_ index: Int) -> Bool {
        guard let token = token(index) else { return false }
        return token.flags.has(.credential) && token.shape == .upper
    }

    /// The index behind a person's name that begins at a token, if the words allow that it is one.
    func personEnd(at index: Int, isStrong: Bool) -> Int? {
        var index = index
        guard var first = token(index), first.kind == .word else { return nil }
        if isWord(index, Self.personTitles) {
            index += isMark(index + 1, ".") ? 2 : 1
            guard let name = token(index), name.kind == .word, name.breaks == 0 else { return nil }
            first = name
        }
        if taken[first.start] { return nil }
        if first.flags.has(.particle), let name = token(index + 1), name.breaks == 0,
            name.isCapitalised || caseless[index + 1],
            name.flags.has(.anyName) || isStrong && !name.flags.has(.ordinary), first.isCapitalised || caseless[index]
        {
            let end = nameEnd(from: index, isLed: true)
            return end > index + 1 ? end : nil
        }
        guard !first.flags.has([.function, .month, .weekday]) || first.flags.has(.anyName) && isPair(index) else {
            return nil
        }
        if isDegree(index) || first.flags.has([.title, .facility, .relative]) { return nil }
        if hasEponymNoun(index) || isMark(index + 1, ":") { return nil }
        let looksOrdinary = Lexicon.looksOrdinary(text.folded[first.start..<first.end])
        let isPlain = !first.flags.has(.ordinary) && (first.flags.has(.anyName) || !looksOrdinary)
        switch first.shape {
        case .capital:
            guard
                isPlain || isStrong && first.flags.isEmpty && first.count > 3
                    || first.flags.has(.anyName) && isPair(index)
                    || isStrong && first.flags.has(.anyName)
                        && first.flags.isDisjoint(with: [.medical, .unit, .facility, .month, .dateCue])
            else { return nil }
        case .upper:
            if caseless[index] {
                guard !first.flags.has(.ordinary),
                    first.flags.has(.anyName) || isStrong && first.count > 3 && !looksOrdinary
                else { return nil }
            } else {
                guard first.count > 2, !first.flags.has(.ordinary), first.flags.has(.anyName) || isPair(index) else {
                    return nil
                }
            }
        case .lower:
            guard first.count > 2, !first.flags.has(.ordinary),
                first.flags.has(.anyName)
                    || isStrong && caseless[index] && first.flags.isEmpty && !looksOrdinary && first.count > 3,
                caseless[index] || isStrong && first.flags.has(.givenName) && !first.flags.has(.city)
            else { return nil }
        case .initial:
            guard isMark(index + 1, ".") || isStrong, let name = token(isMark(index + 1, ".") ? index + 2 : index + 1),
                name.kind == .word, name.breaks == 0,
                name.isCapitalised, name.count > 1, !name.flags.has(.ordinary) || name.flags.has(.surname)
            else { return nil }
            if isDegree(isMark(index + 1, ".") ? index + 2 : index + 1) { return nil }
        case .none: return nil
        }
        let end = nameEnd(from: index, isLed: true, commaForm: isStrong && flags(index).has(.surname))
        return end > index ? end : nil
    }

    private static let personTitles = words("dr mr mrs ms drs prof")

    /// Whether a word that is ordinary too has a listed name behind it.
    private func isPair(_ index: Int) -> Bool {
        guard let next = token(index + 1), next.breaks == 0 else { return false }
        if next.isMark(","), let given = token(index + 2), given.flags.has(.givenName), !given.flags.has(.ordinary) {
            return true
        }
        return next.kind == .word && next.flags.has(.anyName) && !next.flags.has([.function])
            && next.shape == tokens[index].shape
            && (!next.flags.has(.ordinary) || flags(index).has(.givenName))
    }
}
