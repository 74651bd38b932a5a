/// Which rule proposed a candidate, for the stages that weigh the proposals.
///
/// The raw values are stable: a trained tagger reads them as features. A rule that goes leaves its value unused.
enum RuleKind: UInt8, Sendable, CaseIterable {
    case unspecified = 0

    // MARK: Names
    /// Behind `Dr.`, `Mr.` and the like.
    case titledName = 1
    /// Before a degree: `Jane Roe, MD`.
    case credentialedName = 2
    /// Behind a heading or a phrase that names someone: `Patient Name:`, `dictated by`.
    case cuedName = 3
    /// Behind a word that may name someone: `patient Roe`.
    case weaklyCuedName = 4
    /// Given name and surname, or surname and given name, of the lists.
    case listedPair = 5
    /// One word of the list of given names.
    case listedGivenName = 6
    /// One word of the list of surnames.
    case listedSurname = 7
    /// A listed name beside a word in no list.
    case partlyListedName = 8
    /// By its form and place alone.
    case unlistedName = 9
    /// Two listed names in lower case.
    case lowerCaseName = 10
    /// Initials in a place where a person stands: `/JS`, `by mlk`.
    case initials = 11
    /// A word that is a name elsewhere in the text.
    case repeatedName = 12
    /// A user name or the handle of a person.
    case handle = 13

    // MARK: Places
    case street = 20
    /// Behind `Address:`.
    case cuedAddress = 21
    case postalCode = 22
    /// Suite, apartment, post box, and the lines around.
    case dwelling = 23
    case facility = 24
    case letterhead = 25
    case listedCity = 26
    case cityWithState = 27
    case cuedPlace = 28
    /// Room, bed, ward.
    case room = 29
    case institution = 30
    case county = 31
    /// Street and number in the order of Europe and Latin America.
    case foreignStreet = 32

    // MARK: Dates and ages
    case fullDate = 40
    /// Without a day or without a year.
    case partialDate = 41
    /// `3/4` behind a word such as “on”.
    case monthAndDay = 42
    case bareMonth = 43
    /// Weekdays and holidays.
    case namedDay = 44
    case age = 45
    case time = 46

    // MARK: Numbers
    /// Behind a word that announces the identifier.
    case cuedIdentifier = 50
    case cuedPhone = 51
    /// A number in the form of a telephone number, without a word for it.
    case shapedPhone = 52
    case shapedNumber = 53
    /// With a right check digit: card, VIN, NPI, DEA.
    case checkedNumber = 54
    /// Letters and digits mixed.
    case mixedIdentifier = 55

    // MARK: Networks
    case email = 60
    case url = 61
    case ipAddress = 62
    case hardwareAddress = 63

    // MARK: The record
    case knownName = 70
    case knownDate = 71
    case knownNumber = 72
    case knownPlace = 73
}
