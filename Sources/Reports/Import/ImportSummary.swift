/// What an import did, for the person at the terminal and for `--json`. It names files and places, never their content.
public struct ImportSummary: Sendable, Hashable, Codable {
    /// A report that was imported but can't be used.
    public struct Quarantined: Sendable, Hashable, Codable {
        public var file: String
        public var locator: String
        public var reason: String
    }

    /// Which columns or members were taken for what, and in how many files.
    public struct Mapping: Sendable, Hashable, Codable {
        public var fields: [String: String]
        public var firstFile: String
        public var files: Int
    }

    public var files = 0
    /// Reports read, by format.
    public var byFormat: [ReportFormat: Int] = [:]
    public var new = 0
    public var unchanged = 0
    public var changed = 0
    /// All rejections; ``rejected`` lists the first ``listLimit``.
    public var rejectedCount = 0
    public var rejected: [ImportRejection] = []
    /// Hidden files, links and the like, which are passed over without being a fault; the first ``listLimit`` are listed.
    public var skippedCount = 0
    public var skipped: [ImportRejection] = []
    public var quarantinedCount = 0
    public var quarantined: [Quarantined] = []
    public var mappings: [Mapping] = []

    /// How many rejections and quarantined reports are listed one by one.
    public static let listLimit = 10_000

    public init() {}

    /// All reports read.
    public var reports: Int { byFormat.values.reduce(0, +) }

    mutating func add(_ rejection: ImportRejection) {
        rejectedCount += 1
        if rejected.count < Self.listLimit { rejected.append(rejection) }
    }

    mutating func add(skipped entry: ImportRejection) {
        skippedCount += 1
        if skipped.count < Self.listLimit { skipped.append(entry) }
    }

    mutating func add(_ report: Report, _ result: UpsertResult) {
        byFormat[report.source.format, default: 0] += 1
        switch result {
        case .new: new += 1
        case .unchanged: unchanged += 1
        case .changed: changed += 1
        }
        guard report.patientKey == nil else { return }
        quarantinedCount += 1
        if quarantined.count < Self.listLimit {
            quarantined.append(
                Quarantined(file: report.source.file, locator: report.source.locator, reason: Vault.noPatientKey))
        }
    }

    mutating func add(mapping fields: [String: String], file: String) {
        if let index = mappings.firstIndex(where: { $0.fields == fields }) {
            mappings[index].files += 1
        } else {
            mappings.append(Mapping(fields: fields, firstFile: file, files: 1))
        }
    }
}
