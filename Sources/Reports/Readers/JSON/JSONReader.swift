internal import Foundation

/// JSON and JSON Lines with one object a report. Fields are found by common names (`id`, `text`, `patient.mrn`, …) or by the
/// paths of the configuration.
public struct JSONReader: ReportReader {
    private let configuration: ImportConfiguration

    public init(_ configuration: ImportConfiguration = ImportConfiguration()) { self.configuration = configuration }

    public func read(_ file: SourceFile, emit: (ReadOutcome) throws -> Void) throws {
        var shown: [String: String] = [:]
        var objects = 0
        try JSONDocuments.forEach(file, encoding: configuration.textEncoding) { place, value in
            // {"reports": [ … ]}: the records are one level down.
            if place == .whole, let list = listMember(value) {
                for (index, element) in list.value.elements.enumerated() {
                    objects += 1
                    try emit(outcome(element, prefix: "\(list.key)[\(index)].", file, &shown))
                }
                return
            }
            objects += 1
            let prefix =
                switch place {
                case .whole: ""
                case .element(let index): "[\(index)]."
                case .line(let number): "line=\(number);"
                }
            try emit(outcome(value, prefix: prefix, file, &shown))
        } rejected: { outcome in
            objects += 1
            try emit(outcome)
        }
        if objects == 0 { try emit(file.rejection("", .empty, "The file holds no records.")) }
        if !shown.isEmpty { try emit(.mapping(shown)) }
    }

    private func listMember(_ value: JSONTree) -> JSONTree.Member? {
        guard case .object(let members) = value, path(.text, in: value) == nil else { return nil }
        return members.first { member in
            if case .array(let elements) = member.value, case .object? = elements.first { return true }
            return false
        }
    }

    private func outcome(_ value: JSONTree, prefix: String, _ file: SourceFile, _ shown: inout [String: String])
        -> ReadOutcome
    {
        let locatorOfRecord = String(prefix.dropLast())
        guard case .object = value else {
            return file.rejection(locatorOfRecord, .malformed, "The record is not a JSON object.")
        }
        guard let textPath = path(.text, in: value) else {
            return file.rejection(
                locatorOfRecord, .missingText,
                "No member of the record holds the report's text. Name it under “jsonFields: text:” in the site configuration, or call it “text”."
            )
        }
        var values: [RecordField: String] = [:]
        for field in RecordField.allCases {
            guard let path = path(field, in: value), let scalar = value.at(path)?.scalar else { continue }
            values[field] = scalar
            shown[field.rawValue] = path
        }
        return RecordReport.outcome(values, locator: prefix + textPath, format: .json, file: file)
    }

    /// The configured path, else the first member with a common name, at the top or inside `patient`.
    private func path(_ field: RecordField, in value: JSONTree) -> String? {
        if let configured = configuration.jsonFields[field] {
            return value.at(configured)?.scalar == nil ? nil : configured
        }
        guard case .object(let members) = value else { return nil }
        let patient = members.first { ["patient", "subject", "person"].contains(RecordField.plain($0.key)) }
        for name in field.commonNames {
            // A report's own identifiers and text are at the top, the person's inside the person.
            let isAboutPerson = ![.text, .recordIdentifier, .date, .kind, .provider, .facility].contains(field)
            if isAboutPerson, let patient, case .object(let inner) = patient.value {
                let short = name.hasPrefix("patient") ? String(name.dropFirst(7)) : name
                if let member = inner.first(where: {
                    [name, short].contains(RecordField.plain($0.key)) && $0.value.scalar != nil
                }) {
                    return "\(patient.key).\(member.key)"
                }
            }
            if let member = members.first(where: { RecordField.plain($0.key) == name && $0.value.scalar != nil }) {
                return member.key
            }
        }
        return nil
    }
}
