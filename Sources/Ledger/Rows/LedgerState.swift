internal import ConsiliumCore
internal import Foundation
internal import Privacy

/// Everything that follows from the rows, one row at a time: balances, open reservations and whatever is wrong.
///
/// A writer refuses a ledger with violations; an auditor lists them all. Both use this, so they can't disagree.
struct LedgerState: Sendable {
    struct ReleaseKey: Hashable, Sendable {
        var job: String
        var round: Int
        var attempt: Int
    }
    struct Round: Hashable, Sendable {
        var job: String
        var number: Int
    }
    struct Reservation: Sendable {
        var key: ReleaseKey
        var events: [PrivacyEvent]
        var hash: ContentHash
        var planHash: ContentHash
        var outcome: LedgerRow.Kind?
        var transcript: ContentHash?
    }

    private(set) var genesis: LedgerRow.Genesis?
    private(set) var clinic = ""
    private(set) var head: LedgerHead?
    private(set) var lastTime = Date.distantPast
    private(set) var reservations: [Int: Reservation] = [:]
    private(set) var violations: [LedgerViolation] = []
    /// In the orders of the filter: all that was reserved, whatever became of it.
    private(set) var charged = RDPCurve(orders: RDPFilter.orders)
    private(set) var chargedByJob: [String: RDPCurve] = [:]
    /// The hash of each row, to compare with what others remember.
    private(set) var hashes: [Int: ContentHash] = [:]
    private(set) var highestAttempts: [Round: Int] = [:]
    private(set) var audits = CanaryAudits()
    private var releases: Set<ReleaseKey> = []
    private var stepCurves: [PrivacyEvent: RDPCurve] = [:]

    var policy: BudgetPolicy? { genesis?.policy }

    mutating func absorb(_ stored: StoredRow, _ verified: RowVerifier.Verified) {
        let expected = (head?.sequence ?? -1) + 1
        let previous = head?.hash
        if stored.sequence != expected {
            report(
                .sequenceGap, stored.sequence,
                "row \(expected) is missing; row \(stored.sequence) stands in its place")
        }
        if !verified.isSigned {
            report(.badSignature, stored.sequence, "the signature does not fit the row and the ledger's key")
        }
        head = LedgerHead(sequence: stored.sequence, hash: verified.hash)
        hashes[stored.sequence] = verified.hash
        guard let row = verified.row else {
            report(.unreadableRow, stored.sequence, "the row is not of a known form")
            return
        }
        if row.sequence != stored.sequence {
            report(.sequenceGap, stored.sequence, "the row says that it is number \(row.sequence)")
        }
        if row.version != LedgerRow.currentVersion {
            report(
                .unreadableRow, stored.sequence,
                "the row has version \(row.version), which this program does not know")
        }
        if let previous, row.previous != previous {
            report(.brokenChain, stored.sequence, "the hash of the row before does not fit")
        }
        if row.time < lastTime { report(.timeBackwards, stored.sequence, "the row is older than the one before it") }
        lastTime = max(lastTime, row.time)
        if row.kind == .genesis {
            absorb(genesis: row, stored.sequence)
        } else {
            absorb(entry: row, stored.sequence, verified.hash)
        }
    }

    mutating func report(_ code: LedgerViolation.Code, _ sequence: Int?, _ message: String) {
        violations.append(LedgerViolation(code: code, sequence: sequence, message: message))
    }

    private mutating func absorb(genesis row: LedgerRow, _ sequence: Int) {
        guard genesis == nil, sequence == 0, let first = row.genesis else {
            report(.misplacedGenesis, sequence, "a ledger has one genesis row, row 0, with its key and policy")
            return
        }
        genesis = first
        clinic = row.clinic
        if row.scope != first.policy.scope {
            report(.wrongClinic, sequence, "the row names another dataset than its policy")
        }
        if row.previous.hex != String(repeating: "0", count: 64) {
            report(.brokenChain, sequence, "the first row refers to a row before it")
        }
    }

    private mutating func absorb(entry row: LedgerRow, _ sequence: Int, _ hash: ContentHash) {
        guard let policy else {
            report(.misplacedGenesis, sequence, "the ledger does not begin with its genesis row")
            return
        }
        if row.clinic != clinic || row.scope != policy.scope {
            report(.wrongClinic, sequence, "the row belongs to another clinic or dataset")
        }
        switch row.kind {
        case .genesis: break
        case .reserve:
            guard let reserve = row.reserve else {
                report(.unreadableRow, sequence, "the reservation has no content")
                return
            }
            absorb(reserve, policy: policy, sequence, hash)
        case .commit, .abort:
            guard let settlement = row.settlement else {
                report(.unreadableRow, sequence, "the row does not say which reservation it settles")
                return
            }
            absorb(settlement, row.kind, sequence)
        case .auditPlan:
            guard let plan = row.auditPlan else {
                report(.unreadableRow, sequence, "the plan of an audit has no content")
                return
            }
            let fault = audits.fault(of: plan, isReserved: chargedByJob[plan.job] != nil)
            if let fault { report(fault.code, sequence, fault.message) }
            audits.add(plan, sequence, hash)
        case .auditResult:
            guard let result = row.auditResult else {
                report(.unreadableRow, sequence, "the result of an audit has no content")
                return
            }
            if let fault = audits.fault(of: result) { report(fault.code, sequence, fault.message) }
            audits.add(result, sequence)
        }
    }

    private mutating func absorb(
        _ reserve: LedgerRow.Reserve, policy: BudgetPolicy, _ sequence: Int, _ hash: ContentHash
    ) {
        let key = ReleaseKey(job: reserve.job, round: reserve.round, attempt: reserve.attempt)
        if !releases.insert(key).inserted {
            report(
                .replayedRelease, sequence, "job, round \(key.round) and attempt \(key.attempt) were reserved before")
        }
        let round = Round(job: key.job, number: key.round)
        highestAttempts[round] = max(highestAttempts[round] ?? 0, key.attempt)
        reservations[sequence] = Reservation(
            key: key, events: reserve.events, hash: hash, planHash: reserve.planHash, outcome: nil)
        if reserve.events.isEmpty { report(.invalidEvent, sequence, "the reservation charges nothing") }
        for event in reserve.events where event.relation != policy.relation {
            report(
                .relationMismatch, sequence,
                "an event uses \(event.relation.rawValue), the policy \(policy.relation.rawValue)")
        }
        if let contradiction = SamplingRules.contradiction(in: reserve.events) {
            report(.samplerMismatch, sequence, contradiction)
        }
        do {
            let cost = try cost(reserve.events)
            charged.add(cost, steps: 1)
            chargedByJob[reserve.job, default: RDPCurve(orders: RDPFilter.orders)].add(cost, steps: 1)
        } catch let error as PrivacyError {
            report(.invalidEvent, sequence, error.message)
            charged.values = charged.values.map { _ in .infinity }
            return
        } catch {
            report(.invalidEvent, sequence, "an event can't be accounted")
            charged.values = charged.values.map { _ in .infinity }
            return
        }
        let total = RDPFilter.epsilon(of: charged, delta: policy.cap.delta)
        if total > policy.cap.epsilon * (1 + 1e-9) {
            report(
                .budgetExceeded, sequence,
                String(format: "epsilon %.4g reserved, cap %.4g", total, policy.cap.epsilon))
        }
        if abs(total - reserve.epsilonAfter) > 1e-6 * max(1, total) {
            report(
                .wrongEpsilon, sequence,
                String(format: "the row records epsilon %.6g, recomputed it is %.6g", reserve.epsilonAfter, total))
        }
        if let jobCap = reserve.jobCap, let curve = chargedByJob[reserve.job] {
            let epsilon = RDPFilter.epsilon(of: curve, delta: jobCap.delta)
            if epsilon > jobCap.epsilon * (1 + 1e-9) {
                report(
                    .budgetExceeded, sequence,
                    String(format: "epsilon %.4g reserved for the job, its cap %.4g", epsilon, jobCap.epsilon))
            }
        }
    }

    private mutating func absorb(_ settlement: LedgerRow.Settlement, _ kind: LedgerRow.Kind, _ sequence: Int) {
        guard let reservation = reservations[settlement.reservation] else {
            report(
                .settlementWithoutReserve, sequence,
                "row \(settlement.reservation), which it settles, is no reservation")
            return
        }
        if reservation.outcome != nil {
            report(.settledTwice, sequence, "reservation \(settlement.reservation) was settled before")
            return
        }
        if kind == .commit, settlement.transcript == nil {
            report(.unreadableRow, sequence, "the commit does not name its transcript")
        }
        reservations[settlement.reservation]?.outcome = kind
        reservations[settlement.reservation]?.transcript = settlement.transcript
    }

    func isReserved(_ key: ReleaseKey) -> Bool { releases.contains(key) }

    /// The filter's curve of some events; one computation for each distinct mechanism.
    mutating func cost(_ events: [PrivacyEvent]) throws -> RDPCurve {
        var sum = RDPCurve(orders: RDPFilter.orders)
        for event in events {
            try event.validate()
            var once = event
            once.steps = 1
            let curve: RDPCurve
            if let known = stepCurves[once] {
                curve = known
            } else {
                curve = try RDPFilter.curve(of: [once])
                stepCurves[once] = curve
            }
            sum.add(curve, steps: event.steps)
        }
        return sum
    }
}
