/// Guesses what a misspelt name was meant to be.
public enum NearestName {
    /// The known name with the fewest edits (insert, delete, replace, swap neighbours), if that is at most a third of its length;
    /// case doesn't count. Ties go to the first of `known`.
    public static func of(_ name: String, among known: [String]) -> String? {
        let ranked = known.map { ($0, edits(Array(name.lowercased()), Array($0.lowercased()))) }
        guard let best = ranked.min(by: { $0.1 < $1.1 }), best.1 <= max(1, best.0.count / 3) else { return nil }
        return best.0
    }

    /// The optimal string alignment distance.
    static func edits(_ left: [Character], _ right: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let replace = last[column] + (left[row] == right[column] ? 0 : 1)
                var best = min(replace, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
