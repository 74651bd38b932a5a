internal import Deidentification
internal import Foundation

/// CSV and TSV with a header line: one row is one report.
public struct DelimitedReader: ReportReader {
    private let configuration: ImportConfiguration

    public init(_ configuration: ImportConfiguration = ImportConfiguration()) { self.configuration = configuration }

    public func read(_ file: SourceFile, emit: (ReadOutcome) throws -> Void) throws {
        let data: Data
        do {
            let found = EncodingDetector.ofTable(file.data, declared: configuration.textEncoding)
            if let found { try emit(.mapping(EncodingDetector.shown(found))) }
            data = try TextDecoding.asUTF8(file.data, declared: found ?? configuration.textEncoding)
        } catch let failure as TextDecoding.Failure {
            return try emit(file.undecodable("", failure))
        }
        try data.withUnsafeBytes { try read($0, file, emit) }
    }

    private func read(_ bytes: UnsafeRawBufferPointer, _ file: SourceFile, _ emit: (ReadOutcome) throws -> Void) throws
    {
        let isTabbed = file.name.lowercased().hasSuffix(".tsv") || file.name.lowercased().hasSuffix(".tab")
        var parser = DelimitedParser(bytes, separator: isTabbed ? 9 : DelimitedParser.separator(of: bytes))
        guard let mapping = try header(&parser, file, emit) else { return }
        try emit(.mapping(mapping.shown))
        var row = 0
        while true {
            row += 1
            let locator = "row=\(row);column=\(mapping.name(.text) ?? "")"
            switch parser.next() {
            case .end:
                if row == 1 { try emit(file.rejection("", .empty, "The table has a header but no rows.")) }
                return
            case .malformed(let line):
                try emit(
                    file.rejection(
                        locator, .malformed,
                        "The row that begins in line \(line) has a stray quotation mark. Quote the whole field and double the marks in it."
                    ))
            case .broken(let line, let tooLong):
                if tooLong { return try emit(file.tooLong(locator)) }
                return try emit(
                    file.rejection(
                        locator, .malformed,
                        "A quoted field in the row that begins in line \(line) is never closed; the rest of the file was not read."
                    ))
            case .row(let found): try emit(outcome(found, mapping, locator, file))
            }
        }
    }

    private func header(
        _ parser: inout DelimitedParser, _ file: SourceFile, _ emit: (ReadOutcome) throws -> Void
    ) throws -> ColumnMapping? {
        switch parser.next() {
        case .row(let row):
            do {
                let names = try row.fields.map { try TextDecoding.utf8($0).trimmingCharacters(in: .whitespaces) }
                return try ColumnMapping(header: names, configured: configuration.columns)
            } catch let missing as ColumnMapping.Missing {
                try emit(file.rejection("", .missingColumn, missing.sentence))
            } catch {
                try emit(file.undecodable("", error))
            }
        case .end: try emit(file.rejection("", .empty, "The file is empty."))
        case .broken(_, true): try emit(file.tooLong("line=1"))
        case .malformed, .broken:
            try emit(
                file.rejection("line=1", .malformed, "The header line is not valid CSV: check its quotation marks."))
        }
        return nil
    }

    private func outcome(_ row: DelimitedParser.Row, _ mapping: ColumnMapping, _ locator: String, _ file: SourceFile)
        -> ReadOutcome
    {
        guard row.fields.count == mapping.width else {
            return file.rejection(
                locator, .columnCount,
                "The row that begins in line \(row.line) has \(row.fields.count) columns where the header has \(mapping.width). Check separators and quotation marks."
            )
        }
        var values: [RecordField: String] = [:]
        do {
            for (field, index) in mapping.columns { values[field] = try TextDecoding.utf8(row.fields[index]) }
        } catch {
            return file.undecodable(locator, error)
        }
        return RecordReport.outcome(values, locator: locator, format: .csv, file: file)
    }
}

/// What tables and JSON objects have in common: fields with values that make up one report.
enum RecordReport {
    static func outcome(_ values: [RecordField: String], locator: String, format: ReportFormat, file: SourceFile)
        -> ReadOutcome
    {
        let text = TextDecoding.normalizedLines(values[.text] ?? "")
        guard !TextDecoding.isBlank(text) else {
            return file.rejection(locator, .missingText, "The record has no report text.")
        }
        var collector = IdentifierCollector()
        for field in RecordField.allCases where field != .firstName && field != .lastName {
            collector.add(values[field], field: field)
        }
        collector.addName(family: values[.lastName], given: [values[.firstName] ?? ""])
        return .report(
            Report(
                text: text, patientKey: values[.patientKey], date: DateForm.day(values[.date]), kind: values[.kind],
                source: file.source(format, locator), knownIdentifiers: collector.identifiers))
    }
}
