public import ConsiliumCore
internal import Deidentification
public import Foundation
internal import Reports

/// Reports in, identifiers out: reads files into the vault and de-identifies what is new there.
public struct IntakeService: Sendable {
    private let services: NodeServices
    private let vault: Vault

    public init(_ services: NodeServices) throws {
        self.services = services
        vault = try services.vault()
    }

    /// Imports, then de-identifies everything that has not been yet — also what an interrupted import left behind.
    ///
    /// - Parameters:
    ///   - paths: files and folders; empty means the sources of the site configuration.
    ///   - format: a format's name or `auto`.
    /// - Throws: ``NodeError`` `.badInput` for an unknown format; ``ReportsError`` for what concerns the vault or all input.
    public func importReports(_ paths: [URL], format: String = "auto", progress: @escaping ProgressHandler = { _ in })
        throws
        -> IntakeOutcome
    {
        var chosen: ReportFormat?
        if format != "auto" {
            guard let known = ReportFormat(rawValue: format) else {
                let names = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
                throw NodeError(.badInput, "The format “\(format)” is unknown; use auto or one of: \(names).")
            }
            chosen = known
        }
        let sources = paths.isEmpty ? try services.site.reports.sources.map(ReportImporter.location(typed:)) : paths
        let importer = try ReportImporter(
            try services.site.importConfiguration(), excluding: [services.home.folder])
        let summary = try importer.importPaths(sources, format: chosen, into: vault, progress: progress)
        return IntakeOutcome(
            imported: summary, deidentified: try deidentifyPending(progress: progress), vault: try vault.counts())
    }

    /// New reports, and those whose receipt is of another policy or of older rules.
    private func deidentifyPending(progress: ProgressHandler) throws -> IntakeOutcome.Deidentified {
        let deidentifier = try services.deidentifier()
        var pending: [ContentHash] = []
        for status in [ReportStatus.imported, .deidentified, .review] {
            try vault.forEachReport(status: status) { stored in
                let receipt = status == .imported ? nil : try vault.deidentifiedText(of: stored.report.id)?.receipt
                if receipt.map(deidentifier.isCurrent) != true, stored.patient != nil {
                    pending.append(stored.report.id)
                }
            }
        }
        var outcome = IntakeOutcome.Deidentified()
        for (done, id) in pending.enumerated() {
            guard let stored = try vault.report(id) else { continue }
            let report = stored.report
            let result = try deidentifier.deidentify(
                text: report.text, known: report.knownIdentifiers, patient: stored.patient?.hex)
            if let clean = result.report, result.status != .quarantine {
                try vault.store(clean, for: id)
            } else {
                try vault.quarantine(id, reason: result.reasons.first ?? "deidentification")
            }
            outcome.add(result)
            progress(
                ProgressUpdate(
                    activity: "de-identify", completed: Double(done + 1), total: Double(pending.count), unit: "reports")
            )
        }
        return outcome
    }
}

extension SiteConfiguration {
    /// - Throws: ``NodeError`` `.configurationInvalid` for a field name that does not exist.
    func importConfiguration() throws -> ImportConfiguration {
        func fields(_ map: [String: String], _ section: String) throws -> [RecordField: String] {
            var result: [RecordField: String] = [:]
            for (name, value) in map {
                guard let field = RecordField(rawValue: name) else {
                    let known = RecordField.allCases.map(\.rawValue).joined(separator: ", ")
                    throw NodeError(
                        .configurationInvalid, "\(section): “\(name)” is no field of a report; use: \(known).")
                }
                result[field] = value
            }
            return result
        }
        var header = TextHeaderPatterns()
        header.fileName = reports.fileNamePattern
        return ImportConfiguration(
            textEncoding: reports.textEncoding == "latin-1" ? .latin1 : .utf8,
            patientKeyFallback: reports.patientKeyFallback == "report" ? .report : .none,
            columns: try fields(reports.columns, "reports.columns"),
            jsonFields: try fields(reports.jsonFields, "reports.jsonFields"),
            textHeader: header)
    }
}
