/// A sum of low-rank products, L · R with L [rows, rank] and R [rank, columns], kept as its factors.
struct ProductSum {
    let rows: Int
    let columns: Int
    private(set) var rank = 0
    /// L, column after column.
    private(set) var left: [Double] = []
    /// R, row after row.
    private(set) var right: [Double] = []

    init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
    }

    /// Adds factor · B · A.
    /// - Parameters:
    ///   - b: [rows, rank], row-major.
    ///   - a: [rank, columns], row-major.
    mutating func add(b: [Double], a: [Double], rank added: Int, times factor: Double) {
        for component in 0..<added {
            for row in 0..<rows { left.append(factor * b[row * added + component]) }
        }
        right += a
        rank += added
    }

    /// The squared Frobenius norm: no product of full size is formed.
    var squaredNorm: Double {
        var sum = 0.0
        for i in 0..<rank {
            for j in 0...i {
                let product = Self.dot(left, i, left, j, rows) * Self.dot(right, i, right, j, columns)
                sum += i == j ? product : 2 * product
            }
        }
        return max(0, sum)
    }

    /// The Frobenius inner product with a sum of the same size.
    func inner(_ other: ProductSum) -> Double {
        var sum = 0.0
        for i in 0..<rank {
            for j in 0..<other.rank {
                sum += Self.dot(left, i, other.left, j, rows) * Self.dot(right, i, other.right, j, columns)
            }
        }
        return sum
    }

    /// ⟨x_i, y_j⟩ of vectors that lie one after the other.
    private static func dot(_ x: [Double], _ i: Int, _ y: [Double], _ j: Int, _ length: Int) -> Double {
        guard i >= 0, j >= 0, (i + 1) * length <= x.count, (j + 1) * length <= y.count else { return 0 }
        return x.withUnsafeBytes { x in
            y.withUnsafeBytes { y in
                // Whole vectors of eight, in a fixed order; without bounds checks inside, after the check above.
                var sums = SIMD8<Double>()
                var (first, second) = (i * length * 8, j * length * 8)
                let whole = length / 8
                for _ in 0..<whole {
                    sums +=
                        x.loadUnaligned(fromByteOffset: first, as: SIMD8<Double>.self)
                        * y.loadUnaligned(fromByteOffset: second, as: SIMD8<Double>.self)
                    first &+= 64
                    second &+= 64
                }
                var sum = sums.sum()
                for _ in whole * 8..<length {
                    sum +=
                        x.loadUnaligned(fromByteOffset: first, as: Double.self)
                        * y.loadUnaligned(fromByteOffset: second, as: Double.self)
                    first &+= 8
                    second &+= 8
                }
                return sum
            }
        }
    }
}

extension ProductUpdates {
    /// The most components over all clinics for which the inexactness is measured: the work grows with the square.
    static let largestMeasuredRank = 256
    /// Multiplications of one measurement, about half a second; larger adapters are measured on every so many layers.
    static let measuredWork = 1 << 30

    /// How far the product of the mean factors is from the mean of the products, relative to the latter: the inexactness of
    /// averaging A and B each (`fedit`). With X_k = B_k − B̄ and Y_k = A_k − Ā the difference is Σ w_k X_k Y_k.
    ///
    /// The layers of a large adapter are sampled, so that a round never waits long for this figure.
    /// - Returns: `nil` for more clinics than can be measured in reasonable time, and where all products are zero.
    public func factorAveragingError() throws -> Double? {
        guard count * rank <= Self.largestMeasuredRank else { return nil }
        var difference = 0.0
        var total = 0.0
        let work = Double(count * rank) * Double(count) * Double(adapter.values.count)
        let every = max(1, Int((work / Double(Self.measuredWork)).rounded(.up)))
        for index in stride(from: 0, to: products.count, by: every) {
            let product = products[index]
            let all = try factors(ofProduct: index)
            var meanA = [Double](repeating: 0, count: product.a.count)
            var meanB = [Double](repeating: 0, count: product.b.count)
            for one in all {
                for place in meanA.indices { meanA[place] += one.share * one.a[place] }
                for place in meanB.indices { meanB[place] += one.share * one.b[place] }
            }
            var lost = ProductSum(rows: product.output, columns: product.input)
            var mean = ProductSum(rows: product.output, columns: product.input)
            mean.add(b: meanB, a: meanA, rank: product.rank, times: 1)
            for one in all {
                let x = zip(one.b, meanB).map { $0 - $1 }
                let y = zip(one.a, meanA).map { $0 - $1 }
                lost.add(b: x, a: y, rank: product.rank, times: one.share)
            }
            let distance = lost.squaredNorm
            difference += distance
            total += max(0, mean.squaredNorm + 2 * lost.inner(mean) + distance)
        }
        return total > 0 ? (difference / total).squareRoot() : nil
    }
}
