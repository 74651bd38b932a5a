public import ConsiliumCore
public import Deidentification
internal import Foundation
internal import GRDB

/// A de-identified report in a list that somebody chooses from.
public struct DeidentifiedListing: Sendable, Hashable {
    public var id: ContentHash
    /// ``Report/date`` as an ISO day where it says one, otherwise as the record has it.
    public var date: String?
    /// As ``Report/kind``.
    public var kind: String?
}

extension Vault {
    /// A patient's reports that may be used, the latest first; those whose date is missing or may mean two days come last.
    /// - Parameter limit: at most so many, those that were imported last.
    public func deidentified(of patient: PatientPseudonym, limit: Int) throws -> [DeidentifiedListing] {
        try Self.translated {
            let rows = try database.read {
                try Row.fetchAll(
                    $0,
                    sql: "\(Self.columns) WHERE isCurrent = 1 AND patient = ? AND status = ? ORDER BY row DESC LIMIT ?",
                    arguments: [patient.hex, ReportStatus.deidentified.rawValue, limit])
            }
            return try rows.map { row -> (String?, DeidentifiedListing) in
                let report = try stored(row).report
                let day = report.date.flatMap { DateForm.isoDay($0) }
                return (day, DeidentifiedListing(id: report.id, date: day ?? report.date, kind: report.kind))
            }.sorted { ($0.0 ?? "") > ($1.0 ?? "") }.map(\.1)
        }
    }

    /// A report that may be used, with what identifies the patient replaced.
    /// - Returns: `nil` for an id that is not known, and for reports that wait, are in review, or were taken out of use.
    /// - Throws: ``DeidentificationError`` `.receiptForged` if the receipt was not written by this vault.
    public func deidentified(_ id: ContentHash) throws -> DeidentifiedReport? {
        let row = try Self.translated {
            try database.read {
                try Row.fetchOne(
                    $0,
                    sql: """
                        SELECT patient, receipt, seal, text FROM reports JOIN deidentified ON report = row
                        WHERE id = ? AND isCurrent = 1 AND status = ? AND patient IS NOT NULL
                        """, arguments: [id.hex, ReportStatus.deidentified.rawValue])
            }
        }
        guard let row else { return nil }
        let patient: String = row["patient"], text: Data = row["text"]
        return try DeidentifiedReport.restore(
            text: String(decoding: try opened(text, "deidentified", id.hex), as: UTF8.self),
            receipt: try sealedReceipt(row), for: Self.subject(id.hex, patient: patient), by: authority)
    }
}
