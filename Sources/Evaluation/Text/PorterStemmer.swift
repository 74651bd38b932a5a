/// The Porter stemmer (Porter 1980, “An algorithm for suffix stripping”) with the extensions of NLTK, which rouge-score uses.
///
/// Words are lower-case ASCII letters and digits; a digit counts as a consonant.
struct PorterStemmer: Sendable {
    typealias Word = [UInt8]

    private static let irregular: [String: String] = [
        "sky": "sky", "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie", "news": "news",
        "innings": "inning", "inning": "inning", "outings": "outing", "outing": "outing", "cannings": "canning",
        "canning": "canning", "howe": "howe", "proceed": "proceed", "exceed": "exceed", "succeed": "succeed",
    ]

    func stem(_ word: String) -> String {
        if let known = Self.irregular[word] { return known }
        guard word.utf8.count > 2 else { return word }
        var letters = Array(word.utf8)
        for step in [plural, past, finalY, doubleSuffix, shortSuffix, bareSuffix, finalE, finalL] {
            letters = step(letters)
        }
        return String(decoding: letters, as: UTF8.self)
    }

    // MARK: Steps, numbered as in the paper

    /// Step 1a.
    private func plural(_ word: Word) -> Word {
        if word.ends("ies"), word.count == 4 { return word.dropping(1) }
        if word.ends("sses") { return word.dropping(2) }
        if word.ends("ies") { return word.dropping(2) }
        if word.ends("ss") { return word }
        return word.ends("s") ? word.dropping(1) : word
    }

    /// Step 1b.
    private func past(_ word: Word) -> Word {
        if word.ends("ied") { return word.dropping(word.count == 4 ? 1 : 2) }
        if word.ends("eed") { return measure(word.dropping(3)) > 0 ? word.dropping(1) : word }
        for (suffix, length) in [("ed", 2), ("ing", 3)] where word.ends(suffix) {
            let stem = word.dropping(length)
            if isConsonant(stem).contains(false) { return repaired(stem) }
        }
        return word
    }

    /// What step 1b does after it removed a suffix.
    private func repaired(_ stem: Word) -> Word {
        if stem.ends("at") || stem.ends("bl") || stem.ends("iz") { return stem + Word("e".utf8) }
        if endsInDoubleConsonant(stem) {
            return "lsz".utf8.contains(stem[stem.count - 1]) ? stem : stem.dropping(1)
        }
        return measure(stem) == 1 && endsInShortSyllable(stem) ? stem + Word("e".utf8) : stem
    }

    /// Step 1c with NLTK's condition.
    private func finalY(_ word: Word) -> Word {
        guard word.ends("y") else { return word }
        let stem = word.dropping(1)
        return stem.count > 1 && isConsonant(stem)[stem.count - 1] ? stem + Word("i".utf8) : word
    }

    private static let doubleSuffixes = [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"),
        ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"),
        ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"),
        ("iviti", "ive"), ("biliti", "ble"), ("fulli", "ful"),
    ]

    /// Step 2.
    private func doubleSuffix(_ word: Word) -> Word {
        if word.ends("alli"), measure(word.dropping(4)) > 0 { return doubleSuffix(word.dropping(2)) }
        for (suffix, replacement) in Self.doubleSuffixes where word.ends(suffix) {
            let stem = word.dropping(suffix.utf8.count)
            return measure(stem) > 0 ? stem + Word(replacement.utf8) : word
        }
        // The l stays with the stem, so that short ones such as “geo” count.
        if word.ends("logi"), measure(word.dropping(3)) > 0 { return word.dropping(1) }
        return word
    }

    private static let shortSuffixes = [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
    ]

    /// Step 3.
    private func shortSuffix(_ word: Word) -> Word {
        for (suffix, replacement) in Self.shortSuffixes where word.ends(suffix) {
            let stem = word.dropping(suffix.utf8.count)
            return measure(stem) > 0 ? stem + Word(replacement.utf8) : word
        }
        return word
    }

    private static let bareSuffixes = [
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate",
        "iti", "ous", "ive", "ize",
    ]

    /// Step 4.
    private func bareSuffix(_ word: Word) -> Word {
        for suffix in Self.bareSuffixes where word.ends(suffix) {
            let stem = word.dropping(suffix.utf8.count)
            guard measure(stem) > 1 else { return word }
            return suffix == "ion" && !stem.ends("s") && !stem.ends("t") ? word : stem
        }
        return word
    }

    /// Step 5a.
    private func finalE(_ word: Word) -> Word {
        guard word.ends("e") else { return word }
        let stem = word.dropping(1)
        let count = measure(stem)
        return count > 1 || (count == 1 && !endsInShortSyllable(stem)) ? stem : word
    }

    /// Step 5b.
    private func finalL(_ word: Word) -> Word {
        word.ends("ll") && measure(word.dropping(1)) > 1 ? word.dropping(1) : word
    }

    // MARK: Conditions

    /// A y is a consonant at the beginning and after a vowel.
    private func isConsonant(_ word: Word) -> [Bool] {
        var flags: [Bool] = []
        flags.reserveCapacity(word.count)
        for letter in word {
            switch letter {
            case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"):
                flags.append(false)
            case UInt8(ascii: "y"): flags.append(!(flags.last ?? false))
            default: flags.append(true)
            }
        }
        return flags
    }

    /// The paper's m: how often a vowel is followed by a consonant.
    private func measure(_ stem: Word) -> Int {
        let flags = isConsonant(stem)
        return zip(flags, flags.dropFirst()).count { !$0 && $1 }
    }

    /// The paper's *d.
    private func endsInDoubleConsonant(_ word: Word) -> Bool {
        let last = word.count - 1
        return last >= 1 && word[last] == word[last - 1] && isConsonant(word)[last]
    }

    /// The paper's *o, and NLTK's vowel and consonant alone.
    private func endsInShortSyllable(_ word: Word) -> Bool {
        let flags = isConsonant(word)
        if word.count == 2 { return !flags[0] && flags[1] }
        guard word.count >= 3 else { return false }
        return Array(flags.suffix(3)) == [true, false, true] && !"wxy".utf8.contains(word[word.count - 1])
    }
}

extension [UInt8] {
    fileprivate func ends(_ suffix: String) -> Bool {
        count >= suffix.utf8.count && self[(count - suffix.utf8.count)...].elementsEqual(suffix.utf8)
    }

    fileprivate func dropping(_ count: Int) -> [UInt8] { Array(dropLast(count)) }
}
