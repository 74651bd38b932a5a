/// A figure of a set of items, in a form that can be computed again for every draw of a bootstrap.
public struct Metric: Sendable {
    /// How the figure comes from the items that were drawn.
    enum Rule: Sendable {
        /// From the sum of one vector an item: means, corpus BLEU, F1.
        case sums([[Double]], @Sendable ([Double]) -> Double)
        /// From the numbers of the items, of which some occur several times.
        case items(@Sendable ([Int]) -> Double)
    }

    public let name: String
    public let isHigherBetter: Bool
    let rule: Rule

    /// Σ vectors → figure.
    init(
        _ name: String, isHigherBetter: Bool = true, sums: [[Double]],
        _ figure: @escaping @Sendable ([Double]) -> Double
    ) {
        self.name = name
        self.isHigherBetter = isHigherBetter
        rule = .sums(sums, figure)
    }

    /// The mean of one number an item.
    init(_ name: String, isHigherBetter: Bool = true, mean values: [Double]) {
        self.init(name, isHigherBetter: isHigherBetter, sums: values.map { [$0, 1] }) { $0[0] / $0[1] }
    }

    /// Σ first / Σ second, such as supported numbers of all numbers.
    init(_ name: String, isHigherBetter: Bool = true, ratio values: [(Double, Double)]) {
        self.init(name, isHigherBetter: isHigherBetter, sums: values.map { [$0.0, $0.1] }) { $0[0] / $0[1] }
    }

    init(_ name: String, isHigherBetter: Bool = true, items: @escaping @Sendable ([Int]) -> Double) {
        self.name = name
        self.isHigherBetter = isHigherBetter
        rule = .items(items)
    }

    /// The figure of a draw of units.
    /// - Parameter members: the items of every unit.
    func statistic(members: [[Int]]) -> ([Int]) -> Double {
        switch rule {
        case .items(let figure):
            return { drawn in figure(drawn.flatMap { members[$0] }) }
        case .sums(let vectors, let figure):
            let width = vectors.first?.count ?? 0
            var units: [[Double]] = []
            for unit in members {
                var sum = [Double](repeating: 0, count: width)
                for item in unit { for column in 0..<width { sum[column] += vectors[item][column] } }
                units.append(sum)
            }
            return { drawn in
                var sum = [Double](repeating: 0, count: width)
                for unit in drawn { for column in 0..<width { sum[column] += units[unit][column] } }
                return figure(sum)
            }
        }
    }
}
