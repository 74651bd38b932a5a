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

    /// The squared Frobenius norm, ⟨LᵀL, RRᵀ⟩: no product of full size is formed.
    var squaredNorm: Double {
        var sum = 0.0
        for i in 0..<rank {
            for j in 0...i {
                let product = dot(left, i, j, rows) * dot(right, i, j, columns)
                sum += i == j ? product : 2 * product
            }
        }
        return max(0, sum)
    }

    private func dot(_ vectors: [Double], _ i: Int, _ j: Int, _ length: Int) -> Double {
        vectors.withUnsafeBufferPointer { values in
            // Four sums, in a fixed order: the compiler may then use vector instructions.
            var (s0, s1, s2, s3) = (0.0, 0.0, 0.0, 0.0)
            let (first, second) = (i * length, j * length)
            var k = 0
            while k + 4 <= length {
                s0 += values[first + k] * values[second + k]
                s1 += values[first + k + 1] * values[second + k + 1]
                s2 += values[first + k + 2] * values[second + k + 2]
                s3 += values[first + k + 3] * values[second + k + 3]
                k += 4
            }
            while k < length {
                s0 += values[first + k] * values[second + k]
                k += 1
            }
            return (s0 + s1) + (s2 + s3)
        }
    }
}

extension ProductUpdates {
    /// The most components over all clinics for which the inexactness is measured: the work grows with the square.
    static let largestMeasuredRank = 256

    /// How far the product of the mean factors is from the mean of the products, relative to the latter: the inexactness of
    /// averaging A and B each (`fedit`). With X_k = B_k − B̄ and Y_k = A_k − Ā the difference is Σ w_k X_k Y_k.
    ///
    /// - Returns: `nil` for more clinics than can be measured in reasonable time, and where all products are zero.
    public func factorAveragingError() throws -> Double? {
        guard count * rank <= Self.largestMeasuredRank else { return nil }
        var difference = 0.0
        var total = 0.0
        for index in products.indices {
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
                mean.add(b: x, a: y, rank: product.rank, times: one.share)
            }
            difference += lost.squaredNorm
            total += mean.squaredNorm
        }
        return total > 0 ? (difference / total).squareRoot() : nil
    }
}
