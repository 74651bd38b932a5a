internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import GRDB
internal import SecureAggregation

/// What this clinic remembers of secure sums. It must never go back to an older state, so it is written before each answer.
extension NodeStore {
    func sum(of job: JobID, round: Int) throws -> SecureSumNode? {
        let stored = try read { database in
            try Data.fetchOne(
                database, sql: "SELECT state FROM sum WHERE job = ? AND round = ?", arguments: [job.rawValue, round])
        }
        return try stored.map {
            try CanonicalJSON.decode(
                SecureSumNode.self, from: requireSeal().open($0, place: Self.place(job, round)))
        }
    }

    private static func place(_ job: JobID, _ round: Int) -> String { "sum of \(job), round \(round)" }

    private func requireSeal() throws -> StateSeal {
        guard let seal else {
            throw NodeError(.stateUnwritable, "The secrets of a masked sum are never stored unsealed. Report this.")
        }
        return seal
    }

    /// The latest round of a job other than `round` for which this clinic has begun a sum; 0 for none.
    func lastSum(of job: JobID, except round: Int) throws -> Int {
        try read { database in
            try Int.fetchOne(
                database, sql: "SELECT max(round) FROM sum WHERE job = ? AND round <> ?",
                arguments: [job.rawValue, round])
                ?? 0
        }
    }

    func save(_ sum: SecureSumNode, of job: JobID) throws {
        let state = try requireSeal().seal(CanonicalJSON.encode(sum), place: Self.place(job, sum.subject.round))
        try write { database in
            // A secret that is replaced is overwritten on the disk, too.
            try database.execute(sql: "PRAGMA secure_delete = ON")
            try database.execute(
                sql: """
                    INSERT INTO sum (job, round, state) VALUES (?, ?, ?)
                    ON CONFLICT (job, round) DO UPDATE SET state = excluded.state
                    """, arguments: [job.rawValue, sum.subject.round, state])
        }
    }
}
