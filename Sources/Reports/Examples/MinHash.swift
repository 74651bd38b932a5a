internal import ConsiliumCore

/// 128 minima of a set of runs under as many random orders, and the keys of their bands.
enum MinHash {
    static let permutations = 128
    static let rows = 5
    static let bandCount = permutations / rows

    /// Odd factors and summands of `(a x + b) >> 32`, which is 2-independent enough for minima (Dietzfelbinger 1996). Fixed, so
    /// that every run of the program gives the same bands.
    private static let orders: (factors: [UInt64], summands: [UInt64]) = {
        var generator = ReproducibleGenerator(seed: 128, label: "consilium/minhash/v1")
        var factors: [UInt64] = []
        var summands: [UInt64] = []
        for _ in 0..<permutations {
            factors.append(generator.next() | 1)
            summands.append(generator.next())
        }
        return (factors, summands)
    }()

    /// The minima: equal in as many places as two sets are similar.
    static func signature(of runs: [UInt32]) -> [UInt32] {
        var minima = [UInt32](repeating: .max, count: permutations)
        let (factors, summands) = orders
        runs.withUnsafeBufferPointer { runs in
            factors.withUnsafeBufferPointer { factors in
                summands.withUnsafeBufferPointer { summands in
                    minima.withUnsafeMutableBufferPointer { minima in
                        for order in 0..<permutations {
                            let factor = factors[order], summand = summands[order]
                            var smallest = UInt32.max
                            for run in runs {
                                let value = UInt32(truncatingIfNeeded: (UInt64(run) &* factor &+ summand) >> 32)
                                smallest = min(smallest, value)
                            }
                            minima[order] = smallest
                        }
                    }
                }
            }
        }
        return minima
    }

    /// One key for every band of five minima.
    static func bands(of runs: [UInt32]) -> [UInt64] {
        let signature = signature(of: runs)
        return (0..<bandCount).map { band in
            var key: UInt64 = 0
            for row in signature[(band * rows)..<((band + 1) * rows)] { key = Shingles.mixed(key ^ UInt64(row)) }
            return key
        }
    }
}
