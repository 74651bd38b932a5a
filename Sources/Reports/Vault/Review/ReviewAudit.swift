public import ConsiliumCore
public import Foundation

/// A random sample of reports that count as clean, each looked at by a person: the only measure of what is overlooked.
public struct ReviewAudit: Codable, Sendable, Equatable {
    /// 1 for the vault's first audit.
    public var number: Int64
    public var startedAt: Date
    /// What the sample was drawn with, from the system's randomness; recorded so that the draw can be repeated.
    public var seed: UInt64
    /// How many reports counted as clean when the sample was drawn.
    public var population: Int
    public var sample: [ContentHash]
    /// What was seen so far: whether an identifier was left in the text.
    public var leaked: [String: Bool]

    public init(number: Int64, startedAt: Date, seed: UInt64, population: Int, sample: [ContentHash]) {
        self.number = number
        self.startedAt = Date(timeIntervalSince1970: startedAt.timeIntervalSince1970.rounded(.down))
        self.seed = seed
        self.population = population
        self.sample = sample
        leaked = [:]
    }

    public var looked: Int { leaked.count }
    public var leaks: Int { leaked.values.count { $0 } }
    public var left: [ContentHash] { sample.filter { leaked[$0.hex] == nil } }
    public var isFinished: Bool { left.isEmpty }

    /// The share of clean reports with an identifier left in them is below this with 95 % confidence; `nil` before the first
    /// report was looked at.
    ///
    /// Without a leak it is the rule of three (Hanley and Lippman-Hand, JAMA 1983), 3/n; else the one-sided upper limit of
    /// Clopper and Pearson (Biometrika 1934).
    public var upperBound: Double? { looked == 0 ? nil : Self.upperBound(leaks: leaks, of: looked) }

    static func upperBound(leaks: Int, of looked: Int) -> Double {
        guard leaks < looked else { return 1 }
        guard leaks > 0 else { return min(1, 3 / Double(looked)) }
        var low = Double(leaks) / Double(looked)
        var high = 1.0
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if cumulative(leaks, looked, middle) > 0.05 { low = middle } else { high = middle }
        }
        return high
    }

    /// The probability of at most `count` of `total` at a share of `share`.
    private static func cumulative(_ count: Int, _ total: Int, _ share: Double) -> Double {
        var logTerm = Double(total) * log1p(-share)
        var sum = exp(logTerm)
        for index in 0..<count {
            logTerm += log(Double(total - index) / Double(index + 1)) + log(share) - log1p(-share)
            sum += exp(logTerm)
        }
        return sum
    }
}
