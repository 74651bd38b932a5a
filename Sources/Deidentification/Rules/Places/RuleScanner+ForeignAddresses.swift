/// Addresses as they are written outside the English-speaking world.
extension RuleScanner {
    mutating func scanForeignAddresses() {
        for index in tokens.indices where tokens[index].kind == .word && !taken[tokens[index].start] {
            if Self.prefixes.contains(tokens[index].hash) {
                prefixed(at: index)
            } else if hasStreetEnding(index) {
                suffixed(at: index)
            }
        }
        for index in tokens.indices
        where isWord(index, Self.presence) && isWord(index + 1, Self.inWord)
            || isWord(index, Self.origin) && isWord(index + 1, Self.fromWord)
        {
            presentIn(index + 2)
        }
    }

    private static let prefixes = words(
        "rue via calle avenida avenue av rua ul ulica ulitsa boulevard bd carrera calzada camino paseo plaza piazza piazzale praca largo viale corso strada travessa estrada chemin impasse allee quai place rambla ronda cite jalan jl"
    )
    private static let endings: [[UInt32]] = """
        strasse straße str gasse weg platz allee ring ufer damm vej vejen gade gaden alle gata gatan vagen vägen vegen veien veg gt
        katu kuja tie polku rinne straat laan plein gracht kade dijk utca ut ter korut koz gata gotu vegur braut holt tn mnt pst tee
        trg ulica cesta nam namesti trida odos leoforos sokak caddesi mahallesi dori machi cho
        """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { $0.unicodeScalars.map(\.value) }

    /// A word in no list that ends as streets do: `Mellemvej`, `Vesterskovvej`, `Bahnhofstrasse`.
    private func hasStreetEnding(_ index: Int) -> Bool {
        let token = tokens[index]
        guard token.count >= 7, token.shape == .capital || caseless[index],
            token.flags.isEmpty || token.flags.has(.surname)
        else { return false }
        let folded = text.folded[token.start..<token.end]
        return Self.endings.contains {
            $0.count >= 3 && folded.count >= $0.count + 4 && folded.suffix($0.count).elementsEqual($0)
        }
    }

    /// `Rua do Arenque 1634`, `62 Rue Gafsa`, `ul. Chrzanowska 61`
    private mutating func prefixed(at index: Int) {
        let word = tokens[index]
        guard isWrittenAsName(index) || isMark(index + 1, ".") || token(index - 1)?.kind == .number else { return }
        var next = index + 1
        if isMark(next, "."), token(next)?.spaced == false { next += 1 }
        var words = 0
        while let part = token(next), part.breaks == 0, words < 6 {
            if part.kind == .word,
                part.isCapitalised || caseless[next] || isAddressParticle(part) || part.count <= 3 && words > 0,
                !part.flags.has([.unit, .personVerb])
            {
                if part.shape == .lower, !isAddressParticle(part), token(next + 1)?.isCapitalised != true,
                    !caseless[next]
                {
                    break
                }
                words += 1
                next += 1
            } else if part.hash == 0x27 || part.isMark("-") || part.isMark("."), !part.spaced, words > 0,
                token(next + 1)?.kind == .word, token(next + 1)?.breaks == 0
            {
                next += 1
            } else {
                break
            }
        }
        guard words > 0 else { return }
        var hasNumber = false
        if let number = token(next), number.kind == .number, number.breaks == 0, number.count <= 5,
            !flags(next + 1).has(.unit)
        {
            hasNumber = true
            next += 1
        }
        let start = houseNumbers(before: index)
        guard hasNumber || start < index else { return }
        if start == index, !word.isCapitalised, !isMark(index + 1, "."), !caseless[index] { return }
        finish(start, next)
    }

    /// `Mellemvej 32`, `Villacher Strasse 89`, `6400 Timmsgatan 12`
    private mutating func suffixed(at index: Int) {
        var next = index + 1
        if isMark(next, "."), token(next)?.spaced == false { next += 1 }
        guard let number = token(next), number.kind == .number, number.breaks == 0, number.count <= 4, number.spaced,
            !flags(next + 1).has(.unit), !isMark(next + 1, "%")
        else { return }
        var start = index
        while start > 0, tokens[start].breaks == 0, index - start < 2, tokens[start - 1].shape == .capital,
            !tokens[start - 1].flags.has([.function, .common])
        { start -= 1 }
        finish(houseNumbers(before: start), next + 1)
    }

    /// One or two numbers before a street.
    private func houseNumbers(before index: Int) -> Int {
        var start = index
        while start > 0, index - start < 2, tokens[start].breaks == 0, let number = token(start - 1),
            number.kind == .number, number.count <= 6, tokens[start].spaced
        { start -= 1 }
        return start
    }

    /// The door, the town, the region and the country behind a street, over line ends.
    private mutating func finish(_ start: Int, _ street: Int) {
        var end = street
        var next = street
        var steps = 0
        while steps < 16, let token = token(next), token.breaks <= 2 {
            steps += 1
            if token.kind == .mark {
                guard
                    token.isMark(",") || token.isMark(".") || token.isMark("-") || token.isMark("(")
                        || token.isMark(")") || token.isMark(">") || token.isMark("?") && token.breaks > 0
                        || token.isMark("#")
                else { break }
                if token.isMark("."), token.breaks == 0, self.token(next + 1)?.isCapitalised == true,
                    !(flags(next - 1).has(.dwelling))
                {
                    break
                }
                next += 1
                continue
            }
            if token.kind == .number {
                guard token.count <= 6, token.breaks <= 1, !isMark(next + 1, ":"), !isMark(next + 1, "/") else { break }
                next += 1
                end = next
                continue
            }
            let isDoor = token.flags.has(.dwelling)
            guard isDoor || isWrittenAsName(next),
                !token.flags.has([.function, .month, .weekday, .phoneCue, .title, .relative])
                    || token.flags.has([.particle, .stateCode, .state]) && steps > 1, !isMark(next + 1, ":"),
                isDoor || token.breaks > 0 || isMark(next - 1, ",") || tokens[next - 1].kind == .number || end == next
            else { break }
            if token.flags.has(.common), !token.flags.has([.city, .state, .country, .dwelling]), token.breaks == 0,
                !isMark(next - 1, ",")
            {
                break
            }
            next += 1
            end = next
        }
        while end > street, tokens[end - 1].kind == .mark { end -= 1 }
        add(tokens[start].start, tokens[end - 1].end, .location, 0.75, .foreignStreet, take: true)
    }

    private func isAddressParticle(_ token: Token) -> Bool {
        token.flags.has(.particle) || Self.particles.contains(token.hash)
    }

    private static let particles = words(
        "do da de dos das du des la le las los del della delle degli el al of im am der den das zum zur san")

    private static let presence = words("m am was were been stay staying is currently based")
    private static let origin = words("originally comes hails is moved")
    private static let inWord = words("in")
    private static let fromWord = words("from")

    /// `I'm in Flateyri`, `originally from Marindia`
    private mutating func presentIn(_ index: Int) {
        guard let first = token(index), first.kind == .word, first.breaks == 0,
            first.shape == .capital || first.shape == .upper && first.count > 3,
            !first.flags.has([.function, .month, .weekday, .medical, .unit]),
            first.flags.isEmpty || first.flags.has([.city, .surname, .givenName]), !hasEponymNoun(index)
        else { return }
        var end = index + 1
        while let next = token(end), next.breaks == 0, end - index < 5 {
            if next.kind == .word, next.isCapitalised, !next.flags.has([.function, .month]) {
                end += 1
            } else if next.flags.has(.particle), next.kind == .word, token(end + 1)?.isCapitalised == true {
                end += 2
            } else {
                break
            }
        }
        add(first.start, tokens[end - 1].end, .location, 0.55, .cuedPlace)
    }
}
