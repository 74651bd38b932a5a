extension DeidentificationPolicy {
    /// The three-digit ZIP areas with 20,000 people or fewer by the Census of 2000, as the Office for Civil Rights
    /// lists them.
    public static let censusRestrictedPrefixes = [
        "036", "059", "063", "102", "203", "556", "692", "790", "821", "823", "830", "831", "878", "879", "884", "890",
        "893",
    ]

    /// The default: tags, years only, `90+`, ZIP prefixes, as the Safe Harbor rule permits.
    public static let safeHarbor = DeidentificationPolicy(
        name: "safe-harbor", version: 2, replacement: .tags, dates: .year, ages: .aggregate, postalCodes: .prefix,
        restrictedPrefixes: censusRestrictedPrefixes, maximumShiftDays: 0, reviewBelow: 0.1, maximumBytes: 1 << 20,
        requireKnownIdentifiers: false)

    /// Surrogates and shifted dates. Shifted dates keep month and day, so this is not Safe Harbor: it needs an expert's
    /// determination or a data use agreement for a limited data set.
    public static let limitedDataSet = DeidentificationPolicy(
        name: "limited-data-set", version: 2, replacement: .surrogates, dates: .shift, ages: .aggregate,
        postalCodes: .prefix, restrictedPrefixes: censusRestrictedPrefixes, maximumShiftDays: 365, reviewBelow: 0.1,
        maximumBytes: 1 << 20, requireKnownIdentifiers: false)

    /// For clinics under the GDPR: surrogates, shifted dates, of places no more than the province. The result is
    /// pseudonymized (Article 4(5)), so it is still personal data; whether it counts as anonymous is for the controller
    /// to judge by Recital 26.
    public static let gdpr = DeidentificationPolicy(
        name: "gdpr", version: 1, replacement: .surrogates, dates: .shift, ages: .aggregate, postalCodes: .province,
        restrictedPrefixes: censusRestrictedPrefixes, maximumShiftDays: 365, reviewBelow: 0.1, maximumBytes: 1 << 20,
        requireKnownIdentifiers: false)

    /// The policies every program knows without a file, by name.
    public static let builtIn: [String: DeidentificationPolicy] = [
        safeHarbor.name: safeHarbor, limitedDataSet.name: limitedDataSet, gdpr.name: gdpr,
    ]
}
