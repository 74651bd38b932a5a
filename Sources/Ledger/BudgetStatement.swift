public import Privacy

/// How much of a budget is gone, with everything that makes an epsilon mean something.
public struct BudgetStatement: Sendable, Hashable, Codable {
    public var clinic: String
    public var scope: String
    public var unit: BudgetPolicy.Unit
    public var relation: NeighbouringRelation
    public var cap: PrivacyBudget
    /// The Rényi accountant's epsilon of everything committed or aborted, at the cap's delta.
    @InfinityAsText public var spent: Double
    /// How much the open reservations add to it.
    @InfinityAsText public var reserved: Double
    /// What the filter charges for both together: this is held against the cap.
    @InfinityAsText public var charged: Double
    /// cap − charged, never negative.
    public var left: Double
    public var head: LedgerHead?
    public var jobs: [Job]

    /// What the ledger guards and its cap, fixed when it was created.
    public var policy: BudgetPolicy { BudgetPolicy(scope: scope, cap: cap, unit: unit, relation: relation) }

    public struct Job: Sendable, Hashable, Codable {
        public var job: String
        @InfinityAsText public var epsilon: Double
        public var committed: Int
        public var aborted: Int
        public var open: Int
        /// How many more rounds like the job's latest one the dataset's cap admits.
        public var roundsLeft: Int
    }
}

extension BudgetStatement {
    /// - Parameter delta: report at this delta instead of the policy's.
    init(_ state: LedgerState, policy: BudgetPolicy, delta: Double? = nil) throws {
        let delta = delta ?? policy.cap.delta
        try RDPCurve.check(delta: delta)
        var settled = EventTally()
        var all = EventTally()
        var byJob: [String: (tally: EventTally, counts: [LedgerRow.Kind?: Int])] = [:]
        var latest: [String: (sequence: Int, events: [PrivacyEvent])] = [:]
        for (sequence, reservation) in state.reservations {
            if sequence >= latest[reservation.key.job]?.sequence ?? 0 {
                latest[reservation.key.job] = (sequence, reservation.events)
            }
            for event in reservation.events {
                all.add(event)
                if reservation.outcome != nil { settled.add(event) }
                byJob[reservation.key.job, default: (EventTally(), [:])].tally.add(event)
            }
            byJob[reservation.key.job, default: (EventTally(), [:])].counts[reservation.outcome, default: 0] += 1
        }
        let total = all.epsilon(delta: delta)
        let settledEpsilon = settled.epsilon(delta: delta)
        let chargedEpsilon = RDPFilter.epsilon(of: state.charged, delta: delta)
        clinic = state.clinic
        scope = policy.scope
        unit = policy.unit
        relation = policy.relation
        cap = policy.cap
        spent = settledEpsilon
        reserved = total.isFinite ? max(0, total - settledEpsilon) : .infinity
        charged = chargedEpsilon
        left = max(0, policy.cap.epsilon - chargedEpsilon)
        head = state.head
        let filter = RDPFilter(cap: policy.cap)
        jobs = byJob.sorted { $0.key < $1.key }.map { name, entry in
            Job(
                job: name, epsilon: entry.tally.epsilon(delta: delta), committed: entry.counts[.commit] ?? 0,
                aborted: entry.counts[.abort] ?? 0, open: entry.counts[nil] ?? 0,
                // An event that can't be accounted admits nothing more.
                roundsLeft: (try? filter.repetitionsLeft(of: latest[name]?.events ?? [], after: state.charged)) ?? 0)
        }
    }
}

/// Events summed up by mechanism, so that 100,000 rows with a handful of mechanisms cost a handful of curves.
struct EventTally {
    private var steps: [PrivacyEvent: Int] = [:]

    mutating func add(_ event: PrivacyEvent) {
        var key = event
        key.steps = 1
        let (sum, overflow) = steps[key, default: 0].addingReportingOverflow(max(0, event.steps))
        steps[key] = overflow ? .max : sum
    }

    /// In a fixed order, so that two reports of one ledger are the same.
    var events: [PrivacyEvent] {
        steps.map { key, count in
            var event = key
            event.steps = count
            return event
        }.sorted { ($0.steps, "\($0)") > ($1.steps, "\($1)") }
    }

    /// Infinite if an event can't be accounted: unknown is never free.
    func epsilon(delta: Double) -> Double {
        (try? RDPAccountant(events).epsilon(delta: delta).epsilon) ?? .infinity
    }
}
