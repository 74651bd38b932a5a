import Federation
import Foundation
import Identity

/// `GET /metrics`: counters of this process, and where everything stands by the store.
struct MetricsPage: Sendable {
    let metrics: Metrics
    let store: any CoordinatorStore
    let rosters: RosterKeeper

    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    func text() async throws -> String {
        var text = MetricsText()
        metrics.write(to: &text)
        let jobs = try await store.jobs()
        var closed = 0
        for job in jobs { closed += try await roundsClosed(job) }
        text.add(.rounds, Double(closed))
        try await addClinics(to: &text)
        Self.add(jobs, to: &text)
        ProcessFigures.current().write(to: &text)
        return text.text
    }

    private func roundsClosed(_ job: StoredJob) async throws -> Int {
        switch job.machine.phase {
        case .proposed: 0
        case .open(let round), .summing(let round, _), .aggregating(let round, _): round.number - 1
        case .finished: job.machine.rules.rounds
        case .stopped: try await store.results(of: job.id).count
        }
    }

    private func addClinics(to text: inout MetricsText) async throws {
        let roster = await rosters.roster
        text.add(.rosterClinics, Double(roster.members.count))
        text.add(.rosterVersion, Double(roster.version))
        let seen = try await store.lastSeen()
        for member in roster.members {
            guard let date = seen[member.clinic] else { continue }
            text.add(.clinicSeen, [("clinic", member.clinic.text)], date.timeIntervalSince1970.rounded(.down))
        }
        text.add(.pendingEnrolments, Double(try await store.pendingEnrolments().count))
    }

    private static func add(_ jobs: [StoredJob], to text: inout MetricsText) {
        let states = ["proposed", "open", "summing", "averaging", "finished", "stopped"]
        let counts = Dictionary(grouping: jobs) { name(of: $0.machine.phase) }
        for state in states { text.add(.jobs, [("state", state)], Double(counts[state]?.count ?? 0)) }
        let running = jobs.compactMap { job in job.machine.currentRound.map { (job, $0) } }
        func add(_ family: MetricFamily, _ value: (StoredJob, RoundStateMachine) -> Double) {
            for (job, round) in running { text.add(family, [("job", job.id.rawValue)], value(job, round)) }
        }
        add(.jobRound) { Double($1.number) }
        add(.jobRounds) { job, _ in Double(job.machine.rules.rounds) }
        add(.roundExpected) { Double($1.expected.count) }
        add(.roundDelivered) { Double($1.delivered.count) }
        add(.roundDeadline) { $1.deadline.timeIntervalSince1970.rounded(.down) }
        let sums = jobs.compactMap { job -> (JobID, SumProgress)? in
            guard case .summing(_, let sum) = job.machine.phase else { return nil }
            return (job.id, sum)
        }
        for (id, sum) in sums { text.add(.sumAttempt, [("job", id.rawValue)], Double(sum.attempt)) }
        for (id, sum) in sums { text.add(.sumClinics, [("job", id.rawValue)], Double(sum.clinics.count)) }
    }

    private static func name(of phase: JobStateMachine.Phase) -> String {
        switch phase {
        case .proposed: "proposed"
        case .open: "open"
        case .summing: "summing"
        case .aggregating: "averaging"
        case .finished: "finished"
        case .stopped: "stopped"
        }
    }
}
