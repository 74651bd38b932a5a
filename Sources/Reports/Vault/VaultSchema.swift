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
            try database.execute(
                sql: """
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
                    """)
            try database.execute(
                sql: "INSERT INTO vault (only, checkValue) VALUES (1, ?)",
                arguments: [try box.seal(checkValue, context: checkContext, random: random)])
        }
        return migrator
    }
}
