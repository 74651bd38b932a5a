public import ConsiliumCore
public import Deidentification
internal import Foundation
internal import GRDB

/// A result of de-identification on its way into the vault.
public struct ResultToStore: Sendable {
    public var id: ContentHash
    public var result: DeidentificationResult
    public var risk: Double
    /// The last of the patient's identifiers that were searched; see ``Vault/knownIdentifiers(of:after:)``.
    public var knownUpTo: Int64
    /// The newest decision that the result takes into account.
    public var decisionNumber: Int64

    public init(
        id: ContentHash, result: DeidentificationResult, risk: Double, knownUpTo: Int64 = 0, decisionNumber: Int64 = 0
    ) {
        self.id = id
        self.result = result
        self.risk = risk
        self.knownUpTo = knownUpTo
        self.decisionNumber = decisionNumber
    }
}

extension Vault {
    /// The reason stored with a report that de-identification could not make safe. A person may still mend and approve it.
    public static let notSafe = "deidentification"

    /// Stores what de-identification made of some reports, in one transaction. The receipt's status decides: `clean` may
    /// be used, `review` waits for a person, `quarantine` is stored without a text.
    ///
    /// A report about which a person decided meanwhile is left as that person wants it.
    /// - Throws: ``ReportsError`` `.unknownReport`, or `.noPatient` for a report that names no patient.
    /// - Returns: how many were stored; reports that were replaced meanwhile are passed over.
    @discardableResult
    public func store(_ results: [ResultToStore]) throws -> Int {
        try Self.translated {
            try database.write { database in
                var stored = 0
                for result in results where try self.store(result, database) { stored += 1 }
                return stored
            }
        }
    }

    private func store(_ new: ResultToStore, _ database: Database) throws -> Bool {
        let row: Int64
        do {
            row = try currentRow(new.id, database)
        } catch let error as ReportsError where error.code == .notCurrent {
            return false
        }
        guard try newestDecision(row, database) == new.decisionNumber else { return false }
        try write(new, row: row, database)
        return true
    }

    func write(_ new: ResultToStore, row: Int64, _ database: Database) throws {
        let result = new.result
        guard
            let patient = try String.fetchOne(
                database, sql: "SELECT patient FROM reports WHERE row = ?", arguments: [row])
        else {
            throw ReportsError(
                .noPatient,
                "Report \(new.id.short) names no patient and can't be used. Give it a patient key and import it again, or set “patientKeyFallback: report”."
            )
        }
        let receipt = try authority.seal(result.receipt, for: Self.subject(new.id.hex, patient: patient))
        let text = try sealed(Data(result.text.utf8), "deidentified", new.id.hex)
        let findings = Findings(spans: result.spans, reasons: result.reasons)
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO deidentified (report, receipt, seal, risk, knownUpTo, storedAt, text, findings)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                row, receipt.receipt, receipt.seal.hex, new.risk, new.knownUpTo, timestamp(), text,
                try sealed(try CanonicalJSON.encode(findings), "findings", new.id.hex),
            ])
        let status: ReportStatus =
            switch result.status {
            case .clean: .deidentified
            case .review: .review
            case .quarantine: .quarantined
            }
        try database.execute(
            sql: "UPDATE reports SET status = ?, reason = ? WHERE row = ?",
            arguments: [status.rawValue, status == .quarantined ? Self.notSafe : nil, row])
    }

    /// Reports to be de-identified, in the order of import: those that never were, and those whose receipt is not
    /// `isCurrent` or was not written by this vault. What a person rejected stays as it is.
    public func pending(_ isCurrent: (DeidentificationReceipt) -> Bool) throws -> [ContentHash] {
        let rows = try Self.translated {
            try database.read {
                try Row.fetchAll(
                    $0,
                    sql: """
                        SELECT id, patient, status, receipt, seal FROM reports LEFT JOIN deidentified ON report = row
                        WHERE isCurrent = 1 AND patient IS NOT NULL AND (status != ? OR reason = ?) ORDER BY row
                        """, arguments: [ReportStatus.quarantined.rawValue, Self.notSafe])
            }
        }
        return try rows.compactMap { row in
            let id: String = row["id"], patient: String = row["patient"], status: String = row["status"]
            if status != ReportStatus.imported.rawValue,
                let receipt = try? openedReceipt(row, id: id, patient: patient),
                isCurrent(receipt)
            {
                return nil
            }
            return try ContentHash(hex: id)
        }
    }

    /// Visits every de-identified report that may be used, with its patient, in the order of import.
    /// - Throws: ``DeidentificationError`` `.receiptForged` if a receipt was not written by this vault.
    public func forEachDeidentified(_ visit: (ContentHash, DeidentifiedReport, PatientPseudonym) throws -> Void) throws
    {
        var last: Int64 = 0
        while true {
            let rows = try Self.translated {
                try database.read {
                    try Row.fetchAll(
                        $0,
                        sql: """
                            SELECT row, id, patient, receipt, seal, text FROM reports JOIN deidentified ON report = row
                            WHERE isCurrent = 1 AND status = ? AND patient IS NOT NULL AND row > ? ORDER BY row LIMIT 100
                            """, arguments: [ReportStatus.deidentified.rawValue, last])
                }
            }
            guard let end = rows.last else { return }
            last = end["row"]
            for row in rows {
                let id: String = row["id"], patient: String = row["patient"], text: Data = row["text"]
                let report = try DeidentifiedReport.restore(
                    text: String(decoding: try opened(text, "deidentified", id), as: UTF8.self),
                    receipt: try sealedReceipt(row), for: Self.subject(id, patient: patient), by: authority)
                try visit(try ContentHash(hex: id), report, PatientPseudonym(hex: patient))
            }
        }
    }

    /// The status and the receipt of a report's result; `nil` if there is no result.
    /// - Throws: ``DeidentificationError`` `.receiptForged`.
    public func receipt(of id: ContentHash) throws -> DeidentificationReceipt? {
        let row = try Self.translated {
            try database.read {
                try Row.fetchOne(
                    $0,
                    sql: """
                        SELECT patient, receipt, seal FROM reports JOIN deidentified ON report = row
                        WHERE id = ? AND isCurrent = 1
                        """, arguments: [id.hex])
            }
        }
        return try row.map { try openedReceipt($0, id: id.hex, patient: $0["patient"] ?? "") }
    }

    /// What a receipt's seal binds it to: nobody can move a result to another report or another patient.
    static func subject(_ id: String, patient: String) -> String { "report \(id) of \(patient)" }

    func openedReceipt(_ row: Row, id: String, patient: String) throws -> DeidentificationReceipt {
        try authority.open(try sealedReceipt(row), for: Self.subject(id, patient: patient))
    }

    func sealedReceipt(_ row: Row) throws -> SealedReceipt {
        let receipt: String? = row["receipt"], seal: String? = row["seal"]
        return SealedReceipt(receipt: receipt ?? "", seal: try ContentHash(hex: seal ?? ""))
    }

    func sealed(_ plain: Data, _ use: String, _ id: String) throws -> Data {
        try box.seal(plain, context: context(use, id, 1), random: random)
    }

    func opened(_ sealed: Data, _ use: String, _ id: String) throws -> Data {
        try box.open(sealed, context: context(use, id, 1))
    }
}
