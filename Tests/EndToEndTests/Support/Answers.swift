import Foundation

/// `consilium-admin audit --json`, as far as tests look at it.
struct Audit: Decodable {
    struct Ledger: Decodable {
        struct Violation: Decodable { var code: String }

        struct Budget: Decodable {
            struct Job: Decodable {
                var job: String
                var committed: Int
                var aborted: Int
                var open: Int

                var counts: String { "\(committed) committed, \(aborted) aborted, \(open) open" }
            }

            var unit: String
            var charged: Double
            var left: Double
            var jobs: [Job]
        }

        struct Finding: Decodable {
            var job: String
            var verdict: String
            var isRecounted: Bool
        }

        var clinic: String
        var rows: Int
        var audits: [Finding]
        var budget: Budget?
        var violations: [Violation]
    }

    var ledgers: [Ledger]
    var isClean: Bool
}

/// `consilium-node jobs result --json`.
struct JobFigures: Decodable {
    struct Report: Decodable {
        struct Score: Decodable { var bitsPerByte: Double }

        var heldOutBytes: Int
        var heldOutReports: Int
        var base: Score
        var federated: Score
    }

    var report: Report
    var epsilonSpent: Double
    var epsilonCap: Double
}

/// `consilium-node run --json`.
struct RunOutcome: Decodable {
    struct Job: Decodable {
        var id: String
        var state: String
        var rounds: [Int]
        var note: String
    }

    var jobs: [Job]
    var failed: Bool
}
