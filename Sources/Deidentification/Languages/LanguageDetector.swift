/// Tells languages apart by their most frequent short words: a look-up a word, no model.
enum LanguageDetector {
    enum Verdict: Sendable, Equatable {
        case one(NoteLanguage)
        /// Both languages in a share that can't be left to the other's rules; the larger one first.
        case mixed([NoteLanguage])
        /// A language without a pack.
        case other
        /// Too few words that tell.
        case undecided
    }

    static func language(of text: ScalarText) -> Verdict {
        var counts = [Int](repeating: 0, count: LanguageWords.lists.count)
        // In how many different words: a note of abbreviations repeats a few that another language happens to have.
        var kinds = counts
        var seen: Set<UInt64> = []
        var words = 0
        var foreign = 0
        for token in text.tokens.prefix(limit) where token.kind == .word {
            words += 1
            if isForeignScript(text.scalars[token.start]) { foreign += 1 }
            guard token.count <= LanguageWords.longest, var mask = LanguageWords.table[token.hash] else { continue }
            let isNew = seen.insert(token.hash).inserted
            while mask != 0 {
                counts[mask.trailingZeroBitCount] += 1
                if isNew { kinds[mask.trailingZeroBitCount] += 1 }
                mask &= mask - 1
            }
        }
        if foreign >= 5, foreign * 2 > words { return .other }
        let english = counts[0]
        let spanish = counts[1]
        let best = max(english, spanish)
        // Close relatives share many of these words: Portuguese counts for Spanish, too.
        let isOther = (2..<counts.count).contains {
            kinds[$0] >= 5 && counts[$0] * 4 > best * 5 && kinds[$0] > max(kinds[0], kinds[1])
        }
        if isOther { return .other }
        guard best >= 3 else { return .undecided }
        if min(english, spanish) >= 10, min(kinds[0], kinds[1]) >= 5, min(english, spanish) * 4 >= best {
            return .mixed(english >= spanish ? [.english, .spanish] : [.spanish, .english])
        }
        if english == spanish { return .undecided }
        return .one(english > spanish ? .english : .spanish)
    }

    /// Tokens looked at: enough for any note, and a bound for a book.
    private static let limit = 8_000

    /// Neither Latin nor a sign that occurs in Latin text.
    private static func isForeignScript(_ scalar: UInt32) -> Bool {
        scalar >= 0x370 && !(0x1e00...0x1eff).contains(scalar) && !(0x2000...0x2bff).contains(scalar)
            && !(0xfb00...0xfb06).contains(scalar) && !(0xff00...0xff5e).contains(scalar)
    }
}

/// Frequent words of languages, without those that two of them spell alike and that would tell nothing, and without the
/// abbreviations and words of English notes: po, w, od, die, war, non.
enum LanguageWords {
    /// English and Spanish first, in the order of ``NoteLanguage``; then those that are only told apart.
    static let lists: [String] = [
        """
        the of and with was were is are to for from has had have this that which by at on as patient he she his her
        they be been not or will would there it but no if who after before during presents denies reports history your
        you
        """,
        """
        el los las una del con por para que como fue se su sus lo y en es son al sin pero este esta desde tras ante hasta
        donde muy le ha han paciente años dia dias presenta refiere nombre apellidos fecha edad acude sobre entre durante
        un
        """,
        // Portuguese, with what is common to Galician
        """
        o uma um da dos das com não em para por que ao à na nas nos pelo pela é foi são mais seu sua até
        paciente anos doente há também após num numa
        """,
        // French
        """
        le les des du une et est pour dans par sur avec au aux qui ne pas il elle ce cette sa ses été sans chez ans
        patiente nous vous été dont lors après
        """,
        // Italian
        """
        gli della dei delle di che con una è nel nella sono alla dalla ha anni paziente stato
        più del degli viene alle
        """,
        // German
        """
        der das und mit von ist zu auf für eine ein einer einem dem nicht bei nach wurde sich auch
        wird patientin als zum zur sind oder durch
        """,
        // Dutch
        """
        de het een van en met voor op aan bij niet naar werd wordt zijn haar heeft patiënt jaar ook om te
        uit
        """,
        // Catalan
        """
        els una amb que dels als és va ser pel més pacient anys seva aquest aquesta sense
        fins després dona havia
        """,
        // Polish and Czech
        """
        nie się jest oraz dla przez przy lat pacjent pacjentka roku zo je byl byla jako který při
        """,
        // Swedish, Danish and Norwegian
        """
        och att det som på är av för inte ett sig efter og er ikke til af på ved blev hun
        han år
        """,
        // Romanian, Turkish, Hungarian
        """
        și în cu pe din care este pentru ve bir bu ile için olan hasta és egy hogy nem volt beteg
        """,
    ]

    static let longest = 10

    /// One bit a list.
    static let table: [UInt64: UInt32] = {
        var table: [UInt64: UInt32] = [:]
        for (index, list) in lists.enumerated() {
            for word in list.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                table[WordHash.of(word), default: 0] |= 1 << UInt32(index)
            }
        }
        return table
    }()
}
