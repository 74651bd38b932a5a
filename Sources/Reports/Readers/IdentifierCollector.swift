internal import Deidentification
internal import Foundation

/// Gathers what a record says about people, once each and in a stable order.
struct IdentifierCollector {
    private(set) var identifiers: [KnownIdentifier] = []
    private var seen: Set<KnownIdentifier> = []

    mutating func add(_ value: String?, _ label: IdentifierLabel) {
        guard let value = value?.trimmingCharacters(in: .whitespacesAndNewlines) else { return }
        // One character or an HL7 null identifies nobody, and searching for it would blank the whole text.
        guard value.unicodeScalars.count > 1, value != "\"\"" else { return }
        let identifier = KnownIdentifier(value: value, label: label)
        if seen.insert(identifier).inserted { identifiers.append(identifier) }
    }

    /// A name in the orders in which reports write it: “Given Family”, “Given M. Family”, “Family, Given”, “Family, Given M.”,
    /// and the family and given names alone.
    mutating func addName(family: String?, given: [String], prefix: String? = nil) {
        let given = given.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        let family = family?.trimmingCharacters(in: .whitespaces) ?? ""
        let all = given.joined(separator: " ")
        guard let first = given.first else { return add(family, .name) }
        guard !family.isEmpty else {
            add(all, .name)
            return add(first, .name)
        }
        add("\(first) \(family)", .name)
        add("\(family), \(first)", .name)
        if given.count > 1 {
            add("\(all) \(family)", .name)
            add("\(family), \(all)", .name)
        }
        add(family, .name)
        add(first, .name)
    }

    /// A name in one string, as “Garcia, Maria L.”, “Maria L. Garcia, MD” or the components of HL7.
    mutating func addName(display: String?) {
        guard let display = display?.trimmingCharacters(in: .whitespacesAndNewlines), !display.isEmpty else { return }
        add(display, .name)
        if display.contains("^") {
            let parts = display.split(separator: "^", omittingEmptySubsequences: false).map(String.init)
            return addName(family: parts.first, given: Array(parts.dropFirst().prefix(2)))
        }
        var parts = display.components(separatedBy: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        let degrees: Set<String> = [
            "MD", "M.D.", "DO", "D.O.", "RN", "NP", "PA", "PHD", "PH.D.", "DPM", "JR", "JR.", "SR", "SR.", "PA-C",
        ]
        while parts.count > 1, let last = parts.last, degrees.contains(last.uppercased()) { parts.removeLast() }
        let words = parts[0].components(separatedBy: " ").filter {
            !$0.isEmpty && !["Dr.", "Dr", "Mr.", "Mrs.", "Ms."].contains($0)
        }
        if parts.count == 2 {
            addName(family: words.joined(separator: " "), given: parts[1].components(separatedBy: " "))
        } else if let family = words.last {
            addName(family: family, given: Array(words.dropLast()))
        }
    }

    mutating func add(_ value: String?, field: RecordField) {
        guard let label = field.label else { return }
        if label == .name { addName(display: value) } else { add(value, label) }
    }
}
