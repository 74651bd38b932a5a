public import ConsiliumCore
public import Deidentification
internal import Foundation
internal import GRDB

extension Vault {
    /// Stores what de-identification made of a report. The receipt's status decides: `clean` may be used, `review` waits for
    /// a person, `quarantine` is stored as quarantined without its text.
    /// - Throws: ``ReportsError`` `.unknownReport`, `.notCurrent`, or `.noPatient` for a report that names no patient.
    public func store(_ result: DeidentifiedReport, for id: ContentHash) throws {
        guard result.receipt.status != .quarantine else { return try quarantine(id, reason: "deidentification") }
        let receipt = String(decoding: try CanonicalJSON.encode(result.receipt), as: UTF8.self)
        try Self.translated {
            try database.write { database in
                let row = try self.currentRow(id, database)
                let patient = try String.fetchOne(
                    database, sql: "SELECT patient FROM reports WHERE row = ?", arguments: [row])
                guard patient != nil else {
                    throw ReportsError(
                        .noPatient,
                        "Report \(id.short) names no patient and can't be used. Give it a patient key and import it again, or set “patientKeyFallback: report”."
                    )
                }
                let text = try self.box.seal(
                    Data(result.text.utf8), context: self.context("deidentified", id.hex, 1), random: self.random)
                try database.execute(
                    sql: """
                        INSERT INTO deidentified (report, receipt, storedAt, text) VALUES (?, ?, ?, ?)
                        ON CONFLICT (report) DO UPDATE SET receipt = excluded.receipt, storedAt = excluded.storedAt, text = excluded.text
                        """, arguments: [row, receipt, self.timestamp(), text])
                let status: ReportStatus = result.receipt.status == .clean ? .deidentified : .review
                try database.execute(
                    sql: "UPDATE reports SET status = ?, reason = NULL WHERE row = ?",
                    arguments: [status.rawValue, row])
            }
        }
    }

    /// Visits every de-identified report that may be used, with its patient, in the order of import.
    public func forEachDeidentified(_ visit: (ContentHash, DeidentifiedReport, PatientPseudonym) throws -> Void) throws
    {
        var last: Int64 = 0
        while true {
            let rows = try Self.translated {
                try database.read {
                    try Row.fetchAll(
                        $0,
                        sql: """
                            SELECT row, id, patient, receipt, text FROM reports JOIN deidentified ON report = row
                            WHERE isCurrent = 1 AND status = ? AND patient IS NOT NULL AND row > ? ORDER BY row LIMIT 100
                            """, arguments: [ReportStatus.deidentified.rawValue, last])
                }
            }
            guard let end = rows.last else { return }
            last = end["row"]
            for row in rows {
                let id: String = row["id"], patient: String = row["patient"]
                try visit(try ContentHash(hex: id), try restored(row, id: id), PatientPseudonym(hex: patient))
            }
        }
    }

    /// What a report in review looks like after de-identification, for a person to judge; `nil` if there is no result.
    public func deidentifiedText(of id: ContentHash) throws -> (text: String, receipt: DeidentificationReceipt)? {
        let row = try Self.translated {
            try database.read {
                try Row.fetchOne(
                    $0,
                    sql:
                        "SELECT receipt, text FROM reports JOIN deidentified ON report = row WHERE id = ? AND isCurrent = 1",
                    arguments: [id.hex])
            }
        }
        return try row.map { try opened($0, id: id.hex) }
    }

    private func opened(_ row: Row, id: String) throws -> (text: String, receipt: DeidentificationReceipt) {
        let sealed: Data = row["text"], receipt: String = row["receipt"]
        let text = String(decoding: try box.open(sealed, context: context("deidentified", id, 1)), as: UTF8.self)
        return (text, try CanonicalJSON.decode(DeidentificationReceipt.self, from: Data(receipt.utf8)))
    }

    private func restored(_ row: Row, id: String) throws -> DeidentifiedReport {
        let (text, receipt) = try opened(row, id: id)
        return try DeidentifiedReport.restore(text: text, receipt: receipt)
    }
}
