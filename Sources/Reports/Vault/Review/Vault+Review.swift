public import ConsiliumCore
public import Deidentification
internal import Foundation
internal import GRDB

extension Vault {
    /// Reports that wait for a person, the riskiest first.
    /// - Parameter includingUnsafe: also quarantined ones that a person could mend.
    public func reviewQueue(limit: Int, offset: Int = 0, includingUnsafe: Bool = false) throws -> [ReviewEntry] {
        let ids = try Self.translated {
            try database.read {
                try String.fetchAll(
                    $0,
                    sql: """
                        SELECT id FROM deidentified JOIN reports ON report = row
                        WHERE isCurrent = 1 AND (status = ? OR (? AND status = ? AND reason = ?))
                        ORDER BY risk DESC, report LIMIT ? OFFSET ?
                        """,
                    arguments: [
                        ReportStatus.review.rawValue, includingUnsafe, ReportStatus.quarantined.rawValue, Self.notSafe,
                        max(0, limit), max(0, offset),
                    ])
            }
        }
        return try ids.compactMap { try reviewEntry(ContentHash(hex: $0)) }
    }

    /// A report with what de-identification made of it.
    /// - Returns: `nil` if the vault has no such current report, or it was not de-identified yet.
    /// - Throws: ``DeidentificationError`` `.receiptForged`.
    public func reviewEntry(_ id: ContentHash) throws -> ReviewEntry? {
        try Self.translated {
            try database.read { database in
                guard
                    let row = try Row.fetchOne(
                        database,
                        sql: """
                            SELECT row, id, version, patient, status, reason, body, receipt, seal, risk, text, findings
                            FROM reports JOIN deidentified ON report = row WHERE id = ? AND isCurrent = 1
                            """, arguments: [id.hex])
                else { return nil }
                let patient: String? = row["patient"], text: Data = row["text"], findings: Data = row["findings"]
                let (number, decision) = try self.decision(row["row"], id.hex, database)
                return ReviewEntry(
                    stored: try self.stored(row),
                    findings: try CanonicalJSON.decode(Findings.self, from: self.opened(findings, "findings", id.hex)),
                    receipt: try self.openedReceipt(row, id: id.hex, patient: patient ?? ""),
                    output: String(decoding: try self.opened(text, "deidentified", id.hex), as: UTF8.self),
                    risk: row["risk"], decisionNumber: number, decision: decision)
            }
        }
    }

    /// Current reports whose id begins with these hexadecimal digits; at most two, which is enough to see that a prefix is
    /// ambiguous.
    public func ids(beginningWith prefix: String) throws -> [ContentHash] {
        let prefix = prefix.lowercased()
        guard !prefix.isEmpty, prefix.utf8.count <= 64, prefix.allSatisfy(\.isHexDigit) else { return [] }
        return try Self.translated {
            try database.read {
                try String.fetchAll(
                    $0, sql: "SELECT id FROM reports WHERE isCurrent = 1 AND id >= ? AND id < ? ORDER BY id LIMIT 2",
                    arguments: [prefix, prefix + "g"]
                ).map { try ContentHash(hex: $0) }
            }
        }
    }

    /// Records a decision and what follows from it, in one transaction.
    ///
    /// - Parameters:
    ///   - result: of an approval: the text to be used. A quarantined result is never approved.
    ///   - seen: ``ReviewEntry/decisionNumber`` of what the reviewer looked at.
    ///   - remember: values that the reviewer marked, to be searched in the patient's other texts.
    ///   - forget: values that were found in texts and that the reviewer says are none.
    /// - Throws: ``ReportsError`` `.alreadyDecided` if another reviewer was faster or the report was de-identified anew,
    ///   `.unknownReport`, `.notCurrent`, `.notApprovable`.
    public func decide(
        _ decision: ReviewDecision, on entry: ReviewEntry, result: DeidentificationResult?,
        remember values: [KnownIdentifier] = [], forget mistakes: [KnownIdentifier] = []
    ) throws {
        let id = entry.stored.report.id
        try Self.translated {
            try database.write { database in
                let row = try self.currentRow(id, database)
                let receipt = try Row.fetchOne(
                    database,
                    sql:
                        "SELECT patient, receipt, seal, knownUpTo FROM reports JOIN deidentified ON report = row WHERE row = ?",
                    arguments: [row])
                guard try self.newestDecision(row, database) == entry.decisionNumber, let receipt,
                    try self.openedReceipt(receipt, id: id.hex, patient: receipt["patient"] ?? "") == entry.receipt
                else {
                    throw ReportsError(
                        .alreadyDecided,
                        "Report \(id.short) was decided by another person or de-identified anew meanwhile. Look at it again."
                    )
                }
                try database.execute(
                    sql: "INSERT INTO decisions (report, decidedAt, body) VALUES (?, ?, ?)",
                    arguments: [
                        row, self.timestamp(), try self.sealed(try CanonicalJSON.encode(decision), "decision", id.hex),
                    ])
                try self.apply(decision, to: entry, row: row, result, knownUpTo: receipt["knownUpTo"], database)
                if let patient = entry.stored.patient {
                    try self.forget(mistakes, of: patient, database)
                    _ = try self.remember(values, of: patient, areFound: false, database)
                }
            }
        }
    }

    private func apply(
        _ decision: ReviewDecision, to entry: ReviewEntry, row: Int64, _ result: DeidentificationResult?,
        knownUpTo: Int64, _ database: Database
    ) throws {
        let id = entry.stored.report.id
        switch decision.kind {
        case .approved:
            guard let result, result.report != nil else {
                throw ReportsError(
                    .notApprovable,
                    "Report \(id.short) still holds an identifier and can't be approved. Redact it first.")
            }
            let new = ResultToStore(id: id, result: result, risk: 0, knownUpTo: knownUpTo)
            try write(new, row: row, database)
        case .rejected:
            try database.execute(sql: "DELETE FROM deidentified WHERE report = ?", arguments: [row])
            try database.execute(
                sql: "UPDATE reports SET status = ?, reason = ? WHERE row = ?",
                arguments: [ReportStatus.quarantined.rawValue, Self.rejected, row])
        case .leaked:
            let receipt = try authority.seal(
                entry.receipt.held(), for: Self.subject(id.hex, patient: entry.stored.patient?.hex ?? ""))
            let findings = Findings(spans: entry.findings.spans, reasons: ["An audit found an identifier in the text."])
            try database.execute(
                sql: "UPDATE deidentified SET receipt = ?, seal = ?, risk = 1, findings = ? WHERE report = ?",
                arguments: [
                    receipt.receipt, receipt.seal.hex,
                    try sealed(try CanonicalJSON.encode(findings), "findings", id.hex), row,
                ])
            try database.execute(
                sql: "UPDATE reports SET status = ?, reason = NULL WHERE row = ?",
                arguments: [ReportStatus.review.rawValue, row])
        }
    }

    /// The reason stored with a report that a person rejected.
    public static let rejected = "rejected"

    /// All decisions about current reports, oldest first.
    public func decisions() throws -> [(id: ContentHash, decision: ReviewDecision)] {
        try Self.translated {
            try database.read { database in
                try Row.fetchAll(
                    database,
                    sql:
                        "SELECT id, decisions.body AS decision FROM decisions JOIN reports ON report = row ORDER BY number"
                ).map { row in
                    let id: String = row["id"], body: Data = row["decision"]
                    return (
                        try ContentHash(hex: id),
                        try CanonicalJSON.decode(ReviewDecision.self, from: self.opened(body, "decision", id))
                    )
                }
            }
        }
    }

    /// The newest decision about a report, with its number; 0 and `nil` if there is none.
    public func newestDecision(of id: ContentHash) throws -> (number: Int64, decision: ReviewDecision?) {
        try Self.translated {
            try database.read { database in try self.decision(self.currentRow(id, database), id.hex, database) }
        }
    }

    func newestDecision(_ row: Int64, _ database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT max(number) FROM decisions WHERE report = ?", arguments: [row]) ?? 0
    }

    private func decision(_ row: Int64, _ id: String, _ database: Database) throws -> (Int64, ReviewDecision?) {
        guard
            let found = try Row.fetchOne(
                database, sql: "SELECT number, body FROM decisions WHERE report = ? ORDER BY number DESC LIMIT 1",
                arguments: [row])
        else { return (0, nil) }
        let body: Data = found["body"]
        return (found["number"], try CanonicalJSON.decode(ReviewDecision.self, from: opened(body, "decision", id)))
    }
}
