/// What taking part brought one clinic on its own held-out patients, ending in a choice.
///
/// Federation does not help every clinic: one with a style of its own may do better alone. All numbers are kept, also those
/// that speak against the common adapter, and those that were not measured.
public struct BenefitReport: Sendable, Equatable, Codable {
    /// What a clinic can work with.
    public enum Candidate: String, Sendable, Codable, CaseIterable {
        /// The model that all began with: the yardstick, and the choice only where the best of the three does worse.
        case base
        /// The adapter that the consortium trained.
        case common
        /// The common adapter after some steps on the clinic's own reports, which stay there.
        case personalised
        /// An adapter of the clinic's own, trained without the others.
        case local

        /// For people.
        public var title: String {
            switch self {
            case .base: "base model"
            case .common: "common adapter"
            case .personalised: "common adapter + local steps"
            case .local: "local only"
            }
        }
    }

    public struct Row: Sendable, Equatable, Codable {
        public var candidate: Candidate
        /// `nil`: not measured.
        public var estimate: Estimate?
        /// Against the base model; `nil` for the base model and what was not measured.
        public var againstBase: MetricComparison?
    }

    /// Such as `bits_per_byte`.
    public var metric: String
    public var isHigherBetter: Bool
    public var items: Int
    public var units: Int
    /// Base, common, personalised, local: always all four, in this order.
    public var rows: [Row]
    /// The common adapter against the clinic's own: what joining brought; `nil` where one of them was not measured.
    public var joining: MetricComparison?
    /// The common adapter with local steps against the clinic's own: what joining brought a clinic that goes on from there;
    /// `nil` where one of them was not measured.
    public var joiningPersonalised: MetricComparison?
    /// What this clinic should use.
    public var choice: Candidate
    /// How certain it is that the choice beats the best of the other adapters, from 0.5 (a coin) to 1; `nil` if no other was
    /// measured.
    public var certainty: Double?

    /// - Parameter sheets: of the same items in the same order; the base model and the common adapter at least.
    /// - Throws: ``EvaluationError`` `.invalidInput` without those two, or if `metric` is missing or undefined; those of
    ///   ``ScoreSheet/comparison(with:_:)``.
    public init(
        metric: String, sheets: [Candidate: ScoreSheet], statistics: ScoreSheet.Statistics = .init()
    ) throws {
        guard let base = sheets[.base], sheets[.common] != nil else {
            throw EvaluationError(
                .invalidInput, "The report needs figures of the base model and of the common adapter. Evaluate both.")
        }
        func compare(_ sheet: ScoreSheet, _ other: ScoreSheet) throws -> MetricComparison? {
            try sheet.comparison(with: other, of: metric, statistics).first
        }
        let summary = try base.summary(of: metric, statistics)
        guard let figure = summary.figures.first else {
            throw EvaluationError(
                .invalidInput, "There is no figure “\(metric)” for these items. Choose one that the task has.")
        }
        var rows: [Row] = []
        for candidate in Candidate.allCases {
            let sheet = sheets[candidate]
            rows.append(
                Row(
                    candidate: candidate,
                    estimate: candidate == .base
                        ? figure.estimate : try sheet?.summary(of: metric, statistics)[metric],
                    againstBase: candidate == .base ? nil : try sheet.flatMap { try compare($0, base) }))
        }
        self.metric = metric
        isHigherBetter = figure.isHigherBetter
        items = summary.items
        units = summary.units
        self.rows = rows
        func againstLocal(_ candidate: Candidate) throws -> MetricComparison? {
            guard let sheet = sheets[candidate], let local = sheets[.local] else { return nil }
            return try compare(sheet, local)
        }
        joining = try againstLocal(.common)
        joiningPersonalised = try againstLocal(.personalised)
        (choice, certainty) = try Self.choose(rows, sheets, isHigherBetter: figure.isHigherBetter, compare: compare)
    }

    /// The common adapter, unless another one is better beyond what the choice of patients explains: it was made under the
    /// consortium's privacy budget and is checked by all, so chance alone is no reason to leave it. The base model, if the
    /// best of the three is worse than that beyond chance.
    private static func choose(
        _ rows: [Row], _ sheets: [Candidate: ScoreSheet], isHigherBetter: Bool,
        compare: (ScoreSheet, ScoreSheet) throws -> MetricComparison?
    ) throws -> (Candidate, Double?) {
        func value(_ candidate: Candidate) -> Double? {
            guard candidate != .base else { return nil }
            return rows.first { $0.candidate == candidate }?.estimate.map { isHigherBetter ? $0.value : -$0.value }
        }
        func best(_ candidates: [Candidate]) -> Candidate? {
            candidates.filter { value($0) != nil }.max { (value($0) ?? 0) < (value($1) ?? 0) }
        }
        let better = try [Candidate.personalised, .local].filter { other in
            guard let challenger = sheets[other], let common = sheets[.common] else { return false }
            return try compare(challenger, common)?.verdict == .better
        }
        var choice = best(better) ?? .common
        if rows.first(where: { $0.candidate == choice })?.againstBase?.verdict == .worse { choice = .base }
        guard let rival = best(Candidate.allCases.filter { $0 != choice }), let chosen = sheets[choice],
            let second = sheets[rival]
        else { return (choice, nil) }
        return (choice, try compare(chosen, second)?.certainty)
    }

    public subscript(candidate: Candidate) -> Row? { rows.first { $0.candidate == candidate } }

    /// Whether the choice is better than the base model beyond chance.
    public var choiceHelps: Bool { self[choice]?.againstBase?.verdict == .better }
}
