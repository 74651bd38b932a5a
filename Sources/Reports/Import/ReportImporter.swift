public import ConsiliumCore
internal import Deidentification
public import Foundation

/// Reads files and folders into a vault.
///
/// Whatever is wrong with one record or file is listed in the ``ImportSummary``; the rest is still imported. Importing the
/// same files again changes nothing.
public struct ReportImporter: Sendable {
    private let configuration: ImportConfiguration
    private let textReader: TextReader
    private let pdfReader: PDFReader
    private let imageReader: ImageReader
    private let excluded: [URL]

    /// - Parameter excluded: folders of which nothing is ever read, such as a node's home: neither when they are named nor
    ///   when they lie in a folder that is. The summary names them as rejected.
    /// - Throws: ``ReportsError`` `.badConfiguration`.
    public init(_ configuration: ImportConfiguration = ImportConfiguration(), excluding excluded: [URL] = []) throws {
        self.configuration = configuration
        self.excluded = excluded
        textReader = try TextReader(configuration)
        pdfReader = try PDFReader(configuration)
        imageReader = try ImageReader(configuration)
    }

    /// The file or folder behind a path as it was typed. `URL(fileURLWithPath:)` makes the current folder of an empty one.
    /// - Throws: ``ReportsError`` `.badPath` for an empty or blank path.
    public static func location(typed path: String) throws -> URL {
        guard path.contains(where: { !$0.isWhitespace }) else { throw ImportFiles.emptyPath }
        return URL(fileURLWithPath: path.hasPrefix("~/") ? NSHomeDirectory() + path.dropFirst(1) : path)
    }

    /// - Parameters:
    ///   - paths: files, or folders with everything below them; hidden files and links are passed over and listed, keys and
    ///     files of a node are rejected. Make them with ``location(typed:)`` from what a person typed.
    ///   - format: `nil` to tell by content and file name.
    /// - Throws: ``ReportsError`` `.nothingToImport`, `.badPath`, `.fileUnreadable` for a path that does not exist, and whatever the
    ///   vault throws. Reports stored before stay stored.
    public func importPaths(
        _ paths: [URL], format: ReportFormat? = nil, into vault: Vault, hooks: ImportHooks = ImportHooks(),
        progress: ProgressHandler = { _ in }
    ) throws -> ImportSummary {
        let found = try ImportFiles.expand(paths, excluding: excluded)
        let files = found.files.filter(hooks.including)
        guard !found.files.isEmpty || !found.rejected.isEmpty else {
            let names = paths.map(\.path).joined(separator: ", ")
            throw ReportsError(
                .nothingToImport,
                "There is nothing to import in \(names.isEmpty ? "an empty list of paths" : names). Name files, or a folder with TXT, CSV, JSON, HL7, FHIR, C-CDA, PDF or picture files."
            )
        }
        let total = Double(files.reduce(0) { $0 + $1.size })
        var done = 0.0
        var batch = ImportBatch(vault: vault, passedOver: hooks.passedOver)
        batch.summary.files = found.rejected.count
        try found.rejected.forEach { try batch.reject($0) }
        for entry in found.skipped {
            batch.summary.add(skipped: entry)
            try hooks.passedOver(entry)
        }
        for file in files {
            let note = "\(batch.summary.reports) reports"
            progress(ProgressUpdate(activity: "import", completed: done, total: total, unit: "bytes", note: note))
            batch.summary.files += 1
            do {
                let data = try Data(contentsOf: file.url, options: .mappedIfSafe)
                if let (reason, sentence) = OwnFiles.refusal(data) {
                    try batch.reject(
                        ImportRejection(file: file.name, locator: "", reason: reason, sentence: sentence))
                } else {
                    try read(SourceFile(name: file.name, root: file.root, data: data), format, &batch)
                }
            } catch let error as CocoaError {
                try batch.reject(Self.unreadable(file.name, error))
            }
            done += Double(file.size)
        }
        try batch.flush()
        let note = "\(batch.summary.reports) reports"
        progress(ProgressUpdate(activity: "import", completed: total, total: total, unit: "bytes", note: note))
        return batch.summary
    }

    /// The files that an import of these paths would read.
    /// - Throws: as ``importPaths(_:format:into:hooks:progress:)`` for paths that can't be looked at.
    public func files(in paths: [URL]) throws -> [FoundFile] {
        try ImportFiles.expand(paths, excluding: excluded).files
    }

    /// Imports bytes that are no file, such as standard input.
    /// - Throws: ``ReportsError`` `.nothingToImport` for none, and whatever the vault throws.
    public func importData(
        _ data: Data, name: String, format: ReportFormat? = nil, into vault: Vault, hooks: ImportHooks = ImportHooks()
    ) throws -> ImportSummary {
        guard !data.isEmpty else {
            throw ReportsError(.nothingToImport, "There is nothing to import in \(name): it is empty.")
        }
        var batch = ImportBatch(vault: vault, passedOver: hooks.passedOver)
        batch.summary.files = 1
        try read(SourceFile(name: name, data: data), format, &batch)
        try batch.flush()
        return batch.summary
    }

    /// The reader for a format.
    public func reader(for format: ReportFormat) -> any ReportReader {
        switch format {
        case .txt: textReader
        case .csv: DelimitedReader(configuration)
        case .json: JSONReader(configuration)
        case .hl7: HL7Reader(configuration)
        case .fhir: FHIRReader(configuration)
        case .ccda: CCDAReader(configuration)
        case .pdf: pdfReader
        case .image: imageReader
        }
    }

    /// Reads one file without a vault: how `doctor` and tests look at what a reader finds.
    public func read(_ file: SourceFile, format: ReportFormat? = nil, emit: (ReadOutcome) throws -> Void) throws {
        guard !file.data.isEmpty else { return try emit(file.rejection("", .empty, "The file is empty.")) }
        guard let found = format ?? FormatDetector.detect(file.data, fileName: file.name) else {
            return try emit(
                file.rejection(
                    "", .binary, "This binary file is of no known format. Name it with --format if it is one of them."))
        }
        try reader(for: found).read(file) { outcome in
            guard case .report(let report) = outcome, report.text.utf8.contains(0) else { return try emit(outcome) }
            // Escapes of JSON, HL7 and RTF can write it, and every later step would take it for the end of the text.
            try emit(
                file.rejection(
                    report.source.locator, .binary,
                    "The text holds NUL characters, so it is damaged or no text. Export the record again."))
        }
    }

    private func read(_ file: SourceFile, _ format: ReportFormat?, _ batch: inout ImportBatch) throws {
        try read(file, format: format) { outcome in
            switch outcome {
            case .report(let report): try batch.add(patched(report))
            case .rejected(let rejection): try batch.reject(rejection)
            case .mapping(let fields): batch.summary.add(mapping: fields, file: file.name)
            }
        }
    }

    private func patched(_ report: Report) -> Report {
        let report = cleaned(report)
        guard report.patientKey == nil, configuration.patientKeyFallback == .report else { return report }
        return report.with(patientKey: "report:\(report.id.hex)")
    }

    private func cleaned(_ report: Report) -> Report {
        guard !configuration.cleaning.isEmpty else { return report }
        let cleaner = ReportCleaner(steps: configuration.cleaning, for: report.source.format)
        let text = cleaner.clean(report.text, protecting: report.knownIdentifiers.map(\.value)).text
        return text == report.text || TextDecoding.isBlank(text) ? report : report.with(text: text)
    }

    private static func unreadable(_ name: String, _ error: CocoaError) -> ImportRejection {
        ImportRejection(
            file: name, locator: "", reason: .unreadableFile,
            sentence:
                "The file can't be read (code \(error.code.rawValue)). Check this user's rights and import it again.")
    }
}

/// Collects reports so that many share one transaction.
private struct ImportBatch {
    let vault: Vault
    let passedOver: (ImportRejection) throws -> Void
    var summary = ImportSummary()
    private var reports: [Report] = []
    private var size = 0

    init(vault: Vault, passedOver: @escaping (ImportRejection) throws -> Void = { _ in }) {
        self.vault = vault
        self.passedOver = passedOver
    }

    mutating func reject(_ rejection: ImportRejection) throws {
        summary.add(rejection)
        try passedOver(rejection)
    }

    mutating func add(_ report: Report) throws {
        reports.append(report)
        size += report.text.utf8.count
        if reports.count >= 500 || size >= 16 << 20 { try flush() }
    }

    mutating func flush() throws {
        let results = try vault.upsert(reports)
        for (report, result) in zip(reports, results) { summary.add(report, result) }
        reports = []
        size = 0
    }
}
