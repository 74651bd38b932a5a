internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import GRDB
internal import SecureAggregation

/// What this clinic remembers of secure sums. It must never go back to an older state, so it is written before each answer.
extension NodeStore {
    func sum(of job: JobID, round: Int) throws -> SecureSumNode? {
        try read { database in
            try Data.fetchOne(
                database, sql: "SELECT state FROM sum WHERE job = ? AND round = ?", arguments: [job.rawValue, round]
            ).map { try CanonicalJSON.decode(SecureSumNode.self, from: $0) }
        }
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
        let state = try CanonicalJSON.encode(sum)
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
