internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import GRDB
internal import Identity
internal import Ledger

/// How far a round has come in this clinic. Each state is on disk before the step that depends on it.
struct RoundRecord: Sendable, Equatable {
    enum State: String, Sendable {
        /// The budget is reserved (if the job has one) and training may have begun.
        case training
        /// The update's bytes and the new optimizer state are on disk; from here on only these bytes are ever sent.
        case ready
        /// The coordinator has confirmed the whole update; a masked one is in a signed result.
        case delivered
        /// The round is over without this clinic's update.
        case missed
    }

    var round: Int
    /// Counts the trainings of this round. With a budget each one has a reservation of its own.
    var attempt: Int
    var state: State
    var adapter: ContentHash
    var reservation: String? = nil
    /// In the clinic's own ledger, for a job with noise for whole clinics.
    var clinicReservation: String? = nil
    var manifest: SignedDocument<UpdateManifest>? = nil
    var meanLoss: Double? = nil
}

extension NodeStore {
    func round(_ round: Int, of job: JobID) throws -> RoundRecord? {
        try read { database in
            guard
                let row = try Row.fetchOne(
                    database, sql: "SELECT * FROM round WHERE job = ? AND round = ?", arguments: [job.rawValue, round])
            else { return nil }
            return RoundRecord(
                round: row["round"], attempt: row["attempt"],
                state: RoundRecord.State(rawValue: row["state"]) ?? .training,
                adapter: try ContentHash(hex: row["adapter"]), reservation: row["reservation"],
                clinicReservation: row["clinicReservation"],
                manifest: try (row["manifest"] as Data?).map {
                    try CanonicalJSON.decode(SignedDocument<UpdateManifest>.self, from: $0)
                },
                meanLoss: row["loss"])
        }
    }

    func save(_ record: RoundRecord, of job: JobID) throws {
        let manifest = try record.manifest.map { try CanonicalJSON.encode($0) }
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO round (job, round, attempt, state, adapter, reservation, clinicReservation, manifest, loss)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (job, round) DO UPDATE SET attempt = excluded.attempt, state = excluded.state,
                        adapter = excluded.adapter, reservation = excluded.reservation,
                        clinicReservation = excluded.clinicReservation, manifest = excluded.manifest,
                        loss = excluded.loss
                    """,
                arguments: [
                    job.rawValue, record.round, record.attempt, record.state.rawValue, record.adapter.hex,
                    record.reservation, record.clinicReservation, manifest, record.meanLoss,
                ])
        }
    }

    /// Every row of the patients' or of the clinic's ledger that a round of this node relied on: an older copy of the ledger
    /// lacks some of them.
    func rememberedLedgerHeads(of unit: BudgetPolicy.Unit = .patient) throws -> [LedgerHead] {
        let column = unit == .patient ? "reservation" : "clinicReservation"
        let stored = try read { database in
            try String.fetchAll(database, sql: "SELECT \(column) FROM round WHERE \(column) IS NOT NULL")
        }
        return try stored.map(Self.ledgerHead)
    }

    /// The row that a round's record names.
    /// - Throws: ``NodeError`` `.stateUnreadable`.
    static func ledgerHead(_ text: String) throws -> LedgerHead {
        guard let head = LedgerHead(text: text) else {
            throw NodeError(.stateUnreadable, "The node's state names a reservation in an unknown form.")
        }
        return head
    }

    /// The adapter each round of this job started from here, by round.
    func roundAdapters(of job: JobID) throws -> [Int: ContentHash] {
        try read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT round, adapter FROM round WHERE job = ?", arguments: [job.rawValue])
            return try Dictionary(
                uniqueKeysWithValues: rows.map { ($0["round"] as Int, try ContentHash(hex: $0["adapter"])) })
        }
    }
}
