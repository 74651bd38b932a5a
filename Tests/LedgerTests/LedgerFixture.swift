import ConsiliumCore
import ConsiliumTesting
import Crypto
import Foundation
import Privacy
import Synchronization

@testable import Ledger

/// A ledger in a folder of its own, with a clock that the test sets.
final class LedgerFixture: Sendable {
    let folder: TemporaryFolder
    let key = Curve25519.Signing.PrivateKey()
    let clock = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

    init() throws { folder = try TemporaryFolder() }

    var url: URL { folder.path("ledger.sqlite") }
    static let plan = ContentHash(of: Data("plan".utf8))

    func create(epsilon: Double = 8) throws -> PrivacyLedger {
        try PrivacyLedger.create(
            at: url, clinic: "clinic-a", signingKey: key,
            policy: BudgetPolicy(scope: "radiology-2026", cap: PrivacyBudget(epsilon: epsilon, delta: 1e-5)), now: now)
    }

    func open(clinic: String = "clinic-a", key other: Curve25519.Signing.PrivateKey? = nil, pageLimit: Int? = nil)
        throws
        -> PrivacyLedger
    {
        try PrivacyLedger.open(at: url, clinic: clinic, signingKey: other ?? key, pageLimit: pageLimit, now: now)
    }

    var now: @Sendable () -> Date {
        { [self] in
            clock.withLock { time in
                time += 1
                return time
            }
        }
    }

    static func request(
        _ round: Int, job: String = "job-1", attempt: Int = 0, noise: Double = 2, steps: Int = 20,
        jobCap: PrivacyBudget? = nil
    ) -> ReservationRequest {
        ReservationRequest(
            job: job, planHash: plan, round: round, attempt: attempt,
            events: [
                PrivacyEvent(mechanism: .gaussian(noiseMultiplier: noise), sampling: .poisson(rate: 0.05), steps: steps)
            ], clipNorm: 1, reportsPerPatient: 2, jobCap: jobCap, software: "test")
    }

    /// Some rounds with every outcome; returns the export's lines.
    func filled(rounds: Int = 4) throws -> URL {
        let ledger = try create()
        for round in 0..<rounds {
            let id = try ledger.reserve(Self.request(round))
            if round % 3 == 0 {
                try ledger.commit(id, transcript: Self.plan)
            } else if round % 3 == 1 {
                try ledger.abort(id, reason: .deadlinePassed)
            }
        }
        let export = folder.path("export.jsonl")
        try ledger.export(to: export)
        return export
    }
}
