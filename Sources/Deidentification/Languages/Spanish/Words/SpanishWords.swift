/// The Spanish word lists as they are written; ``Lexicon`` compiles them into one table.
enum SpanishWords {
    /// Each list with what its words are.
    static let all: [(words: String, flags: WordFlags)] = [
        (feminineNames, .feminineName), (masculineNames, .masculineName), (surnames, .surname),
        (functionWords, .function), (commonWords, .common), (medicalWords, .medical), (eponymNouns, .eponymNoun),
        (titles, .title), (credentials, .credential), (particles, .particle), (months, .month), (weekdays, .weekday),
        (regions, .state), (countries, .country), (cities, .city), (streets, .street), (facilities, .facility),
        (genericWords, .generic), (institutions, .institution), (dwellings, .dwelling), (dateCues, .dateCue),
        (placeCues, .placeCue), (phoneCues, .phoneCue), (units, .unit), (relatives, .relative),
    ]

    static func hashes(_ list: String) -> WordSet {
        WordSet(list.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { WordHash.of($0) })
    }
}

extension Lexicon {
    /// Other words of the same name in any language: a record doesn't say in which one its notes are written.
    static func nicknames(of hash: UInt64) -> [UInt64] {
        (shared.nicknames[hash] ?? []) + (spanish.nicknames[hash] ?? [])
    }

    static let spanish = Lexicon(
        SpanishWords.all, nicknames: SpanishWords.nicknames, cityPhrases: SpanishWords.placePhrases)
}
