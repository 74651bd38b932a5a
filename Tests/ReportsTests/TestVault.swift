import ConsiliumCore
import ConsiliumTesting
import Deidentification
import Foundation

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

    /// As a vault would restore it: only the receipt's JSON form is known here.
    static func deidentified(_ text: String) throws -> DeidentifiedReport {
        let hash = ContentHash(of: Data(text.utf8)).hex
        let json = """
            {"policyName":"test","policyVersion":1,"ruleVersion":"1","inputTag":"\(hash)","output":"\(hash)","counts":{},
             "status":"clean","date":"2026-01-02T03:04:05Z"}
            """
        let receipt = try CanonicalJSON.decode(DeidentificationReceipt.self, from: Data(json.utf8))
        return try DeidentifiedReport.restore(text: text, receipt: receipt)
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
