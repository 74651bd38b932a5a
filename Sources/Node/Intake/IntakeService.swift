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
    ///   - rejections: a file that gets every rejection and every skipped file as a JSON line; written anew.
    /// - Throws: ``NodeError`` `.badInput` for an unknown format; ``ReportsError`` for what concerns the vault or all input.
    public func importReports(
        _ paths: [URL], format: String = "auto", rejections: URL? = nil,
        progress: @escaping ProgressHandler = { _ in }
    ) throws -> IntakeOutcome {
        let chosen = try Self.format(format)
        let list = try rejections.map { try RejectionList($0) }
        return try finish(
            try importer().importPaths(
                try sources(paths), format: chosen, into: vault, hooks: ImportHooks(passedOver: { try list?.add($0) }),
                progress: progress), list, progress)
    }

    /// The same for what another program writes to this one's standard input, which is read to its end first.
    public func importStandardInput(
        format: String = "auto", rejections: URL? = nil, progress: @escaping ProgressHandler = { _ in }
    ) throws -> IntakeOutcome {
        let chosen = try Self.format(format)
        let list = try rejections.map { try RejectionList($0) }
        let data = try FileHandle.standardInput.readToEnd() ?? Data()
        return try finish(
            try importer().importData(
                data, name: "standard input", format: chosen, into: vault,
                hooks: ImportHooks(passedOver: { try list?.add($0) })), list, progress)
    }

    private func finish(
        _ summary: ImportSummary, _ list: RejectionList?, _ progress: @escaping ProgressHandler
    ) throws -> IntakeOutcome {
        try list?.close()
        return IntakeOutcome(
            imported: summary, deidentified: try deidentifyPending(progress: progress), vault: try vault.counts())
    }

    /// Imports files as they appear, until the task is cancelled. A file is read once it has not changed from one look to the
    /// next, and again whenever it changes later.
    ///
    /// It looks at the folders every `interval` instead of asking the kernel to be told: exports lie on network shares,
    /// where inotify reports nothing of what other machines write.
    ///
    /// - Parameters:
    ///   - batch: gets what came of each batch.
    ///   - trouble: gets a sentence when a look or a batch failed; it is tried again.
    /// - Throws: ``NodeError`` `.badInput`; whatever the vault throws when it can't be opened.
    public func watch(
        _ paths: [URL], format: String = "auto", rejections: URL? = nil, every interval: Duration = .seconds(3),
        progress: @escaping ProgressHandler = { _ in }, batch: (IntakeOutcome) -> Void, trouble: (String) -> Void
    ) async throws {
        let chosen = try Self.format(format), importer = try importer(), sources = try sources(paths)
        let list = try rejections.map { try RejectionList($0) }
        var folder = WatchedFiles()
        // What is passed over at every look is listed once.
        var listed: Set<ImportRejection> = []
        var lastTrouble = ""
        _ = try deidentifyPending(progress: progress)
        while !Task.isCancelled {
            do {
                let ready = folder.ready(try importer.files(in: sources))
                if !ready.isEmpty {
                    let summary = try importer.importPaths(
                        sources, format: chosen, into: vault,
                        hooks: ImportHooks(
                            including: { ready.contains($0.url.path) },
                            passedOver: { if listed.insert($0).inserted { try list?.add($0) } }),
                        progress: progress)
                    folder.done(ready)
                    let outcome = IntakeOutcome(
                        imported: summary, deidentified: try deidentifyPending(progress: progress),
                        vault: try vault.counts())
                    batch(outcome)
                }
                lastTrouble = ""
            } catch let error as any ConsiliumError {
                if error.message != lastTrouble { trouble(error.message) }
                lastTrouble = error.message
            }
            do { try await Task.sleep(for: interval) } catch { break }
        }
        try list?.close()
    }

    private func importer() throws -> ReportImporter {
        try ReportImporter(try services.site.importConfiguration(), excluding: [services.home.folder])
    }

    private func sources(_ paths: [URL]) throws -> [URL] {
        paths.isEmpty ? try services.site.reports.sources.map(ReportImporter.location(typed:)) : paths
    }

    private static func format(_ name: String) throws -> ReportFormat? {
        if name == "auto" { return nil }
        guard let known = ReportFormat(rawValue: name) else {
            let names = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw NodeError(.badInput, "The format “\(name)” is unknown; use auto or one of: \(names).")
        }
        return known
    }

    /// New reports, those whose receipt is of another policy or of older rules, and those in which values occur that became
    /// known since.
    private func deidentifyPending(progress: @escaping ProgressHandler) throws -> IntakeOutcome.Deidentified {
        var run = DeidentificationRun(
            vault, try services.deidentifier(vault), classifier: services.tokenClassifier,
            threads: services.site.compute.threads, progress: progress)
        try run.run()
        var outcome = IntakeOutcome.Deidentified()
        for result in run.results.values { outcome.add(result) }
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
            textEncoding: Self.textEncodings[reports.textEncoding],
            patientKeyFallback: reports.patientKeyFallback == "report" ? .report : .none,
            columns: try fields(reports.columns, "reports.columns"),
            jsonFields: try fields(reports.jsonFields, "reports.jsonFields"),
            textHeader: header, recognition: TextRecognition(languages: reports.scanLanguages),
            cleaning: Set(cleaning.steps.compactMap(CleaningStep.init(rawValue:))))
    }

    static let textEncodings: [String: TextEncoding] = [
        "utf-8": .utf8, "latin-1": .latin1, "windows-1252": .windows1252, "utf-16le": .utf16LittleEndian,
        "utf-16be": .utf16BigEndian,
    ]
}
