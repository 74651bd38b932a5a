internal import ConsiliumCore
internal import Foundation
internal import GRDB

/// The vault's tables.
enum VaultSchema {
    static let checkContext = "consilium/vault/check/v1"
    static let checkValue = Data("consilium vault".utf8)

    static func migrator(box: SealedBox, random: any SecureRandom) -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("reports") { database in
            try database.execute(sql: reports)
            try database.execute(
                sql: "INSERT INTO vault (only, checkValue) VALUES (1, ?)",
                arguments: [try box.seal(checkValue, context: checkContext, random: random)])
        }
        migrator.registerMigration("review") { try $0.execute(sql: review) }
        return migrator
    }

    private static let reports = """
        CREATE TABLE vault (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            -- A constant sealed with the key: a wrong key is noticed before anything is written.
            checkValue BLOB NOT NULL
        ) STRICT;
        CREATE TABLE reports (
            row INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            -- HMAC of folder, file and locator: the versions of one place share it.
            place BLOB NOT NULL,
            version INTEGER NOT NULL,
            isCurrent INTEGER NOT NULL,
            format TEXT NOT NULL,
            -- HMAC of the patient key; null if the record names no patient.
            patient TEXT,
            status TEXT NOT NULL,
            reason TEXT,
            importedAt TEXT NOT NULL,
            body BLOB NOT NULL,
            UNIQUE (place, version)
        ) STRICT;
        CREATE UNIQUE INDEX reportsByPlace ON reports (place) WHERE isCurrent = 1;
        CREATE INDEX reportsByStatus ON reports (status, row) WHERE isCurrent = 1;
        CREATE TABLE deidentified (
            report INTEGER PRIMARY KEY REFERENCES reports (row) ON DELETE CASCADE,
            receipt TEXT NOT NULL,
            storedAt TEXT NOT NULL,
            text BLOB NOT NULL
        ) STRICT;
        """

    /// Results without a seal can't be told from forged ones: those reports are de-identified again.
    private static let review = """
        DROP TABLE deidentified;
        UPDATE reports SET status = 'imported', reason = NULL WHERE status IN ('deidentified', 'review');
        CREATE TABLE deidentified (
            report INTEGER PRIMARY KEY REFERENCES reports (row) ON DELETE CASCADE,
            receipt TEXT NOT NULL,
            -- HMAC of the receipt, the report's id and its patient.
            seal TEXT NOT NULL,
            risk REAL NOT NULL,
            -- The last row of patientIdentifiers that was searched in the text.
            knownUpTo INTEGER NOT NULL,
            storedAt TEXT NOT NULL,
            text BLOB NOT NULL,
            -- Spans, scores and reasons, sealed: with the text's length they would tell a lot.
            findings BLOB NOT NULL
        ) STRICT;
        CREATE INDEX deidentifiedByRisk ON deidentified (risk DESC, report);
        CREATE INDEX reportsByPatient ON reports (patient) WHERE isCurrent = 1;
        -- Never updated, never deleted.
        CREATE TABLE decisions (
            number INTEGER PRIMARY KEY,
            report INTEGER NOT NULL REFERENCES reports (row),
            decidedAt TEXT NOT NULL,
            body BLOB NOT NULL
        ) STRICT;
        CREATE INDEX decisionsByReport ON decisions (report, number);
        CREATE TABLE patientIdentifiers (
            -- Never used twice: results say up to which row they were searched for.
            row INTEGER PRIMARY KEY AUTOINCREMENT,
            patient TEXT NOT NULL,
            -- 0 from a record's fields or a person, 1 from a text, where it may be a mistake.
            isFound INTEGER NOT NULL,
            -- HMAC of label and value.
            tag BLOB NOT NULL,
            body BLOB NOT NULL,
            UNIQUE (patient, tag)
        ) STRICT;
        CREATE INDEX patientIdentifiersByRow ON patientIdentifiers (patient, row);
        CREATE TABLE audits (
            number INTEGER PRIMARY KEY,
            body BLOB NOT NULL
        ) STRICT;
        CREATE TABLE settings (
            name TEXT PRIMARY KEY,
            body BLOB NOT NULL
        ) STRICT;
        """
}
