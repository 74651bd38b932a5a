internal import Foundation
public import Privacy

/// What if: so many more rounds with this noise, after what a ledger has spent already.
public struct BudgetPlan: Sendable, Encodable {
    /// What one round costs and how many are planned.
    public struct Question: Sendable, Encodable {
        public var samplingRate: Double
        public var noiseMultiplier: Double
        public var stepsPerRound: Int
        public var rounds: Int

        public init(samplingRate: Double, noiseMultiplier: Double, stepsPerRound: Int, rounds: Int) {
            self.samplingRate = samplingRate
            self.noiseMultiplier = noiseMultiplier
            self.stepsPerRound = stepsPerRound
            self.rounds = rounds
        }

        func event(steps: Int, noise: Double? = nil) -> PrivacyEvent {
            PrivacyEvent(
                mechanism: .gaussian(noiseMultiplier: noise ?? noiseMultiplier),
                sampling: samplingRate == 1 ? .none : .poisson(rate: samplingRate), steps: steps)
        }
    }

    public struct Round: Sendable, Encodable {
        public var round: Int
        /// What is reported: the smaller of both accountants'.
        @InfinityAsText public var epsilon: Double
        @InfinityAsText public var rdp: Double
        /// `nil` where the tight accountant knows a mechanism of the ledger not.
        public var pld: Double?
        /// What the enforcing filter counts; a round is admitted while this is within the cap.
        @InfinityAsText public var charged: Double
        public var fits: Bool
    }

    public let question: Question
    public let cap: PrivacyBudget
    /// What was spent before the first of these rounds.
    @InfinityAsText public private(set) var epsilonBefore: Double
    /// What the filter had charged by then.
    @InfinityAsText public private(set) var chargedBefore: Double
    /// Of a long plan an evenly spaced choice, with the last one and the last that fits.
    public let rounds: [Round]
    /// How many such rounds the filter still admits, up to a billion.
    public let roundsThatFit: Int
    /// The smallest noise multiplier with which all planned rounds fit; `nil` if none does.
    public let noiseNeeded: Double?

    private static let mostRows = 24

    /// - Parameters:
    ///   - spent: what a ledger has reserved so far, from an audit.
    ///   - cap: the ledger's, or the one to try.
    /// - Throws: ``AdminError`` `.invalidOption`; `PrivacyError` for parameters that no accountant takes.
    public init(_ question: Question, after spent: [PrivacyEvent] = [], cap: PrivacyBudget) throws {
        guard question.rounds >= 1, question.rounds <= 100_000 else {
            throw AdminError(.invalidOption, "--rounds is \(question.rounds); plan from 1 to 100000 rounds.")
        }
        let once = question.event(steps: question.stepsPerRound)
        try once.validate()
        guard spent.allSatisfy({ $0.relation == .addRemove }) else {
            throw AdminError(
                .invalidOption, "The ledger counts replaced patients; plans are made for patients added or removed.")
        }
        func tight(_ events: [PrivacyEvent]) throws -> (epsilon: Double, rdp: Double, pld: Double?) {
            if events.isEmpty { return (0, 0, 0) }
            let rdp = try RDPAccountant(events).epsilon(delta: cap.delta).epsilon
            let pld = try? PLDAccountant(events).epsilon(delta: cap.delta).epsilon
            return (min(rdp, pld ?? rdp), rdp, pld)
        }
        let filter = RDPFilter(cap: cap)
        let before = try RDPFilter.curve(of: spent)
        let step = try RDPFilter.curve(of: [once])
        let fitting = try filter.repetitionsLeft(of: [once], after: before)
        let stride = max(1, (question.rounds + Self.mostRows - 1) / Self.mostRows)
        let chosen = (1...question.rounds).filter {
            $0 % stride == 0 || $0 == question.rounds || $0 == fitting || $0 == 1
        }
        let rows = try chosen.map { number in
            let (steps, overflow) = question.stepsPerRound.multipliedReportingOverflow(by: number)
            guard !overflow else { throw AdminError(.invalidOption, "So many steps can't be counted. Plan fewer.") }
            let events = spent + [question.event(steps: steps)]
            let bound = try tight(events)
            var charged = before
            charged.add(step, steps: number)
            return Round(
                round: number, epsilon: bound.epsilon, rdp: bound.rdp, pld: bound.pld,
                charged: RDPFilter.epsilon(of: charged, delta: cap.delta), fits: number <= fitting)
        }
        let total = question.stepsPerRound * question.rounds
        noiseNeeded = try? NoiseCalibration.noiseMultiplier(
            target: cap,
            accountant: { RDPFilter.epsilon(of: try RDPFilter.curve(of: $0), delta: cap.delta) },
            plan: { spent + [question.event(steps: total, noise: $0)] })
        epsilonBefore = try tight(spent).epsilon
        self.question = question
        self.cap = cap
        chargedBefore = RDPFilter.epsilon(of: before, delta: cap.delta)
        self.rounds = rows
        roundsThatFit = fitting
    }

    /// Epsilon against rounds with the cap.
    public func svg() -> String {
        BudgetPicture(
            lines: [
                .init(
                    name: "what is reported",
                    points: [(0, epsilonBefore)] + rounds.map { (Double($0.round), $0.epsilon) }),
                .init(
                    name: "what is enforced",
                    points: [(0, chargedBefore)] + rounds.map { (Double($0.round), $0.charged) }),
            ], cap: cap.epsilon,
            title:
                "Noise \(MarkupText.number(question.noiseMultiplier)), rate \(MarkupText.number(question.samplingRate)), \(question.stepsPerRound) steps a round",
            yTitle: "epsilon (at delta \(MarkupText.number(cap.delta)))", xTitle: "rounds planned"
        ).svg()
    }
}
