public import ConsiliumCore
internal import Foundation
internal import GRDB

extension Vault {
    /// Draws a random sample of the reports that count as clean.
    /// - Throws: ``ReportsError`` `.unknownReport` if there is none; ``CoreError`` `.randomnessUnavailable`.
    public func startAudit(count: Int) throws -> ReviewAudit {
        let seed = try random.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return try Self.translated {
            try database.write { database in
                var ids = try String.fetchAll(
                    database, sql: "SELECT id FROM reports WHERE isCurrent = 1 AND status = ? ORDER BY id",
                    arguments: [ReportStatus.deidentified.rawValue])
                guard !ids.isEmpty else {
                    throw ReportsError(
                        .unknownReport,
                        "No report counts as clean yet, so there is nothing to audit. Import reports first.")
                }
                let population = ids.count
                var generator = ReproducibleGenerator(seed: seed, label: "consilium review audit")
                ids.shuffle(using: &generator)
                let number =
                    try Int64.fetchOne(database, sql: "SELECT coalesce(max(number), 0) + 1 FROM audits") ?? 1
                let audit = ReviewAudit(
                    number: number, startedAt: self.clock(), seed: seed, population: population,
                    sample: try ids.prefix(max(1, count)).map { try ContentHash(hex: $0) })
                try self.write(audit, database)
                return audit
            }
        }
    }

    /// The newest audit; `nil` if there was none.
    public func newestAudit() throws -> ReviewAudit? {
        try Self.translated { try database.read { try self.audit($0) } }
    }

    /// Records what a person saw in a report of the newest audit's sample.
    /// - Throws: ``ReportsError`` `.unknownReport` if the report is not in the sample.
    public func recordAudit(_ id: ContentHash, leaked: Bool) throws -> ReviewAudit {
        try Self.translated {
            try database.write { database in
                guard var audit = try self.audit(database), audit.sample.contains(id) else {
                    throw ReportsError(
                        .unknownReport,
                        "Report \(id.short) is not in the sample of the audit. See “consilium-node review audit”.")
                }
                audit.leaked[id.hex] = leaked
                try self.write(audit, database)
                return audit
            }
        }
    }

    private func audit(_ database: Database) throws -> ReviewAudit? {
        guard let row = try Row.fetchOne(database, sql: "SELECT number, body FROM audits ORDER BY number DESC LIMIT 1")
        else { return nil }
        let number: Int64 = row["number"], body: Data = row["body"]
        return try CanonicalJSON.decode(ReviewAudit.self, from: opened(body, "audit", "\(number)"))
    }

    private func write(_ audit: ReviewAudit, _ database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO audits (number, body) VALUES (?, ?)",
            arguments: [
                audit.number, try sealed(try CanonicalJSON.encode(audit), "audit", "\(audit.number)"),
            ])
    }

    /// A value that the vault keeps for the node under a name; `nil` if there is none.
    public func setting<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value? {
        let body = try Self.translated {
            try database.read {
                try Data.fetchOne($0, sql: "SELECT body FROM settings WHERE name = ?", arguments: [name])
            }
        }
        return try body.map { try CanonicalJSON.decode(type, from: opened($0, "setting", name)) }
    }

    /// Keeps a value, sealed, in place of an earlier one; `nil` removes it.
    public func set<Value: Encodable>(_ value: Value?, as name: String) throws {
        try Self.translated {
            try database.write { database in
                guard let value else {
                    return try database.execute(sql: "DELETE FROM settings WHERE name = ?", arguments: [name])
                }
                try database.execute(
                    sql: "INSERT OR REPLACE INTO settings (name, body) VALUES (?, ?)",
                    arguments: [name, try self.sealed(try CanonicalJSON.encode(value), "setting", name)])
            }
        }
    }
}
