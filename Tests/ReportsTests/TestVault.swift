import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import Deidentification
@testable import Reports

/// Vaults, reports and de-identified reports for tests.
enum TestVault {
    static let key = VaultKey(master: Data(repeating: 7, count: 32))

    static func make(in folder: TemporaryFolder, name: String = "vault.sqlite") throws -> Vault {
        try Vault.open(folder.path(name), key: key)
    }

    static func report(
        _ text: String, patient: String? = "A1001", file: String = "notes.txt", locator: String = "",
        root: String = "/exports"
    ) -> Report {
        Report(
            text: text, patientKey: patient,
            source: Report.Source(file: file, locator: locator, root: root, format: .txt),
            knownIdentifiers: [KnownIdentifier(value: "Quillfeather", label: .name)])
    }

    /// A result as a de-identifier gives it, with a text and spans of choice.
    static func result(
        _ text: String, _ status: DeidentificationStatus = .clean, spans: [IdentifierSpan] = [], reasons: [String] = [],
        certainty: Double? = nil
    ) -> DeidentificationResult {
        let text = status == .quarantine ? "" : text
        let receipt = DeidentificationReceipt(
            policyName: "test", policyVersion: 1, ruleVersion: "1", reviewBelow: 0.5, detection: "",
            inputTag: ContentHash(of: Data(text.utf8)), output: ContentHash(of: Data(text.utf8)), counts: [:],
            status: status, certainty: certainty, date: Date(timeIntervalSince1970: 1_767_323_045))
        return DeidentificationResult(
            spans: spans, text: text, status: status, receipt: receipt,
            report: DeidentifiedReport(text: text, receipt: receipt), reasons: reasons)
    }

    /// A report that may be used.
    static func deidentified(_ text: String) throws -> DeidentifiedReport {
        try #require(result(text).report)
    }

    static func outcomes(of data: Data, name: String, configuration: ImportConfiguration = ImportConfiguration()) throws
        -> (
            reports: [Report], rejections: [ImportRejection]
        )
    {
        var reports: [Report] = []
        var rejections: [ImportRejection] = []
        try ReportImporter(configuration).read(SourceFile(name: name, data: data)) { outcome in
            switch outcome {
            case .report(let report): reports.append(report)
            case .rejected(let rejection): rejections.append(rejection)
            case .mapping: break
            }
        }
        return (reports, rejections)
    }

    static func outcomes(of text: String, name: String, configuration: ImportConfiguration = ImportConfiguration())
        throws -> (
            reports: [Report], rejections: [ImportRejection]
        )
    {
        try outcomes(of: Data(text.utf8), name: name, configuration: configuration)
    }
}

extension Vault {
    /// Stores a report that may be used.
    func store(_ report: DeidentifiedReport, for id: ContentHash) throws {
        let result = DeidentificationResult(
            spans: [], text: report.text, status: report.receipt.status, receipt: report.receipt, report: report,
            reasons: [])
        try store([ResultToStore(id: id, result: result, risk: 0)])
    }
}
