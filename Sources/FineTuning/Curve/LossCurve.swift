public import Foundation

/// The course of a training, and its picture: losses over steps, with the learning rate on an axis of its own.
public struct LossCurve: Sendable, Equatable {
    public struct Point: Sendable, Equatable {
        public var step: Int
        /// Missing for a step without a finite loss.
        public var loss: Double?
        public var validationLoss: Double?
        public var learningRate: Double?

        public init(step: Int, loss: Double?, validationLoss: Double? = nil, learningRate: Double? = nil) {
            self.step = step
            self.loss = loss.flatMap { $0.isFinite ? $0 : nil }
            self.validationLoss = validationLoss.flatMap { $0.isFinite ? $0 : nil }
            self.learningRate = learningRate.flatMap { $0.isFinite ? $0 : nil }
        }
    }

    public var title: String
    /// Ascending in their steps.
    public var points: [Point]

    public init(points: [Point], title: String = "Training loss") {
        self.points = points.sorted { $0.step < $1.step }
        self.title = title
    }

    /// - Parameter metrics: the content of a `metrics.jsonl`, also of a run that was killed.
    /// - Throws: `CoreError` `.malformedJSON` for other content.
    public init(metrics: Data, title: String = "Training loss") throws {
        self.init(lines: try MetricsLine.lines(of: metrics), title: title)
    }

    init(lines: [MetricsLine], title: String = "Training loss") {
        self.init(
            points: lines.map {
                Point(
                    step: $0.step, loss: $0.loss, validationLoss: $0.validationLoss,
                    learningRate: Double($0.learningRate))
            }, title: title)
    }

    /// An exponential moving average over about a twenty-fifth of the run, without the pull towards zero of its first
    /// values (the bias correction of Kingma & Ba 2015).
    static func smoothed(_ losses: [(step: Int, value: Double)]) -> [(step: Int, value: Double)] {
        let keep = 1 - 2 / (max(1, Double(losses.count) / 25) + 1)
        var average = 0.0
        var weight = 0.0
        return losses.map { point in
            average = keep * average + (1 - keep) * point.value
            weight = keep * weight + (1 - keep)
            return (point.step, average / weight)
        }
    }
}
