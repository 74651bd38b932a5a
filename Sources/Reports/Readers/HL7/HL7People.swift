internal import Deidentification
internal import Foundation

/// What the segments of a message say about the patient, contacts and staff.
struct HL7People {
    private let message: HL7Message
    private(set) var patientKey: String?
    private(set) var collector = IdentifierCollector()

    init(_ message: HL7Message) { self.message = message }

    /// Takes over whatever identifies somebody in this segment.
    mutating func take(_ segment: HL7Segment) {
        switch segment.name {
        case "MSH": collector.add(message.components(segment.raw(4)).first, .location)
        case "PID": takePatient(segment)
        case "NK1":
            names(segment.raw(2))
            addresses(segment.raw(4))
            for number in [5, 6] { phones(segment.raw(number)) }
            names(segment.raw(30))
        case "PV1":
            for number in [7, 8, 9, 17, 52] { staff(segment.raw(number)) }
            identifier(segment.raw(19), .other)
        case "GT1":
            names(segment.raw(3))
            addresses(segment.raw(5))
            for number in [6, 7] { phones(segment.raw(number)) }
            identifier(segment.raw(12), .socialSecurityNumber)
        case "IN1":
            identifier(segment.raw(36), .healthPlan)
            identifier(segment.raw(49), .healthPlan)
            names(segment.raw(16))
        case "ORC": for number in [10, 11, 12, 19] { staff(segment.raw(number)) }
        case "OBR":
            for number in [2, 3] { identifier(segment.raw(number), .other) }
            for number in [10, 16, 28] { staff(segment.raw(number)) }
            for number in [32, 33, 34, 35] { interpreter(segment.raw(number)) }
            for number in [7, 22] { date(segment.raw(number)) }
        case "OBX": staff(segment.raw(16))
        case "TXA":
            for number in [5, 9, 10, 11, 22] { staff(segment.raw(number)) }
            for number in [12, 13, 14, 15] { identifier(segment.raw(number), .other) }
            for number in [4, 6, 7] { date(segment.raw(number)) }
        default: break
        }
    }

    private mutating func takePatient(_ segment: HL7Segment) {
        var candidates: [(type: String, value: String)] = []
        for number in [3, 2, 4] {
            for repetition in message.repetitions(segment.raw(number)) {
                let parts = message.components(repetition)
                guard let value = parts.first, !value.isEmpty else { continue }
                let type = parts.count > 4 ? parts[4].uppercased() : ""
                candidates.append((type, value))
                collector.add(value, label(type))
            }
        }
        let strength = ["MR", "MRN", "PI", "PT", "PN", ""]
        let usable = candidates.filter { label($0.type) == .medicalRecordNumber }
        // The assigning authority is left out on purpose: the same patient in two exports must be one patient.
        patientKey =
            strength.lazy.compactMap { type in usable.first { $0.type == type }?.value }.first ?? usable.first?.value
            ?? candidates.first?.value
        for number in [5, 6, 9] { names(segment.raw(number)) }
        date(segment.raw(7))
        addresses(segment.raw(11))
        for number in [13, 14, 40] { phones(segment.raw(number)) }
        identifier(segment.raw(18), .account)
        identifier(segment.raw(19), .socialSecurityNumber)
        identifier(segment.raw(20), .license)
        identifier(segment.raw(23), .location)
    }

    private func label(_ type: String) -> IdentifierLabel {
        switch type {
        case "SS": .socialSecurityNumber
        case "DL", "LN", "DN": .license
        case "AN", "ANC", "BA": .account
        case "MA", "MB", "MC", "NH", "SN", "HC", "NI": .healthPlan
        case "VN", "VS", "FI": .other
        default: .medicalRecordNumber
        }
    }

    private mutating func identifier(_ field: ArraySlice<UInt8>, _ label: IdentifierLabel) {
        for repetition in message.repetitions(field) { collector.add(message.components(repetition).first, label) }
    }

    private mutating func date(_ field: ArraySlice<UInt8>) {
        collector.add(DateForm.day(message.components(field).first), .date)
    }

    /// XPN: family (its first subcomponent), given, further given names.
    private mutating func names(_ field: ArraySlice<UInt8>) {
        for repetition in message.repetitions(field) {
            name(repetition.split(separator: message.delimiters.component, omittingEmptySubsequences: false))
        }
    }

    private mutating func name(_ parts: [ArraySlice<UInt8>]) {
        guard let family = parts.first else { return }
        let given = parts.dropFirst().prefix(2).map(message.plain)
        collector.addName(family: message.subcomponents(family).first, given: Array(given))
    }

    /// XCN: a number, then a name. The number is searched too.
    private mutating func staff(_ field: ArraySlice<UInt8>) {
        for repetition in message.repetitions(field) {
            let parts = repetition.split(separator: message.delimiters.component, omittingEmptySubsequences: false)
            let number = parts.first.map(message.plain) ?? ""
            // Some systems put a plain name here.
            if parts.count == 1 {
                if number.unicodeScalars.contains(where: { ("0"..."9").contains($0) }) {
                    collector.add(number, .other)
                } else {
                    collector.addName(display: number)
                }
                continue
            }
            collector.add(number, .other)
            name(Array(parts.dropFirst()))
        }
    }

    /// NDL: number, family and given name as subcomponents of the first component.
    private mutating func interpreter(_ field: ArraySlice<UInt8>) {
        for repetition in message.repetitions(field) {
            guard
                let first = repetition.split(separator: message.delimiters.component, omittingEmptySubsequences: false)
                    .first
            else { continue }
            let parts = message.subcomponents(first)
            guard parts.count > 1 else { continue }
            collector.add(parts[0], .other)
            collector.addName(family: parts[1], given: Array(parts.dropFirst(2).prefix(2)))
        }
    }

    /// XAD: street, other designation, city, state, ZIP. States alone identify nobody (Safe Harbor).
    private mutating func addresses(_ field: ArraySlice<UInt8>) {
        for repetition in message.repetitions(field) {
            let parts = repetition.split(separator: message.delimiters.component, omittingEmptySubsequences: false)
            if let street = parts.first { collector.add(message.subcomponents(street).first, .location) }
            for index in [1, 2, 4] where parts.indices.contains(index) {
                collector.add(message.plain(parts[index]), .location)
            }
        }
    }

    /// XTN: the number as one string, or an address, or area code and local number.
    private mutating func phones(_ field: ArraySlice<UInt8>) {
        for repetition in message.repetitions(field) {
            let parts = message.components(repetition)
            let isFax = parts.count > 2 && parts[2].uppercased() == "FX"
            collector.add(parts.first, isFax ? .fax : .phone)
            if parts.count > 3, parts[3].contains("@") { collector.add(parts[3], .email) }
            if parts.count > 6, !parts[5].isEmpty, !parts[6].isEmpty {
                collector.add("\(parts[5])-\(parts[6])", isFax ? .fax : .phone)
            }
        }
    }
}
