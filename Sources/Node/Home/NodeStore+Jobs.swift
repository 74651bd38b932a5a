public import ConsiliumCore
public import Federation
public import Foundation
internal import GRDB
public import Identity

/// A proposed job as the node keeps it, with what the clinic's officer decided.
public struct JobRecord: Sendable {
    public enum State: String, Sendable, Codable {
        case proposed, running, finished, stopped
    }

    public let id: JobID
    /// The hash of the signed manifest bytes: what the officer approves.
    public let hash: ContentHash
    public let document: SignedDocument<JobManifest>
    public var decision: Consent.Decision?
    public var decidedBy: String?
    public var decidedAt: Date?
    public var consentSent: Bool
    public var state: State
}

extension NodeStore {
    /// Remembers a verified job.
    ///
    /// - Throws: ``NodeError`` `.jobChanged` for another manifest under a known id: an approval is for exactly one, and rounds,
    ///   budget and results are kept by id.
    func remember(_ document: SignedDocument<JobManifest>, id: JobID) throws {
        let encoded = try CanonicalJSON.encode(document)
        let hash = document.payloadHash.hex
        try write { database in
            let known = try String.fetchOne(
                database, sql: "SELECT hash FROM job WHERE id = ?", arguments: [id.rawValue])
            if known == hash { return }
            guard known == nil else {
                throw NodeError(
                    .jobChanged,
                    "The coordinator offers another job under the id “\(id)”, which this node knows with other content. It is left "
                        + "out; the admin has to give it an id of its own.")
            }
            try database.execute(
                sql: "INSERT INTO job (id, hash, document) VALUES (?, ?, ?)", arguments: [id.rawValue, hash, encoded])
        }
    }

    public func jobs() throws -> [JobRecord] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM job ORDER BY id").map(Self.record)
        }
    }

    /// - Throws: ``NodeError`` `.jobUnknown`.
    public func job(_ id: JobID) throws -> JobRecord {
        let found = try read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM job WHERE id = ?", arguments: [id.rawValue]).map(Self.record)
        }
        guard let found else {
            throw NodeError(.jobUnknown, "No job “\(id)” is known here. See “consilium-node jobs list”.")
        }
        return found
    }

    /// - Throws: ``NodeError`` `.jobNotApproved` if the job was denied or withdrawn.
    func requireApproval(of id: JobID) throws {
        guard try job(id).decision == .approved else {
            throw NodeError(.jobNotApproved, "The job “\(id)” is not approved any more. Nothing further leaves for it.")
        }
    }

    func decide(_ id: JobID, _ decision: Consent.Decision, by officer: String, at date: Date) throws {
        try write { database in
            try database.execute(
                sql: "UPDATE job SET decision = ?, decidedBy = ?, decidedAt = ?, consentSent = 0 WHERE id = ?",
                arguments: [decision.rawValue, officer, date.ISO8601Format(), id.rawValue])
        }
    }

    func markConsentSent(_ id: JobID) throws {
        try write { try $0.execute(sql: "UPDATE job SET consentSent = 1 WHERE id = ?", arguments: [id.rawValue]) }
    }

    func setState(_ id: JobID, _ state: JobRecord.State) throws {
        try write {
            try $0.execute(sql: "UPDATE job SET state = ? WHERE id = ?", arguments: [state.rawValue, id.rawValue])
        }
    }

    func storeReport(_ report: JobReport, for id: JobID) throws {
        let encoded = try CanonicalJSON.encode(report)
        try write { try $0.execute(sql: "UPDATE job SET report = ? WHERE id = ?", arguments: [encoded, id.rawValue]) }
    }

    /// What the job brought this clinic; `nil` until it has been evaluated here.
    public func report(for id: JobID) throws -> JobReport? {
        let data = try read { database in
            try Data.fetchOne(database, sql: "SELECT report FROM job WHERE id = ?", arguments: [id.rawValue])
        }
        return try data.map { try CanonicalJSON.decode(JobReport.self, from: $0) }
    }

    private static func record(_ row: Row) throws -> JobRecord {
        JobRecord(
            id: try JobID(row["id"]), hash: try ContentHash(hex: row["hash"]),
            document: try CanonicalJSON.decode(SignedDocument<JobManifest>.self, from: row["document"]),
            decision: (row["decision"] as String?).flatMap(Consent.Decision.init(rawValue:)),
            decidedBy: row["decidedBy"],
            decidedAt: (row["decidedAt"] as String?).flatMap { try? Date($0, strategy: .iso8601) },
            consentSent: row["consentSent"], state: JobRecord.State(rawValue: row["state"]) ?? .proposed)
    }
}
