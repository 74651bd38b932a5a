internal import Deidentification

/// What a class of a published token classifier means in the label scheme.
struct TokenClass: Sendable, Equatable {
    /// `nil`: what is no identifier under Safe Harbor, such as a profession.
    var label: IdentifierLabel?
    /// Whether a word of this class begins a span of its own (`B-`, `U-`, `S-`).
    var begins: Bool

    var isOutside: Bool { label == nil }

    /// - Parameter name: as in `id2label`: a class, alone or behind the prefix of a BIO, BILOU or BIOES scheme.
    init?(name: String) {
        var name = name.uppercased()
        begins = false
        if name.utf8.count > 2, let prefix = name.first, "BILUESMV".contains(prefix),
            let separator = name.dropFirst().first, separator == "-" || separator == "_"
        {
            begins = "BUSV".contains(prefix)
            name = String(name.dropFirst(2))
        }
        name = name.filter { $0.isLetter || $0.isNumber }
        if Self.permitted.contains(name) { return }
        guard let label = Self.labels[name] else { return nil }
        self.label = label
    }

    private static let permitted: Set<String> = ["O", "PROFESSION", "STATE", "COUNTRY", "GENDER", "SEX", "TITLE"]

    private static let labels: [String: IdentifierLabel] = {
        let names: [(IdentifierLabel, String)] = [
            (
                .name,
                "NAME PATIENT DOCTOR STAFF HCW PERSON PER USERNAME FIRSTNAME LASTNAME MIDDLENAME CLINICIAN RELATIVE"
            ),
            (
                .location,
                "LOCATION LOC HOSPITAL HOSP CITY STREET ADDRESS ZIP ZIPCODE COUNTY ORGANIZATION ORG PATORG VENDOR GPE"
            ),
            (.date, "DATE DATETIME DOB BIRTHDATE"), (.ageOver89, "AGE"),
            (.phone, "PHONE TELEPHONE PHONENUMBER CONTACT"),
            (.fax, "FAX"), (.email, "EMAIL"), (.socialSecurityNumber, "SSN"),
            (.medicalRecordNumber, "MRN MEDICALRECORD"), (.healthPlan, "HEALTHPLAN INSURANCE"),
            (.account, "ACCOUNT CREDITCARD IBAN"), (.license, "LICENSE"), (.vehicle, "VEHICLE"), (.device, "DEVICE"),
            (.url, "URL WEB"), (.ipAddress, "IP IPADDR IPADDRESS"), (.biometric, "BIOID BIOMETRIC"),
            (.other, "ID IDNUM OTHER OTHERPHI OTHERID UNIQUE MISC"),
        ]
        var labels: [String: IdentifierLabel] = [:]
        for (label, words) in names { for word in words.split(separator: " ") { labels[String(word)] = label } }
        return labels
    }()
}
