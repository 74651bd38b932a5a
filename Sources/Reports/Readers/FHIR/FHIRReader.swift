internal import Foundation

/// FHIR R4 and R5 in JSON: a resource, a Bundle, a list, or NDJSON; the texts of DiagnosticReport, DocumentReference,
/// Composition and of each Binary that none of these refers to.
public struct FHIRReader: ReportReader {
    private let encoding: TextEncoding?
    private let texts: FHIRTexts

    public init(_ configuration: ImportConfiguration = ImportConfiguration()) {
        encoding = configuration.textEncoding
        texts = FHIRTexts(DocumentExtractor(configuration))
    }

    public func read(_ file: SourceFile, emit: (ReadOutcome) throws -> Void) throws {
        // References may point forward, so the people and binaries are gathered first; documents are then read one by one.
        var context = FHIRContext()
        try JSONDocuments.forEach(file, encoding: encoding) { place, value in
            context.add(value, path: Self.path(place, value))
        } rejected: { _ in
        }
        var found = 0
        try JSONDocuments.forEach(file, encoding: encoding) { place, value in
            guard value["resourceType"]?.text != nil else {
                found += 1
                return try emit(
                    file.rejection(
                        Self.locator(place), .malformed, "This is not a FHIR resource: it has no “resourceType”."))
            }
            found += try documents(in: value, path: Self.path(place, value), context, file, emit)
        } rejected: { outcome in
            found += 1
            try emit(outcome)
        }
        if found == 0 {
            try emit(
                file.rejection(
                    "", .noReport,
                    "The file has no DiagnosticReport, DocumentReference, Composition or Binary in it."))
        }
    }

    private static func locator(_ place: JSONDocuments.Place) -> String {
        switch place {
        case .whole: ""
        case .element(let index): "[\(index)]"
        case .line(let number): "line=\(number)"
        }
    }

    private static func path(_ place: JSONDocuments.Place, _ value: JSONTree) -> String {
        let type = value["resourceType"]?.text ?? ""
        switch place {
        case .whole: return type
        case .element(let index): return "[\(index)]"
        case .line(let number): return "line=\(number);\(type)"
        }
    }

    /// - Returns: how many outcomes were emitted.
    private func documents(
        in resource: JSONTree, path: String, _ context: FHIRContext, _ file: SourceFile,
        _ emit: (ReadOutcome) throws -> Void
    ) throws -> Int {
        switch resource["resourceType"]?.text {
        case "Bundle":
            var count = 0
            for (index, entry) in (resource["entry"]?.elements ?? []).enumerated() {
                guard let inner = entry["resource"] else { continue }
                count += try documents(in: inner, path: "\(path).entry[\(index)].resource", context, file, emit)
            }
            return count
        case "DiagnosticReport", "DocumentReference", "Composition":
            try emit(outcome(resource, path: path, context, file))
            return 1
        case "Binary" where !context.isReferenced(resource):
            try emit(outcome(resource, path: path, context, file))
            return 1
        default: return 0
        }
    }

    private func outcome(_ document: JSONTree, path: String, _ context: FHIRContext, _ file: SourceFile) -> ReadOutcome {
        if ["entered-in-error", "cancelled"].contains(document["status"]?.text ?? "") {
            return file.rejection(
                path, .noReport, "The document is marked as entered in error or cancelled, so it is not used.")
        }
        switch texts.text(of: document, path: path, context) {
        case .failure(let unusable): return file.rejection(path, unusable.reason, unusable.sentence)
        case .success(let found):
            return .report(report(found.text, document, FHIRPatient(of: document, path: path, in: context), file, found.place))
        }
    }

    private func report(
        _ text: DocumentText, _ document: JSONTree, _ people: FHIRPatient, _ file: SourceFile, _ place: String
    ) -> Report {
        let date =
            ["effectiveDateTime", "date", "issued"].lazy.compactMap { document[$0]?.text }.first
            ?? document["effectivePeriod"]?["start"]?.text
        let code = document["code"] ?? document["type"]
        let kind = code?["text"]?.text ?? code?["coding"]?[0]?["display"]?.text
        return Report(
            text: text.text, patientKey: people.patientKey, date: DateForm.day(date), kind: kind,
            source: file.source(.fhir, place), knownIdentifiers: people.collector.identifiers, quality: text.quality)
    }
}
