import ConsiliumTesting
import Deidentification
import Foundation
import Testing

@testable import Reports

@Suite("Clinic exports", .enabled(if: ClinicCorpus.isPresent, Comment(rawValue: ClinicCorpus.reason)))
struct ClinicCorpusTests {
    @Test(
        "every record of a clinic is read back exactly, at the place the truth names", arguments: ClinicCorpus.clinics)
    func recordsEqualTruth(clinic: String) throws {
        let folder = try #require(ClinicCorpus.folder)
        let temporary = try TemporaryFolder()
        let vault = try TestVault.make(in: temporary)
        let importer = try ReportImporter()
        let root = folder.path("clinics/\(clinic)")
        let summary = try importer.importPaths([root], into: vault)
        let truth = try ClinicCorpus.truth(clinic)
        var read: [String: Report] = [:]
        try vault.forEachReport { stored in
            read["\(stored.report.source.file)|\(stored.report.source.locator)"] = stored.report
        }
        var exact = 0
        var keyed = 0
        var unknown: [String] = []
        for record in truth {
            let report = try #require(
                read["\(record.file)|\(record.locator)"], "\(record.file) \(record.locator) is missing")
            if report.text == record.text { exact += 1 }
            // The truth lists what the record's own fields say, and the number in them is the patient's key.
            if let number = record.structured.first(where: { $0.type == "MRN" })?.value {
                if report.patientKey == number { keyed += 1 }
            } else if let key = report.patientKey, record.text.contains(key) {
                keyed += 1
            }
            for identifier in record.structured where !isKnown(identifier.value, in: report) {
                unknown.append("\(record.file) \(record.locator): \(identifier.type)")
            }
        }
        #expect(exact == truth.count)
        #expect(keyed == truth.count)
        #expect(unknown.isEmpty, "\(unknown.prefix(5))")
        #expect(read.count == truth.count)
        #expect(summary.reports == truth.count)
        #expect(summary.new == truth.count)
        #expect(summary.rejectedCount == 0)
        #expect(summary.quarantinedCount == 0)
        let again = try importer.importPaths([root], into: vault)
        #expect(again.unchanged == truth.count)
        #expect(again.new + again.changed == 0)
    }

    /// As the record writes it, as a day, or a name of HL7 in its usual order.
    private func isKnown(_ value: String, in report: Report) -> Bool {
        let values = Set(report.knownIdentifiers.map(\.value))
        let parts = value.split(separator: "^").prefix(2).map(String.init)
        return values.contains(value) || values.contains(DateForm.day(value) ?? value)
            || (parts.count == 2 && values.contains("\(parts[1]) \(parts[0])"))
    }
}
