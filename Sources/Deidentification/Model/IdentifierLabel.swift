/// The kinds of identifiers, after the eighteen of HIPAA's Safe Harbor rule (45 CFR 164.514(b)(2)).
public enum IdentifierLabel: String, Codable, Sendable, CaseIterable, CodingKeyRepresentable {
    case name = "NAME"
    /// Every element of a date other than a bare year.
    case date = "DATE"
    case ageOver89 = "AGE_OVER_89"
    /// Anything smaller than a state: street, city, county, ZIP code, hospital, clinic.
    case location = "LOCATION"
    /// Pagers too.
    case phone = "PHONE"
    case fax = "FAX"
    case email = "EMAIL"
    case socialSecurityNumber = "SSN"
    case medicalRecordNumber = "MRN"
    case healthPlan = "HEALTH_PLAN"
    /// Bank, card and billing accounts.
    case account = "ACCOUNT"
    case license = "LICENSE"
    case vehicle = "VEHICLE"
    case device = "DEVICE"
    case url = "URL"
    case ipAddress = "IP"
    case biometric = "BIOMETRIC"
    /// Encounters, accessions, studies, employee numbers.
    case other = "OTHER_ID"
}
