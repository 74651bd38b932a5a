/// The specialties that the sample reports know.
public enum Specialty: String, Sendable, Hashable, Codable, CaseIterable {
    case cardiology
    case orthopedics
    case pathology
    case familyMedicine = "family-medicine"

    /// - Throws: ``ReportsError`` `.unknownSpecialty`, naming the known ones.
    public init(named name: String) throws {
        guard let specialty = Specialty(rawValue: name.lowercased()) else {
            let known = Specialty.allCases.map(\.rawValue).joined(separator: ", ")
            throw ReportsError(
                .unknownSpecialty, "There are no sample reports for this specialty. Choose one of: \(known).")
        }
        self = specialty
    }

    var phrases: SpecialtyPhrases {
        switch self {
        case .cardiology: .cardiology
        case .orthopedics: .orthopedics
        case .pathology: .pathology
        case .familyMedicine: .familyMedicine
        }
    }
}
