public import ConsiliumCore
internal import Foundation
internal import GRDB

extension Vault {
    /// The reason stored with a report that names no patient.
    public static let noPatientKey = "noPatientKey"

    /// Stores reports in one transaction: all or none.
    ///
    /// Storing the same report again does nothing. Another text or patient at the same place becomes the current version;
    /// the one before is kept but no longer used. A report without a patient key is quarantined.
    public func upsert(_ reports: [Report]) throws -> [UpsertResult] {
        try Self.translated {
            try database.write { database in try reports.map { try self.upsert($0, database) } }
        }
    }

    /// - Returns: the current report of this id, or `nil`.
    public func report(_ id: ContentHash) throws -> StoredReport? {
        try Self.translated {
            let row = try database.read {
                try Row.fetchOne($0, sql: "\(Self.columns) WHERE id = ? AND isCurrent = 1", arguments: [id.hex])
            }
            return try row.map(stored)
        }
    }

    /// The status of the current report of this id, without opening it; `nil` if there is none.
    public func status(of id: ContentHash) throws -> ReportStatus? {
        try Self.translated {
            try database.read {
                try String.fetchOne(
                    $0, sql: "SELECT status FROM reports WHERE id = ? AND isCurrent = 1", arguments: [id.hex])
            }.map { ReportStatus(rawValue: $0) ?? .quarantined }
        }
    }

    /// Visits the current reports in the order of import, a page at a time, so that the visitor may write to the vault.
    /// - Parameter status: `nil` for all.
    public func forEachReport(status: ReportStatus? = nil, _ visit: (StoredReport) throws -> Void) throws {
        var last: Int64 = 0
        while true {
            let rows = try Self.translated {
                try database.read {
                    try Row.fetchAll(
                        $0,
                        sql:
                            "\(Self.columns) WHERE isCurrent = 1 AND row > ? AND (? IS NULL OR status = ?) ORDER BY row LIMIT 100",
                        arguments: [last, status?.rawValue, status?.rawValue])
                }
            }
            guard let end = rows.last else { return }
            last = end["row"]
            for row in rows { try visit(try stored(row)) }
        }
    }

    /// Takes a report out of use for good; a result of de-identification is removed.
    public func quarantine(_ id: ContentHash, reason: String) throws {
        try Self.translated {
            try database.write { database in
                let row = try self.currentRow(id, database)
                try database.execute(sql: "DELETE FROM deidentified WHERE report = ?", arguments: [row])
                try database.execute(
                    sql: "UPDATE reports SET status = ?, reason = ? WHERE row = ?",
                    arguments: [ReportStatus.quarantined.rawValue, reason, row])
            }
        }
    }

    public func counts() throws -> VaultCounts {
        try Self.translated {
            try database.read { database in
                var counts = VaultCounts()
                let rows = try Row.fetchAll(
                    database,
                    sql:
                        "SELECT status, format, count(*) AS number FROM reports WHERE isCurrent = 1 GROUP BY status, format"
                )
                for row in rows {
                    let number: Int = row["number"]
                    if let status = ReportStatus(rawValue: row["status"]) {
                        counts.byStatus[status, default: 0] += number
                    }
                    if let format = ReportFormat(rawValue: row["format"]) {
                        counts.byFormat[format, default: 0] += number
                    }
                }
                counts.patients =
                    try Int.fetchOne(database, sql: "SELECT count(DISTINCT patient) FROM reports WHERE isCurrent = 1")
                    ?? 0
                counts.superseded =
                    try Int.fetchOne(database, sql: "SELECT count(*) FROM reports WHERE isCurrent = 0") ?? 0
                return counts
            }
        }
    }

    func currentRow(_ id: ContentHash, _ database: Database) throws -> Int64 {
        let row = try Row.fetchOne(
            database, sql: "SELECT row, isCurrent FROM reports WHERE id = ?", arguments: [id.hex])
        guard let row else {
            throw ReportsError(
                .unknownReport, "The vault has no report \(id.short). List them with “consilium-node review list”.")
        }
        let isCurrent: Bool = row["isCurrent"]
        guard isCurrent else {
            throw ReportsError(
                .notCurrent, "Report \(id.short) was replaced by a newer version meanwhile. Run the same command again."
            )
        }
        return row["row"]
    }

    static var columns: String { "SELECT row, id, version, patient, status, reason, body FROM reports" }

    func stored(_ row: Row) throws -> StoredReport {
        let id: String = row["id"], version: Int = row["version"], body: Data = row["body"]
        let plain = try box.open(body, context: context("report", id, version))
        let report = try CanonicalJSON.decode(Report.self, from: plain)
        let patient: String? = row["patient"]
        return StoredReport(
            report: report, patient: patient.map(PatientPseudonym.init(hex:)),
            status: ReportStatus(rawValue: row["status"]) ?? .quarantined, reason: row["reason"], version: version)
    }

    private func upsert(_ report: Report, _ database: Database) throws -> UpsertResult {
        let place = key.tag(ofPlace: report.source.place)
        if let row = try Row.fetchOne(
            database, sql: "SELECT row, isCurrent, place FROM reports WHERE id = ?", arguments: [report.id.hex])
        {
            let isCurrent: Bool = row["isCurrent"]
            if isCurrent { return .unchanged }
            // An older text has come back to its place.
            let number: Int64 = row["row"], storedPlace: Data = row["place"]
            try supersede(storedPlace, database)
            try database.execute(sql: "UPDATE reports SET isCurrent = 1 WHERE row = ?", arguments: [number])
            return .changed
        }
        let newest =
            try Int.fetchOne(database, sql: "SELECT max(version) FROM reports WHERE place = ?", arguments: [place]) ?? 0
        try supersede(place, database)
        let version = newest + 1
        let body = try box.seal(
            try CanonicalJSON.encode(report), context: context("report", report.id.hex, version), random: random)
        let patient = report.patientKey.flatMap { key.pseudonym(ofPatientKey: $0) }
        let status: ReportStatus = patient == nil ? .quarantined : .imported
        try database.execute(
            sql: """
                INSERT INTO reports (id, place, version, isCurrent, format, patient, status, reason, importedAt, body)
                VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                report.id.hex, place, version, report.source.format.rawValue, patient?.hex, status.rawValue,
                patient == nil ? Self.noPatientKey : nil, timestamp(), body,
            ])
        return newest == 0 ? .new : .changed
    }

    /// The current version at a place is no longer used; its de-identified text is removed. If that version ever comes back,
    /// it is de-identified again.
    private func supersede(_ place: Data, _ database: Database) throws {
        try database.execute(
            sql: "DELETE FROM deidentified WHERE report IN (SELECT row FROM reports WHERE place = ? AND isCurrent = 1)",
            arguments: [place])
        try database.execute(
            sql: """
                UPDATE reports SET isCurrent = 0,
                    status = CASE WHEN status IN ('deidentified', 'review') THEN 'imported' ELSE status END
                WHERE place = ? AND isCurrent = 1
                """, arguments: [place])
    }

    func timestamp() -> String { ISO8601DateFormatter().string(from: clock()) }
}
