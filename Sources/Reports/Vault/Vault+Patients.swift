public import ConsiliumCore
public import Deidentification
internal import Foundation
internal import GRDB

extension Vault {
    /// How many values are kept of one patient. More come from a wrong patient key, and would make every search slow.
    public static let identifiersPerPatient = 500

    /// Keeps identifying values of patients, so that they are searched in all texts of the same patient. Values that are
    /// there already, and those beyond ``identifiersPerPatient``, are passed over.
    /// - Parameter areFound: they come from texts, not from records or a person. They are searched too, but a person may
    ///   overrule them.
    /// - Returns: how many were added.
    @discardableResult
    public func remember(
        _ values: [(patient: PatientPseudonym, known: [KnownIdentifier])], areFound: Bool = false
    ) throws -> Int {
        guard values.contains(where: { !$0.known.isEmpty }) else { return 0 }
        return try Self.translated {
            try database.write { database in
                try values.reduce(0) { try $0 + self.remember($1.known, of: $1.patient, areFound: areFound, database) }
            }
        }
    }

    func remember(
        _ known: [KnownIdentifier], of patient: PatientPseudonym, areFound: Bool, _ database: Database
    ) throws -> Int {
        var added = 0
        var count: Int?
        for identifier in Set(known).sorted(by: { ($0.label.rawValue, $0.value) < ($1.label.rawValue, $1.value) })
        where !identifier.value.allSatisfy(\.isWhitespace) {
            let tag = key.tag(ofIdentifier: identifier)
            let isThere = try Bool.fetchOne(
                database, sql: "SELECT isFound FROM patientIdentifiers WHERE patient = ? AND tag = ?",
                arguments: [patient.hex, tag])
            if let isThere {
                if isThere, !areFound {
                    try database.execute(
                        sql: "UPDATE patientIdentifiers SET isFound = 0 WHERE patient = ? AND tag = ?",
                        arguments: [patient.hex, tag])
                }
                continue
            }
            let number =
                try count
                ?? Int.fetchOne(
                    database, sql: "SELECT count(*) FROM patientIdentifiers WHERE patient = ?",
                    arguments: [patient.hex]) ?? 0
            guard number < Self.identifiersPerPatient else { break }
            try database.execute(
                sql: "INSERT INTO patientIdentifiers (patient, isFound, tag, body) VALUES (?, ?, ?, ?)",
                arguments: [
                    patient.hex, areFound, tag,
                    try sealed(try CanonicalJSON.encode(identifier), "identifier", patient.hex),
                ])
            count = number + 1
            added += 1
        }
        return added
    }

    /// Values that came from texts and that a person says are none are searched no longer.
    func forget(_ values: [KnownIdentifier], of patient: PatientPseudonym, _ database: Database) throws {
        for value in values {
            try database.execute(
                sql: "DELETE FROM patientIdentifiers WHERE patient = ? AND tag = ? AND isFound = 1",
                arguments: [patient.hex, key.tag(ofIdentifier: value)])
        }
    }

    /// The values of all records of a patient.
    /// - Parameters:
    ///   - row: only those that were added after it.
    ///   - includingFound: also those that came from texts.
    /// - Returns: the values, and the row of the last one (`row` if there is none).
    public func knownIdentifiers(of patient: PatientPseudonym, after row: Int64 = 0, includingFound: Bool = true) throws
        -> (
            known: [KnownIdentifier], upTo: Int64
        )
    {
        let rows = try Self.translated {
            try database.read {
                try Row.fetchAll(
                    $0,
                    sql: """
                        SELECT row, body FROM patientIdentifiers
                        WHERE patient = ? AND row > ? AND (? OR isFound = 0) ORDER BY row
                        """, arguments: [patient.hex, row, includingFound])
            }
        }
        let known = try rows.map { row in
            let body: Data = row["body"]
            return try CanonicalJSON.decode(KnownIdentifier.self, from: opened(body, "identifier", patient.hex))
        }
        return (known, rows.last?["row"] ?? row)
    }

    /// De-identified reports in which values that became known later were not searched yet, with the row of the last value
    /// that was.
    public func behindOnIdentifiers() throws -> [(id: ContentHash, knownUpTo: Int64)] {
        try Self.translated {
            try database.read { database in
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT id, knownUpTo FROM reports JOIN deidentified ON report = reports.row
                        WHERE isCurrent = 1 AND status != ? AND knownUpTo <
                            (SELECT max(row) FROM patientIdentifiers AS known WHERE known.patient = reports.patient)
                        ORDER BY reports.row
                        """, arguments: [ReportStatus.quarantined.rawValue]
                ).map { row in
                    let id: String = row["id"]
                    return (try ContentHash(hex: id), row["knownUpTo"])
                }
            }
        }
    }

    /// Notes that values were searched in reports and not found.
    public func markSearched(_ searched: [(id: ContentHash, upTo: Int64)]) throws {
        try Self.translated {
            try database.write { database in
                for (id, upTo) in searched {
                    try database.execute(
                        sql: """
                            UPDATE deidentified SET knownUpTo = max(knownUpTo, ?)
                            WHERE report = (SELECT row FROM reports WHERE id = ?)
                            """, arguments: [upTo, id.hex])
                }
            }
        }
    }
}
