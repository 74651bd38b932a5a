public import ConsiliumCore
internal import Foundation
internal import Privacy

/// `consilium-admin bench`: how long the accountants and the exact noise take on this machine, one thread.
///
/// Every repetition asks about slightly other parameters, so that nothing is answered from a cache of the one before.
public enum PrivacyBench {
    /// The repetitions of one measure.
    public struct Figure: Codable, Sendable {
        public var name: String
        /// `s`, or `samples/s`.
        public var unit: String
        public var values: [Double]
        public var median: Double

        init(_ name: String, unit: String = "s", _ values: [Double]) {
            self.name = name
            self.unit = unit
            self.values = values
            median = values.sorted()[values.count / 2]
        }
    }

    public struct Outcome: Codable, Sendable {
        public var figures: [Figure]
    }

    private static let delta = 1e-5
    /// Sampling rate and noise multiplier of the single phases.
    private static let phases = [(0.01, 1.0), (0.001, 0.7), (0.1, 2.0)]

    /// - Parameter repetitions: 1 or more; the median is the figure.
    /// - Throws: ``PrivacyError``; `CoreError` if there is no randomness.
    public static func run(repetitions: Int = 5, progress: ProgressHandler = { _ in }) throws -> Outcome {
        let repetitions = max(1, repetitions)
        var figures: [Figure] = []
        let measures = self.measures
        for (number, measure) in measures.enumerated() {
            let values = try (0..<repetitions).map { repetition in
                try measure.run(1 + 1e-4 * Double(repetition + 1))
            }
            figures.append(Figure(measure.name, unit: measure.unit, values))
            progress(
                ProgressUpdate(
                    activity: "bench", completed: Double(number + 1), total: Double(measures.count), unit: "measures"))
        }
        return Outcome(figures: figures)
    }

    private struct Measure {
        var name: String
        var unit = "s"
        /// Takes a factor near 1 for the noise; returns the figure.
        var run: (Double) throws -> Double
    }

    private static var measures: [Measure] {
        var result: [Measure] = []
        for (rate, noise) in phases {
            let what = "one phase of 10,000 steps, rate \(rate), noise \(noise)"
            func plan(_ factor: Double) -> [PrivacyEvent] { [event(rate, noise * factor, steps: 10_000)] }
            result.append(
                Measure(name: "\(what), RDP") { factor in
                    try seconds { try RDPAccountant(plan(factor)).epsilon(delta: delta) }
                })
            result.append(
                Measure(name: "\(what), PLD") { factor in
                    try seconds { try PLDAccountant(plan(factor)).epsilon(delta: delta) }
                })
        }
        result.append(
            Measure(name: "1,000 distinct rows, RDP") { factor in
                try seconds { try RDPAccountant(rows(factor)).epsilon(delta: delta) }
            })
        result.append(
            Measure(name: "1,000 distinct rows, PLD") { factor in
                try seconds { try PLDAccountant(rows(factor)).epsilon(delta: delta) }
            })
        result.append(
            Measure(name: "calibrate to epsilon 3 over 10,000 steps, RDP and PLD") { factor in
                try seconds {
                    try PrivacyQuestions.calibrate(
                        targetEpsilon: 3 * factor, delta: delta, samplingRate: 0.01, steps: 10_000)
                }
            })
        result.append(
            Measure(name: "check before a round after 1,000 rows") { factor in
                let filter = RDPFilter(cap: try PrivacyBudget(epsilon: 1000, delta: delta))
                let spent = rows(factor)
                // A node's ledger keeps the sum over its rows; only the proposal is new.
                let curve = try RDPFilter.curve(of: spent)
                return try seconds {
                    try filter.admits(
                        spentCurve: curve, proposalCurve: RDPFilter.curve(of: [event(0.0123, factor, steps: 9)]))
                }
            })
        for scale in [10, 16, 20] {
            result.append(
                Measure(name: "exact noise, sigma 2^\(scale)", unit: "samples/s") { _ in
                    let count = 4_000_000
                    let sampler = try DiscreteGaussianSampler(log2Sigma: scale)
                    var samples = [Int64](repeating: 0, count: count)
                    return try Double(count)
                        / seconds { try samples.withUnsafeMutableBufferPointer { try sampler.fill($0) } }
                })
        }
        return result
    }

    private static func event(_ rate: Double, _ noise: Double, steps: Int) -> PrivacyEvent {
        PrivacyEvent(mechanism: .gaussian(noiseMultiplier: noise), sampling: .poisson(rate: rate), steps: steps)
    }

    /// As of a thousand jobs, no two alike.
    private static func rows(_ factor: Double) -> [PrivacyEvent] {
        (0..<1000).map { row in
            event(0.005 + 1e-5 * Double(row), (0.8 + 1e-3 * Double(row)) * factor, steps: 10 + row % 40)
        }
    }

    private static func seconds(_ work: () throws -> some Any) rethrows -> Double {
        let start = ContinuousClock.now
        _ = try work()
        return (ContinuousClock.now - start) / .seconds(1)
    }
}
