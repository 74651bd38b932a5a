internal import Deidentification
internal import Foundation

/// Who a clinical document is about and who else is named in its header and entries.
struct CDAPeople {
    private(set) var patientKey: String?
    private(set) var collector = IdentifierCollector()

    private static let socialSecurity = "2.16.840.1.113883.4.1"
    private static let medicare = "2.16.840.1.113883.4.572"
    private static let driversLicense = "2.16.840.1.113883.4.3"

    /// Elements whose `name` is a person's, and those whose `name` is a house's. Others name drugs, devices or roles.
    private static let persons: Set<String> = [
        "patient", "assignedPerson", "associatedPerson", "guardianPerson", "informationRecipient", "relatedPerson",
        "subject", "maintainingPerson", "relatedSubject",
    ]
    private static let organizations: Set<String> = [
        "providerOrganization", "representedOrganization", "representedCustodianOrganization", "wholeOrganization",
        "scopingOrganization", "receivedOrganization", "serviceProviderOrganization", "guardianOrganization", "location",
        "healthCareFacility", "assignedCustodian", "place",
    ]
    /// Parts of a document whose addresses and numbers are about a product, not a person.
    private static let products: Set<String> = ["manufacturedProduct", "manufacturerOrganization", "playingDevice"]

    init(_ document: CDADocument) {
        let roles = document.root.name == "recordTarget" ? [document.root] : document.root.all("recordTarget")
        var keys: [String] = []
        for role in roles.flatMap({ $0.all("patientRole") }) {
            if let key = takePatient(role), !keys.contains(key) { keys.append(key) }
        }
        // Twins or a group in one document: nobody's budget can be charged for it.
        patientKey = keys.count == 1 ? keys[0] : nil
        take(document.root, isHeader: document.isWhole)
        if document.isWhole { takeDocument(document.root) }
    }

    /// - Returns: what tells this patient apart: the record number, else any other number that is nobody else's.
    private mutating func takePatient(_ role: XMLTree) -> String? {
        var records: [String] = []
        var others: [String] = []
        for id in role.all("id") where id["nullFlavor"] == nil {
            guard let number = id["extension"], !number.isEmpty else {
                // Some systems put a UUID in the root and nothing else.
                if let root = id["root"], root.contains("-") { others.append(root) }
                continue
            }
            let label = Self.label(root: id["root"] ?? "")
            collector.add(number, label)
            if label == .medicalRecordNumber { records.append(number) } else if label == .other { others.append(number) }
        }
        for patient in role.all("patient") {
            for element in ["birthTime", "deceasedTime"].flatMap(patient.all) {
                collector.add(DateForm.day(element["value"]), .date)
            }
        }
        return records.first ?? others.first
    }

    private static func label(root: String) -> IdentifierLabel {
        switch root {
        case socialSecurity: .socialSecurityNumber
        case medicare: .healthPlan
        case driversLicense: .license
        default: root.hasPrefix("\(driversLicense).") ? .license : .medicalRecordNumber
        }
    }

    private mutating func takeDocument(_ root: XMLTree) {
        for name in ["id", "setId"] { takeNumber(root.first(name)) }
        collector.add(Self.day(root.first("effectiveTime")), .date)
        let encounters = root.all("componentOf").flatMap { $0.all("encompassingEncounter") }
        for encounter in encounters {
            for id in encounter.all("id") { takeNumber(id) }
            guard let time = encounter.first("effectiveTime") else { continue }
            for element in [time, time.first("low"), time.first("high")].compactMap({ $0 }) {
                collector.add(Self.day(element), .date)
            }
        }
        for order in root.all("inFulfillmentOf").flatMap({ $0.all("order") }) {
            for id in order.all("id") { takeNumber(id) }
        }
    }

    /// Short numbers of documents and staff are left out: they would be found everywhere in a text.
    private mutating func takeNumber(_ id: XMLTree?) {
        guard let number = id?["extension"], number.unicodeScalars.count >= 5 else { return }
        collector.add(number, .other)
    }

    /// The day of a point in time; times to the minute say no more about a patient.
    static func day(_ element: XMLTree?) -> String? {
        guard let value = element?["value"], value.utf8.count >= 8 else { return nil }
        return DateForm.day(value)
    }

    /// Names, addresses and telecoms wherever they stand.
    private mutating func take(_ element: XMLTree, isHeader: Bool) {
        for child in element.elements {
            if Self.products.contains(child.name) { continue }
            switch child.name {
            case "name": takeName(child, of: element.name)
            case "addr": takeAddress(child)
            case "telecom": takeTelecom(child["value"])
            case "id" where isHeader && element.name.hasPrefix("assigned"): takeNumber(child)
            // The narrative is the text itself.
            case "text": continue
            default: take(child, isHeader: isHeader && child.name != "component")
            }
        }
    }

    private mutating func takeName(_ name: XMLTree, of owner: String) {
        if Self.organizations.contains(owner) { return collector.add(name.phrase, .location) }
        guard Self.persons.contains(owner) else { return }
        let given = name.all("given").compactMap(\.phrase)
        let families = name.all("family").compactMap(\.phrase)
        guard !given.isEmpty || !families.isEmpty else { return collector.addName(display: name.phrase) }
        // Two surnames (Spanish and Portuguese usage) stand in two elements.
        collector.addName(family: families.isEmpty ? nil : families.joined(separator: " "), given: given)
        for family in families { collector.add(family, .name) }
        for other in given.dropFirst() where other.unicodeScalars.count > 2 { collector.add(other, .name) }
    }

    private mutating func takeAddress(_ address: XMLTree) {
        for part in address.elements {
            switch part.name {
            case "streetAddressLine", "streetName", "city", "postalCode", "precinct", "additionalLocator", "careOf":
                collector.add(part.phrase, .location)
            default: break
            }
        }
        if address.elements.first(where: { _ in true }) == nil { collector.add(address.phrase, .location) }
    }

    /// `tel:+1-555-0100;ext=2`, `mailto:a@b`, `http://…`
    private mutating func takeTelecom(_ value: String?) {
        guard let value, !value.isEmpty else { return }
        let parts = value.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return collector.add(value, value.contains("@") ? .email : .phone) }
        let number = parts[1].split(separator: ";").first.map(String.init) ?? parts[1]
        switch parts[0].lowercased() {
        case "tel": collector.add(number, .phone)
        case "fax": collector.add(number, .fax)
        case "mailto": collector.add(number, .email)
        case "http", "https", "ftp": collector.add(value, .url)
        default: collector.add(number, .other)
        }
    }
}
