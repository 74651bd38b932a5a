internal import Foundation

/// FHIR R4 and R5 in JSON: a resource, a Bundle, a list, or NDJSON; the texts of DiagnosticReport and DocumentReference.
public struct FHIRReader: ReportReader {
    private let encoding: TextEncoding?

    public init(_ configuration: ImportConfiguration = ImportConfiguration()) { encoding = configuration.textEncoding }

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
            try emit(file.rejection("", .noReport, "The file has no DiagnosticReport and no DocumentReference in it."))
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
        case "DiagnosticReport", "DocumentReference":
            let outcomes = outcomes(of: resource, path: path, context, file)
            for outcome in outcomes { try emit(outcome) }
            return outcomes.count
        default: return 0
        }
    }

    private func outcomes(of document: JSONTree, path: String, _ context: FHIRContext, _ file: SourceFile)
        -> [ReadOutcome]
    {
        if ["entered-in-error", "cancelled"].contains(document["status"]?.text ?? "") {
            return [
                file.rejection(
                    path, .noReport, "The document is marked as entered in error or cancelled, so it is not used.")
            ]
        }
        let people = FHIRPatient(of: document, path: path, in: context)
        var outcomes: [ReadOutcome] = []
        var hasText = false
        func add(_ text: String, _ locator: String) {
            hasText = true
            outcomes.append(.report(report(text, document, people, file.source(.fhir, locator))))
        }
        for (attachment, place) in attachments(of: document, path: path) {
            do {
                if let data = attachment["data"]?.text {
                    let text = try FHIRAttachment.text(base64: data, contentType: attachment["contentType"]?.text)
                    add(text, "\(place).data (base64)")
                } else if let url = attachment["url"]?.text {
                    let (text, target) = try binary(url, attachment, document, path, context)
                    add(text, "\(place).url → \(target).data (base64)")
                } else {
                    throw FHIRAttachment.Unusable(
                        reason: .missingText, sentence: "The attachment has neither data nor a link to it.")
                }
            } catch let unusable as FHIRAttachment.Unusable {
                outcomes.append(file.rejection(place, unusable.reason, unusable.sentence))
            } catch {
                outcomes.append(file.rejection(place, .malformed, "The attachment can't be read."))
            }
        }
        if !hasText, let conclusion = document["conclusion"]?.text, !TextDecoding.isBlank(conclusion) {
            add(TextDecoding.normalizedLines(conclusion), "\(path).conclusion")
        }
        if outcomes.isEmpty {
            outcomes.append(file.rejection(path, .missingText, "The document has no attachment and no conclusion."))
        }
        return outcomes
    }

    private func attachments(of document: JSONTree, path: String) -> [(JSONTree, String)] {
        if document["resourceType"]?.text == "DiagnosticReport" {
            return (document["presentedForm"]?.elements ?? []).enumerated().map { ($1, "\(path).presentedForm[\($0)]") }
        }
        return (document["content"]?.elements ?? []).enumerated().map {
            ($1["attachment"] ?? .null, "\(path).content[\($0)].attachment")
        }
    }

    /// A `Binary` in the same file. Nothing is ever fetched: a node opens no address that stands in a record.
    private func binary(
        _ url: String, _ attachment: JSONTree, _ document: JSONTree, _ path: String, _ context: FHIRContext
    ) throws -> (String, String) {
        guard let entry = context.resolve(url, in: document, at: path), let data = entry.resource["data"]?.text else {
            throw FHIRAttachment.Unusable(
                reason: .externalContent,
                sentence: "The text is kept elsewhere. Export the document together with its Binary.")
        }
        let type = entry.resource["contentType"]?.text ?? attachment["contentType"]?.text
        return (try FHIRAttachment.text(base64: data, contentType: type), entry.path)
    }

    private func report(_ text: String, _ document: JSONTree, _ people: FHIRPatient, _ source: Report.Source) -> Report
    {
        let date =
            ["effectiveDateTime", "date", "issued"].lazy.compactMap { document[$0]?.text }.first
            ?? document["effectivePeriod"]?["start"]?.text
        let code = document["code"] ?? document["type"]
        let kind = code?["text"]?.text ?? code?["coding"]?[0]?["display"]?.text
        return Report(
            text: text, patientKey: people.patientKey, date: DateForm.day(date), kind: kind, source: source,
            knownIdentifiers: people.collector.identifiers)
    }
}
