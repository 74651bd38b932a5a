internal import ConsiliumCore
public import Foundation
internal import Reports

/// `consilium-node sample-reports`.
public enum SampleReportService {
    public struct Outcome: Codable, Sendable {
        public var reports: Int
        public var patients: Int
        public var files: Int
    }

    /// - Throws: ``NodeError`` `.badInput` for an unknown specialty, format or count.
    public static func write(specialty: String, count: Int, seed: UInt64, format: String, to folder: URL, truth: URL?)
        throws
        -> Outcome
    {
        guard let kind = Specialty(rawValue: specialty) else {
            let known = Specialty.allCases.map(\.rawValue).joined(separator: ", ")
            throw NodeError(.badInput, "The specialty “\(specialty)” is unknown; use one of: \(known).")
        }
        guard let form = ReportFormat(rawValue: format) else {
            throw NodeError(.badInput, "The format “\(format)” is unknown; use txt, csv, json, hl7 or fhir.")
        }
        guard (1...1_000_000).contains(count) else { throw NodeError(.badInput, "--count must be 1 to 1,000,000.") }
        let reports = SampleReportGenerator(specialty: kind, seed: seed).reports(count)
        let files = try SampleReportWriter(format: form).write(reports, to: folder, truth: truth)
        return Outcome(reports: reports.count, patients: Set(reports.map(\.patientKey)).count, files: files.count)
    }
}
