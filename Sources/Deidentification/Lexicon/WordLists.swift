/// The word lists as they are written; ``Lexicon`` compiles them into one table.
enum WordLists {
    /// Each list with what its words are.
    static let all: [(words: String, flags: WordFlags)] = [
        (feminineNames, .feminineName), (feminineNamesAmerican, .feminineName), (feminineNamesWorld, .feminineName),
        (masculineNames, .masculineName), (masculineNamesAmerican, .masculineName),
        (masculineNamesWorld, .masculineName), (surnames, .surname), (surnamesAmerican, .surname),
        (surnamesWorld, .surname),
        (functionWords, .function), (commonWords, .common), (clinicalProse, .common),
        (clinicalProseRest, .common), (ambiguousWords, .common), (medicalWords, .medical), (medicalTerms, .medical),
        (medicalBrands, .medical), (medicalDevices, .medical), (medicalTests, .medical), (medicalEponyms, .medical),
        (medicalOrganisms, .medical),
        (eponymNouns, .eponymNoun),
        (titles, .title), (credentials, .credential), (particles, .particle), (months, .month), (weekdays, .weekday),
        (states, .state), (stateCodes, .stateCode), (countries, .country), (cities, .city), (towns, .city),
        (streets, .street),
        (facilities, .facility), (genericWords, .generic), (institutions, .institution), (dwellings, .dwelling),
        (personVerbs, .personVerb), (dateCues, .dateCue), (placeCues, .placeCue), (phoneCues, .phoneCue),
        (units, .unit), (relatives, .relative),
    ]
}
