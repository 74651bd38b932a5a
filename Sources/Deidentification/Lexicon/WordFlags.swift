/// What the word lists say about a word. A word can be several things: “May” is a month, a given name and a verb.
struct WordFlags: OptionSet, Sendable {
    let rawValue: UInt32

    static let feminineName = WordFlags(rawValue: 1 << 0)
    static let masculineName = WordFlags(rawValue: 1 << 1)
    static let surname = WordFlags(rawValue: 1 << 2)
    /// An ordinary English word that is also seen with a capital: at the start of a sentence, in a heading.
    static let common = WordFlags(rawValue: 1 << 3)
    /// Articles, pronouns, prepositions, auxiliaries: never a part of a name, whatever stands before them.
    static let function = WordFlags(rawValue: 1 << 4)
    /// Drugs, eponyms, organisms, anatomy, abbreviations of medicine.
    static let medical = WordFlags(rawValue: 1 << 5)
    static let title = WordFlags(rawValue: 1 << 6)
    static let credential = WordFlags(rawValue: 1 << 7)
    static let particle = WordFlags(rawValue: 1 << 8)
    static let month = WordFlags(rawValue: 1 << 9)
    static let weekday = WordFlags(rawValue: 1 << 10)
    static let state = WordFlags(rawValue: 1 << 11)
    static let stateCode = WordFlags(rawValue: 1 << 12)
    static let country = WordFlags(rawValue: 1 << 13)
    static let city = WordFlags(rawValue: 1 << 14)
    static let street = WordFlags(rawValue: 1 << 15)
    /// The noun that ends a facility's name: Hospital, Clinic, Center.
    static let facility = WordFlags(rawValue: 1 << 16)
    /// Words that describe a facility or a department without naming it: Medical, Emergency, General.
    static let generic = WordFlags(rawValue: 1 << 17)
    /// Well-known institutions that have no facility noun: Mayo, UCLA.
    static let institution = WordFlags(rawValue: 1 << 18)
    /// The noun after an eponym: disease, sign, catheter.
    static let eponymNoun = WordFlags(rawValue: 1 << 19)
    /// Verbs that have a person as their subject: denies, presented.
    static let personVerb = WordFlags(rawValue: 1 << 20)
    static let dateCue = WordFlags(rawValue: 1 << 21)
    /// Verbs and nouns before a place: lives, moved, resident.
    static let placeCue = WordFlags(rawValue: 1 << 22)
    static let phoneCue = WordFlags(rawValue: 1 << 23)
    /// A unit or a noun behind a number that makes it a measurement.
    static let unit = WordFlags(rawValue: 1 << 24)
    static let relative = WordFlags(rawValue: 1 << 25)
    /// Suite, Apartment, Unit: the next token is part of an address.
    static let dwelling = WordFlags(rawValue: 1 << 26)

    static let givenName: WordFlags = [.feminineName, .masculineName]
    static let anyName: WordFlags = [.feminineName, .masculineName, .surname]
    /// Known to be something else than a name.
    static let ordinary: WordFlags = [
        .common, .function, .medical, .title, .credential, .month, .weekday, .state, .country, .street, .facility,
        .generic, .eponymNoun, .personVerb, .dateCue, .placeCue, .phoneCue, .unit, .relative, .dwelling,
    ]

    func has(_ other: WordFlags) -> Bool { rawValue & other.rawValue != 0 }
}
