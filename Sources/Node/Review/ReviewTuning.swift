internal import Deidentification
public import Foundation
internal import Reports

/// What a clinic's own reviews say about the certainty below which a person should look at a report.
///
/// Only reports that a person looked at count: those decided in review, and those of the audits' samples. Of the reports in
/// which the person found something that was overlooked, the wanted share must be below the threshold; of all
/// thresholds that do, the lowest sends the fewest reports to review.
public struct ReviewTuning: Codable, Sendable, Equatable {
    /// The vault's setting.
    static let setting = "review-tuning"
    /// With fewer decisions, or fewer reports in which something was overlooked, chance would decide.
    static let leastDecided = 50
    static let leastOverlooked = 10

    /// In place of the policy's value.
    public var reviewBelow: Double
    /// Of the tagger.
    public var thresholds: ThresholdTuning
    public var date: Date
    /// The wanted share of reports with something overlooked that go to review.
    public var target: Double
    /// Reports that people looked at, and those of them in which something had been overlooked.
    public var decided: Int
    public var overlooked: Int
    /// The share that the threshold of before, and this one, would have sent to review: of those with something overlooked,
    /// and of all.
    public var caughtBefore: Double
    public var caught: Double
    public var reviewedBefore: Double
    public var reviewed: Double

    /// A report that a person looked at.
    struct Example {
        /// Of the detection, before the person looked; `nil` if nothing told.
        var certainty: Double?
        /// Whether the person found an identifier that was overlooked.
        var isOverlooked: Bool

        func isReviewed(below threshold: Double) -> Bool { (certainty ?? 1) < threshold }
    }

    /// - Parameter current: the threshold in force.
    /// - Throws: ``NodeError`` `.tooFewDecisions`, or `.badInput` for a target that is no share.
    init(
        _ examples: [Example], current: Double, target: Double, date: Date,
        thresholds: ThresholdTuning = ThresholdTuning()
    ) throws {
        guard target > 0, target <= 1 else {
            throw NodeError(.badInput, "--target must be above 0 and at most 1, such as 0.95.")
        }
        let overlooked = examples.filter(\.isOverlooked)
        guard examples.count >= Self.leastDecided, overlooked.count >= Self.leastOverlooked else {
            throw NodeError(
                .tooFewDecisions,
                "There are \(examples.count) decided reports, \(overlooked.count) of them with an identifier that had been overlooked. "
                    + "Tuning needs \(Self.leastDecided) and \(Self.leastOverlooked): review more, or audit a sample with “review audit”."
            )
        }
        func share(_ some: [Example], _ threshold: Double) -> Double {
            Double(some.count { $0.isReviewed(below: threshold) }) / Double(some.count)
        }
        // A report is below a threshold just above its certainty. Where no threshold reaches the target, the highest is the best.
        let candidates = Set(overlooked.compactMap(\.certainty).filter { $0 < 1 }.map { min(1, $0.nextUp) } + [0])
            .sorted()
        let best = candidates.first { share(overlooked, $0) >= target } ?? candidates.last ?? current
        self.date = Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down))
        self.target = target
        self.thresholds = thresholds
        // Rounded up, so that no report that decided it is lost.
        reviewBelow = min(1, (best * 1000).rounded(.up) / 1000)
        decided = examples.count
        self.overlooked = overlooked.count
        caughtBefore = share(overlooked, current)
        caught = share(overlooked, reviewBelow)
        reviewedBefore = share(examples, current)
        reviewed = share(examples, reviewBelow)
    }
}
