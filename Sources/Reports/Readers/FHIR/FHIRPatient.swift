internal import Deidentification
internal import Foundation

/// Who a FHIR document is about and who else is named in it.
struct FHIRPatient {
    private let context: FHIRContext
    private let document: JSONTree
    private let path: String
    private(set) var patientKey: String?
    private(set) var collector = IdentifierCollector()

    init(of document: JSONTree, path: String, in context: FHIRContext) {
        self.context = context
        self.document = document
        self.path = path
        resolvePatient()
        collectDocument()
    }

    /// Follows subject → patient, through encounters and merged patients. Every reference is visited once, so a cycle ends.
    private mutating func resolvePatient() {
        var queue = references(of: document)
        var visited: Set<String> = []
        var fallback: String?
        while !queue.isEmpty, visited.count < 100 {
            let reference = queue.removeFirst()
            if let identifier = reference["identifier"] {
                take(identifier: identifier, usedAsKey: true, fallback: &fallback)
            }
            collector.addName(display: reference["display"]?.text)
            guard let target = reference["reference"]?.text, visited.insert(target).inserted else { continue }
            guard let entry = context.resolve(target, in: document, at: path) else {
                // The patient is not in this file, but the server's own id still tells patients apart.
                if fallback == nil, let relative = FHIRContext.relative(target), relative.hasPrefix("Patient/") {
                    fallback = relative
                }
                continue
            }
            switch entry.resource["resourceType"]?.text {
            case "Patient":
                take(patient: entry.resource, fallback: &fallback)
                let merged = (entry.resource["link"]?.elements ?? []).filter { $0["type"]?.text == "replaced-by" }
                queue += merged.compactMap { $0["other"] }
                // The surviving record's number is the patient's number.
                if !merged.isEmpty { patientKey = nil }
            case "Encounter": queue += references(of: entry.resource)
            default: break
            }
        }
        patientKey = patientKey ?? fallback
    }

    private func references(of resource: JSONTree) -> [JSONTree] {
        var found: [JSONTree] = []
        // R4 has one subject of a Composition, R5 a list; a Binary names its patient as the context of its protection.
        for key in ["subject", "patient", "securityContext"] {
            guard let reference = resource[key] else { continue }
            found += reference.elements.isEmpty ? [reference] : reference.elements
        }
        // R4 has context.encounter, R5 context as a list, DiagnosticReport encounter.
        found += resource["context"]?["encounter"]?.elements ?? []
        found += resource["context"]?.elements ?? []
        if let encounter = resource["encounter"], case .object = encounter { found.append(encounter) }
        return found
    }

    private mutating func take(patient: JSONTree, fallback: inout String?) {
        for identifier in patient["identifier"]?.elements ?? [] where Self.isRecordNumber(identifier) {
            take(identifier: identifier, usedAsKey: true, fallback: &fallback)
        }
        for identifier in patient["identifier"]?.elements ?? [] {
            let label = Self.label(identifier)
            take(
                identifier: identifier, usedAsKey: label == .medicalRecordNumber || label == .other, fallback: &fallback
            )
        }
        if fallback == nil, let id = patient["id"]?.text, !id.isEmpty { fallback = "Patient/\(id)" }
        take(person: patient)
        for key in ["birthDate", "deceasedDateTime"] { collector.add(DateForm.day(patient[key]?.text), .date) }
        for contact in patient["contact"]?.elements ?? [] { take(person: contact) }
        take(display: patient["managingOrganization"], .location)
    }

    /// Names, telecom and addresses, which patients, contacts and practitioners all have.
    private mutating func take(person: JSONTree) {
        let names = person["name"].map { name in name.elements.isEmpty ? [name] : name.elements } ?? []
        for name in names {
            collector.addName(family: name["family"]?.text, given: (name["given"]?.elements ?? []).compactMap(\.text))
            collector.addName(display: name["text"]?.text)
        }
        for telecom in person["telecom"]?.elements ?? [] {
            let label: IdentifierLabel =
                switch telecom["system"]?.text {
                case "email": .email
                case "fax": .fax
                case "url": .url
                default: .phone
                }
            collector.add(telecom["value"]?.text, label)
        }
        let addresses =
            person["address"].map { address in address.elements.isEmpty ? [address] : address.elements } ?? []
        for address in addresses {
            for line in address["line"]?.elements ?? [] { collector.add(line.text, .location) }
            for key in ["city", "district", "postalCode", "text"] { collector.add(address[key]?.scalar, .location) }
        }
    }

    private mutating func take(identifier: JSONTree, usedAsKey: Bool, fallback: inout String?) {
        guard let value = identifier["value"]?.scalar, !value.isEmpty else { return }
        let label = Self.label(identifier)
        collector.add(value, label == .other && usedAsKey ? .medicalRecordNumber : label)
        if usedAsKey, patientKey == nil { patientKey = value }
    }

    private mutating func collectDocument() {
        for key in ["performer", "resultsInterpreter", "author"] {
            for person in document[key]?.elements ?? [] { takeStaff(person) }
        }
        if let authenticator = document["authenticator"] { takeStaff(authenticator) }
        for attester in document["attester"]?.elements ?? [] {
            if let party = attester["party"] { takeStaff(party) }
        }
        take(display: document["custodian"], .location)
        for key in ["effectiveDateTime", "issued", "date"] { collector.add(DateForm.day(document[key]?.text), .date) }
        // R4 has one identifier of a Composition, R5 a list.
        let identifiers = document["identifier"].map { $0.elements.isEmpty ? [$0] : $0.elements } ?? []
        let own = identifiers + [document["masterIdentifier"]].compactMap { $0 }
        for identifier in own { collector.add(identifier["value"]?.scalar, .other) }
    }

    private mutating func takeStaff(_ reference: JSONTree) {
        collector.addName(display: reference["display"]?.text)
        guard let target = reference["reference"]?.text, let entry = context.resolve(target, in: document, at: path)
        else { return }
        switch entry.resource["resourceType"]?.text {
        case "Organization": collector.add(entry.resource["name"]?.text, .location)
        case "PractitionerRole":
            take(person: entry.resource)
            take(display: entry.resource["organization"], .location)
            guard let practitioner = entry.resource["practitioner"] else { return }
            collector.addName(display: practitioner["display"]?.text)
            if let target = practitioner["reference"]?.text,
                let person = context.resolve(target, in: document, at: path)
            {
                take(person: person.resource)
            }
        default: take(person: entry.resource)
        }
    }

    private mutating func take(display reference: JSONTree?, _ label: IdentifierLabel) {
        guard let reference else { return }
        collector.add(reference["display"]?.text, label)
        if let target = reference["reference"]?.text, let entry = context.resolve(target, in: document, at: path) {
            collector.add(entry.resource["name"]?.text, label)
        }
    }

    private static func typeCode(_ identifier: JSONTree) -> String {
        (identifier["type"]?["coding"]?.elements ?? []).compactMap { $0["code"]?.text }.first?.uppercased() ?? ""
    }

    private static func isRecordNumber(_ identifier: JSONTree) -> Bool {
        typeCode(identifier) == "MR" || (identifier["system"]?.text ?? "").lowercased().contains("mrn")
    }

    private static func label(_ identifier: JSONTree) -> IdentifierLabel {
        if isRecordNumber(identifier) { return .medicalRecordNumber }
        if (identifier["system"]?.text ?? "").contains("us-ssn") { return .socialSecurityNumber }
        switch typeCode(identifier) {
        case "SS", "SB": return .socialSecurityNumber
        case "DL", "PPN": return .license
        case "MB", "MC", "MA", "SN", "NH": return .healthPlan
        case "AN": return .account
        case "PI", "PT": return .medicalRecordNumber
        default: return .other
        }
    }
}
