internal import Deidentification
internal import Foundation

/// What a column, a member or a header line can mean to us.
public enum RecordField: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
    case text
    /// The medical record number or whatever else tells patients apart.
    case patientKey
    case recordIdentifier
    case patientName
    case firstName
    case lastName
    case birthDate
    case date
    case kind
    case phone
    case email
    case address
    case city
    case postalCode
    case socialSecurityNumber
    case healthPlan
    case account
    case provider
    case facility

    /// Under which label the value is searched in the text; `nil` for values that identify nobody.
    var label: IdentifierLabel? {
        switch self {
        case .text, .kind: nil
        case .patientKey: .medicalRecordNumber
        case .recordIdentifier: .other
        case .patientName, .firstName, .lastName, .provider: .name
        case .birthDate, .date: .date
        case .phone: .phone
        case .email: .email
        case .address, .city, .postalCode, .facility: .location
        case .socialSecurityNumber: .socialSecurityNumber
        case .healthPlan: .healthPlan
        case .account: .account
        }
    }

    /// Names that exports commonly use, lower case, letters and digits only.
    var commonNames: [String] {
        switch self {
        case .text: ["report", "reporttext", "text", "note", "notetext", "narrative", "body", "content", "document"]
        case .patientKey:
            [
                "mrn", "patientmrn", "medicalrecordnumber", "medicalrecordno", "patientid", "patientidentifier",
                "patientnumber",
                "chartnumber", "subjectid", "patientmedicalrecordnumber",
            ]
        case .recordIdentifier:
            [
                "accession", "accessionnumber", "id", "reportid", "documentid", "noteid", "docid", "orderid",
                "encounterid",
            ]
        case .patientName: ["patientname", "patient", "name", "fullname", "patientfullname"]
        case .firstName: ["firstname", "givenname", "patientfirstname", "patientgivenname"]
        case .lastName: ["lastname", "familyname", "surname", "patientlastname", "patientfamilyname"]
        case .birthDate: ["birthdate", "dob", "dateofbirth", "patientdob", "patientbirthdate", "patientdateofbirth"]
        case .date:
            [
                "date", "reportdate", "servicedate", "dateofservice", "visitdate", "studydate", "examdate", "notedate",
                "when",
            ]
        case .kind: ["department", "kind", "type", "reporttype", "notetype", "specialty", "documenttype", "title"]
        case .phone: ["phone", "telephone", "phonenumber", "patientphone", "tel"]
        case .email: ["email", "mail", "emailaddress", "patientemail"]
        case .address: ["address", "street", "patientaddress", "streetaddress", "patientstreet"]
        case .city: ["city", "patientcity", "town"]
        case .postalCode: ["zip", "zipcode", "postalcode", "postcode", "patientzip"]
        case .socialSecurityNumber: ["ssn", "socialsecuritynumber", "patientssn"]
        case .healthPlan: ["insuranceid", "memberid", "healthplanid", "policynumber"]
        case .account: ["account", "accountnumber", "billingaccount"]
        case .provider:
            [
                "provider", "physician", "attending", "doctor", "author", "referringphysician", "radiologist",
                "pathologist", "surgeon",
            ]
        case .facility: ["facility", "hospital", "clinic", "site", "organization", "location"]
        }
    }

    static func plain(_ name: String) -> String {
        String(
            String.UnicodeScalarView(
                name.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) }))
    }
}
