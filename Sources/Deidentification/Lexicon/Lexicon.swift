/// All word lists in one table from the hash of the folded word to its flags: one look-up a word.
struct Lexicon: Sendable {
    /// Built once, on first use.
    static let shared = Lexicon(
        WordLists.all, nicknames: WordLists.nicknames,
        cityPhrases: WordLists.cityPhrases + "|" + WordLists.townPhrases)

    /// Open addressing by the hashes themselves, which are spread evenly already; 0 marks an empty slot.
    private let slots: [(hash: UInt64, flags: WordFlags)]
    private let mask: Int
    /// Other words of the same name: `robert` to `bob`, `rob`; and back.
    let nicknames: [UInt64: [UInt64]]
    /// Of each nickname, the first full name it is listed with; and the length of each full name.
    private let fullNames: [UInt64: UInt64]
    private let lengths: [UInt64: Int]
    /// Words of each city of several words, by the hash of the first.
    let cityPhrases: [UInt64: [[UInt64]]]

    /// - Parameters:
    ///   - lists: words with a blank or a line break between them.
    ///   - nicknames: `robert:bob,rob`, in the same way.
    ///   - cityPhrases: cities of several words, with a bar between them.
    init(_ lists: [(words: String, flags: WordFlags)], nicknames: String, cityPhrases: String) {
        var flags: [UInt64: WordFlags] = [:]
        flags.reserveCapacity(32_768)
        for list in lists {
            for word in list.words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                flags[WordHash.of(word), default: []].formUnion(list.flags)
            }
        }
        var size = 1024
        while size < flags.count * 3 { size *= 2 }
        var slots = [(hash: UInt64, flags: WordFlags)](repeating: (0, []), count: size)
        for (hash, value) in flags where hash != 0 {
            var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (size - 1)
            while slots[slot].hash != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = (hash, value)
        }
        self.slots = slots
        mask = size - 1

        var byWord: [UInt64: [UInt64]] = [:]
        var fullNames: [UInt64: UInt64] = [:]
        var lengths: [UInt64: Int] = [:]
        for entry in nicknames.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            let halves = entry.split(separator: ":")
            guard halves.count == 2 else { continue }
            let full = WordHash.of(halves[0])
            lengths[full] = halves[0].count
            for short in halves[1].split(separator: ",") {
                byWord[full, default: []].append(WordHash.of(short))
                byWord[WordHash.of(short), default: []].append(full)
                if fullNames[WordHash.of(short)] == nil { fullNames[WordHash.of(short)] = full }
            }
        }
        self.nicknames = byWord
        // A name that has nicknames of its own is no nickname: “Alexandra” and “Sandra”.
        self.fullNames = fullNames.filter { lengths[$0.key] == nil }
        self.lengths = lengths

        var phrases: [UInt64: [[UInt64]]] = [:]
        for phrase in cityPhrases.split(separator: "|") {
            let words = phrase.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "." || $0 == "-" }).map {
                WordHash.of($0)
            }
            guard let first = words.first else { continue }
            phrases[first, default: []].append(words)
        }
        self.cityPhrases = phrases.mapValues { $0.sorted { $0.count > $1.count } }
    }

    /// The full name of a nickname: `robert` for `bob`.
    func fullName(of hash: UInt64) -> UInt64? { fullNames[hash] }

    /// How many letters a full name with nicknames has.
    func length(of hash: UInt64) -> Int? { lengths[hash] }

    func flags(of hash: UInt64) -> WordFlags {
        var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & mask
        while slots[slot].hash != 0 {
            if slots[slot].hash == hash { return slots[slot].flags }
            slot = (slot + 1) & mask
        }
        return []
    }

    /// Whether a word (folded, lower case) ends as medical nouns and English adverbs, participles and abstract nouns
    /// do.
    /// Names rarely do; those that do are in the name lists, which are asked first.
    static func looksOrdinary(_ folded: ArraySlice<UInt32>) -> Bool {
        guard folded.count >= 5 else { return false }
        return endings.contains { ending in
            folded.count >= ending.count + 2 && folded.suffix(ending.count).elementsEqual(ending)
        }
    }

    private static let endings: [[UInt32]] = """
        itis osis emia oma ectomy otomy ostomy plasty scopy graphy gram pathy algia uria cillin mycin azole
        pril sartan olol
        statin mab tinib tion tions sion sions ment ments ness ity ities ical ous ing ings ly ated ized ised
        ally able ible
        ance ence ancy ency ology ologist ologic opathic phagia pnea rrhea cyte cytes amide amine oxide idine apine epam
        zepam oxacin vir caine setron gliptin glutide parin prazole tidine philia phobia plegia paresis sclerosis
        trophy therapy metry otic etic istic ative ative ized ful less ship wise ward wards ists ism
        """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { $0.unicodeScalars.map(\.value) }
}
