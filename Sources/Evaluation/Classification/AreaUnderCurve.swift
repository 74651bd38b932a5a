/// The area under the ROC curve: how likely a random positive item has a higher score than a random negative one, ties half
/// (Hanley and McNeil 1982).
struct AreaUnderCurve: Sendable {
    /// Items in ascending order of their score, and which share one.
    private let groups: [[Int]]
    private let isPositive: [Bool]

    init(scores: [Double], isPositive: [Bool]) {
        var groups: [[Int]] = []
        for item in scores.indices.sorted(by: { scores[$0] < scores[$1] }) {
            if let last = groups.last?.last, scores[last] == scores[item] {
                groups[groups.count - 1].append(item)
            } else {
                groups.append([item])
            }
        }
        self.groups = groups
        self.isPositive = isPositive
    }

    /// - Parameter drawn: numbers of items, some several times.
    /// - Returns: NaN if only one class was drawn.
    func value(of drawn: [Int]) -> Double {
        var weights = [Double](repeating: 0, count: isPositive.count)
        for item in drawn { weights[item] += 1 }
        var (below, wins, positives) = (0.0, 0.0, 0.0)
        for group in groups {
            var (here, against) = (0.0, 0.0)
            for item in group {
                if isPositive[item] { here += weights[item] } else { against += weights[item] }
            }
            wins += here * (below + against / 2)
            below += against
            positives += here
        }
        return wins / (positives * below)
    }
}
