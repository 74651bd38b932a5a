internal import ConsiliumCore
internal import Privacy

/// Epsilon computed anew from the rows: of the dataset, of each job, and as it grew.
struct SpendingAccounts {
    private let state: LedgerState
    private let delta: Double
    private let isTight: Bool
    /// Jobs with the same mechanisms cost the same.
    private var bounds: [[PrivacyEvent]: PLDBound] = [:]
    /// Losses are composed for so many different jobs at most, each of which may take a second; the others have the Rényi
    /// accountant's figure, which is never lower.
    private static let mostBounds = 20
    /// More points than a picture can show are of no use.
    private static let mostPoints = 400

    init(_ state: LedgerState, delta: Double, isTight: Bool) {
        self.state = state
        self.delta = delta
        self.isTight = isTight
    }

    mutating func write(to ledger: inout AuditReport.Ledger) {
        let ordered = state.reservations.sorted { $0.key < $1.key }
        var all = EventTally()
        var byJob: [String: (tally: EventTally, rounds: Int, open: Int)] = [:]
        var open = 0
        for (_, reservation) in ordered {
            let isOpen = reservation.outcome == nil ? 1 : 0
            open += isOpen
            var job = byJob[reservation.key.job] ?? (EventTally(), 0, 0)
            job.rounds += 1
            job.open += isOpen
            for event in reservation.events {
                all.add(event)
                job.tally.add(event)
            }
            byJob[reservation.key.job] = job
        }
        ledger.mechanisms = all.events
        ledger.accounts = [account(nil, all, rounds: ordered.count, open: open)]
        for (name, job) in byJob.sorted(by: { $0.key < $1.key }) {
            ledger.accounts.append(account(name, job.tally, rounds: job.rounds, open: job.open))
        }
        ledger.history = history(ordered)
        ledger.releases = ordered.map { sequence, reservation in
            AuditReport.Release(
                head: LedgerHead(sequence: sequence, hash: reservation.hash), job: reservation.key.job,
                round: reservation.key.round, attempt: reservation.key.attempt, planHash: reservation.planHash,
                outcome: reservation.outcome, transcript: reservation.transcript)
        }
    }

    private mutating func account(_ job: String?, _ tally: EventTally, rounds: Int, open: Int) -> AuditReport.Account {
        let rdp = tally.epsilon(delta: delta)
        let pld = isTight && rdp.isFinite ? bound(tally.events) : nil
        return AuditReport.Account(
            job: job, delta: delta, rounds: rounds, open: open, rdp: rdp, pld: pld,
            epsilon: min(rdp, pld?.epsilon ?? rdp))
    }

    private mutating func bound(_ events: [PrivacyEvent]) -> PLDBound? {
        if let known = bounds[events] { return known }
        guard bounds.count < Self.mostBounds else { return nil }
        let bound = try? PLDAccountant(events).epsilon(delta: delta)
        bounds[events] = bound
        return bound
    }

    private func history(_ ordered: [(key: Int, value: LedgerState.Reservation)]) -> [AuditReport.Point] {
        var curves: [PrivacyEvent: RDPCurve] = [:]
        var sum = RDPCurve()
        var points: [AuditReport.Point] = []
        let stride = max(1, (ordered.count + Self.mostPoints - 1) / Self.mostPoints)
        for (index, (sequence, reservation)) in ordered.enumerated() {
            for event in reservation.events {
                var once = event
                once.steps = 1
                let known = try? curves[once] ?? RDPAccountant([once]).curve
                guard let curve = known else { return points }
                curves[once] = curve
                sum.add(curve, steps: event.steps)
            }
            if (index + 1) % stride == 0 || index == ordered.count - 1 {
                points.append(
                    AuditReport.Point(
                        sequence: sequence, job: reservation.key.job, round: reservation.key.round, count: index + 1,
                        epsilon: (try? sum.epsilon(delta: delta).epsilon) ?? .infinity))
            }
        }
        return points
    }
}
