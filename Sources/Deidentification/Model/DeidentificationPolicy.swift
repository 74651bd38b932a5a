/// How identifiers are replaced and when a text is held back. A site keeps its policies in `site-config/policies/`.
public struct DeidentificationPolicy: Codable, Sendable, Equatable {
    /// What takes the place of names, places and numbers.
    public enum Replacement: String, Codable, Sendable {
        /// `[NAME]`, `[PHONE]`, …
        case tags
        /// An invented value of the same kind: the same one for the same value of the same patient.
        case surrogates
    }

    /// What takes the place of dates.
    public enum Dates: String, Codable, Sendable {
        /// `[DATE]`
        case tag
        /// The year if it is written with four digits and does not tell an age over 89; else `[DATE]`.
        case year
        /// Moved by a number of days that is the same for all dates of a patient.
        case shift
    }

    /// What takes the place of ages over 89.
    public enum Ages: String, Codable, Sendable {
        /// `[AGE]`
        case tag
        /// `90+`
        case aggregate
    }

    /// What takes the place of postal codes of five digits.
    public enum PostalCodes: String, Codable, Sendable {
        /// `[LOCATION]`
        case tag
        /// The first three digits of a ZIP code; `000` where fewer than 20,000 people live in them. In Spanish texts the
        /// first two.
        case prefix
        /// The first two digits: the province in Spain, a part of a state or of the country elsewhere.
        case province
    }

    /// The languages of the clinic's texts, the most frequent first. With several, the language of each text is told from
    /// its words, and a text in none of them goes to review; with one, every text is read as that language.
    public var languages: [NoteLanguage]
    /// As used in commands and receipts.
    public var name: String
    /// Raised whenever a value of the policy changes.
    public var version: Int
    /// How names, places and numbers are replaced.
    public var replacement: Replacement
    /// How dates are replaced.
    public var dates: Dates
    /// How ages over 89 are replaced.
    public var ages: Ages
    /// How postal codes are replaced.
    public var postalCodes: PostalCodes
    /// ZIP prefixes whose areas have 20,000 people or fewer, three digits each.
    public var restrictedPrefixes: [String]
    /// The largest shift of dates in days, either way. Used only with `dates: shift`.
    public var maximumShiftDays: Int
    /// A text goes to review if the probability that nothing was overlooked is below this, by the tagger.
    public var reviewBelow: Double
    /// Longer texts are quarantined unread. Bytes of UTF-8.
    public var maximumBytes: Int
    /// Texts without a single known identifier go to review.
    public var requireKnownIdentifiers: Bool

    public init(
        name: String, version: Int, languages: [NoteLanguage] = NoteLanguage.allCases, replacement: Replacement,
        dates: Dates, ages: Ages, postalCodes: PostalCodes,
        restrictedPrefixes: [String], maximumShiftDays: Int, reviewBelow: Double, maximumBytes: Int,
        requireKnownIdentifiers: Bool
    ) {
        self.name = name
        self.version = version
        self.languages = languages
        self.replacement = replacement
        self.dates = dates
        self.ages = ages
        self.postalCodes = postalCodes
        self.restrictedPrefixes = restrictedPrefixes
        self.maximumShiftDays = maximumShiftDays
        self.reviewBelow = reviewBelow
        self.maximumBytes = maximumBytes
        self.requireKnownIdentifiers = requireKnownIdentifiers
    }
}

extension DeidentificationPolicy {
    private static var languageList: String { NoteLanguage.allCases.map(\.rawValue).joined(separator: ", ") }

    /// - Throws: ``DeidentificationError`` `.invalidPolicy` if a value is out of range.
    public func validate() throws {
        func require(_ condition: Bool, _ sentence: String) throws {
            guard condition else {
                throw DeidentificationError(.invalidPolicy, "The policy “\(name)” can't be used: \(sentence)")
            }
        }
        try require(!name.isEmpty, "it has no name.")
        try require(!languages.isEmpty, "“languages” must name at least one of: \(Self.languageList).")
        try require(
            Set(languages).count == languages.count, "“languages” names a language twice; write each one once.")
        try require(version > 0, "“version” must be 1 or more.")
        try require(
            restrictedPrefixes.allSatisfy { $0.utf8.count == 3 && $0.utf8.allSatisfy { (48...57).contains($0) } },
            "each of “restrictedPrefixes” must have three digits; quote them.")
        try require((0...3650).contains(maximumShiftDays), "“maximumShiftDays” must be 0 to 3650.")
        try require(dates != .shift || maximumShiftDays > 0, "“dates: shift” needs “maximumShiftDays” above 0.")
        try require((0...1).contains(reviewBelow), "“reviewBelow” must be 0 to 1.")
        try require((1...(1 << 26)).contains(maximumBytes), "“maximumBytes” must be 1 to 67108864.")
    }

    /// Receipts name a policy by name and version alone, so a site's own policy may not take the name of a built-in one.
    /// - Throws: ``DeidentificationError`` `.invalidPolicy` if it does and has other values, or if ``validate()`` throws.
    public func validateAsOwn() throws {
        try validate()
        guard let shipped = Self.builtIn[name], shipped != self else { return }
        throw DeidentificationError(
            .invalidPolicy,
            "The policy “\(name)” has the name of a built-in policy and other values. Give it a name of its own.")
    }
}
