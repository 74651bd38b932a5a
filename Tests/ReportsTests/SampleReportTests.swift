import ConsiliumCore
import ConsiliumTesting
import Deidentification
import Foundation
import Testing

@testable import Reports

@Suite("Sample reports")
struct SampleReportTests {
    @Test(
        "the same seed gives the same bytes, another seed others, and a larger number begins the same",
        arguments: Specialty.allCases)
    func deterministic(specialty: Specialty) {
        let generator = SampleReportGenerator(specialty: specialty, seed: 11)
        let reports = generator.reports(60)
        #expect(generator.reports(60).map(\.text) == reports.map(\.text))
        #expect(generator.reports(90).prefix(60).map(\.text) == reports.map(\.text))
        #expect(SampleReportGenerator(specialty: specialty, seed: 12).reports(60).map(\.text) != reports.map(\.text))
        #expect(Set(reports.map(\.text)).count == 60)
    }

    @Test(
        "texts have the promised length, filled slots, exact spans and returning patients",
        arguments: Specialty.allCases)
    func texts(specialty: Specialty) {
        let reports = SampleReportGenerator(specialty: specialty, seed: 3).reports(400)
        #expect(Set(specialty.phrases.templates).count >= 30)
        for report in reports {
            #expect((600...1500).contains(report.text.unicodeScalars.count), "\(report.text.unicodeScalars.count)")
            #expect(!report.text.contains("{") && !report.text.contains("}"))
            #expect(!report.clean.contains(report.patient.recordNumber) && !report.clean.contains(report.patient.full))
            let scalars = Array(report.text.unicodeScalars)
            let values = report.spans.map { String(String.UnicodeScalarView(scalars[$0.start..<$0.end])) }
            #expect(values.contains(report.patient.recordNumber))
            #expect(zip(report.spans, report.spans.dropFirst()).allSatisfy { $0.end <= $1.start })
        }
        let patients = Set(reports.map(\.patientKey)).count
        #expect((260...340).contains(patients), "\(patients)")
    }

    @Test(
        "days are those of the calendar",
        arguments: [
            (0, "2023-01-01"), (58, "2023-02-28"), (59, "2023-03-01"), (424, "2024-02-29"), (730, "2024-12-31"),
        ])
    func days(offset: Int, expected: String) { #expect(SampleDay(offset: offset).iso == expected) }

    @Test(
        "what is written in a format is read back exactly, with the patient", arguments: Specialty.allCases,
        [ReportFormat.txt, .csv, .json, .hl7, .fhir])
    func roundTrip(specialty: Specialty, format: ReportFormat) throws {
        let folder = try TemporaryFolder()
        let reports = SampleReportGenerator(specialty: specialty, seed: 5).reports(30)
        try SampleReportWriter(format: format).write(reports, to: folder.path("out"), truth: folder.path("truth.jsonl"))
        let vault = try TestVault.make(in: folder)
        let summary = try ReportImporter().importPaths([folder.path("out")], into: vault)
        #expect(summary.rejected.isEmpty)
        #expect(summary.byFormat == [format: 30])
        var read: [String: Report] = [:]
        try vault.forEachReport { read["\($0.report.source.file)|\($0.report.source.locator)"] = $0.report }
        let truth = try Data(contentsOf: folder.path("truth.jsonl")).split(separator: 10)
        #expect(truth.count == 30)
        for (line, sample) in zip(truth, reports) {
            let place = try JSONDecoder().decode(Place.self, from: Data(line))
            let report = try #require(read["\(place.file)|\(place.locator)"])
            #expect(report.text == sample.text)
            #expect(report.patientKey == sample.patientKey)
            #expect(report.knownIdentifiers.contains(KnownIdentifier(value: sample.patient.full, label: .name)))
        }
    }

    private struct Place: Decodable {
        var file: String
        var locator: String
    }

    @Test("unknown specialties and formats are refused with those that exist")
    func refused() throws {
        let error = #expect(throws: ReportsError.self) { try Specialty(named: "astrology") }
        #expect(error?.message.contains("cardiology, orthopedics, pathology, family-medicine") == true)
        #expect(throws: ReportsError(.formatNotBuilt, "")) { try SampleReportWriter(format: .pdf) }
    }
}
