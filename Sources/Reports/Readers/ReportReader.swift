public import Foundation

/// One file to be read: its bytes (usually memory-mapped) and what it is called.
public struct SourceFile: Sendable {
    /// The path below the imported folder.
    public var name: String
    /// The imported folder, empty for standard input.
    public var root: String
    public var data: Data

    public init(name: String, root: String = "", data: Data) {
        self.name = name
        self.root = root
        self.data = data
    }

    func source(_ format: ReportFormat, _ locator: String) -> Report.Source {
        Report.Source(file: name, locator: locator, root: root, format: format)
    }
}

/// What a reader found at one place of a file.
public enum ReadOutcome: Sendable {
    case report(Report)
    case rejected(ImportRejection)
    /// Which column or field was taken for what, so that a person can check it: `["text": "report", "patient": "mrn"]`.
    case mapping([String: String])
}

/// Turns the bytes of one file into reports and rejections. Pure: no files, no clock, no state between calls.
///
/// A reader never throws on content: whatever is wrong with a record becomes an ``ImportRejection`` with a sentence, and
/// the records around it are still read. What `emit` throws ends the reading and is passed on.
public protocol ReportReader: Sendable {
    func read(_ file: SourceFile, emit: (ReadOutcome) throws -> Void) throws
}

/// Bounds on what one record may be.
public enum ReadLimit {
    /// Bytes of one record, line, message or text file.
    public static let recordBytes = 16 << 20
    /// Levels of nested objects and arrays in JSON.
    public static let nesting = 128
}
