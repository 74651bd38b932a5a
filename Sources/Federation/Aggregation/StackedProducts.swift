/// `stack-svd`: the weighted mean of the clinics' products B_k · A_k, cut back to the job's rank.
///
/// The factors of all clinics are stacked (FLoRA, Wang et al. 2024), which gives the mean exactly, and the stack is cut to rank r
/// by its singular value decomposition, the nearest matrix of that rank (Eckart & Young 1936). The singular values are shared
/// evenly between B and A, the largest first. A clinic of a smaller rank r_k trains the first r_k components; the others count as
/// unchanged by it.
extension ProductUpdates {
    public struct Averaged: Sendable, Equatable {
        public var adapter: AdapterFile
        /// Frobenius norm of what the cut lost, relative to the mean product.
        public var truncationError: Double
    }

    /// - Throws: ``FederationError`` `.updateMalformed` if a number is not finite.
    public func stackedMean() throws -> Averaged {
        var next = adapter
        var lost = 0.0
        var total = 0.0
        for index in products.indices {
            let product = products[index]
            let decomposition = LowRankDecomposition(try mean(index))
            let values = decomposition.singularValues
            guard values.allSatisfy(\.isFinite) else {
                throw FederationError(
                    .updateMalformed, "The average contains NaN or infinite values; the round is not published.")
            }
            total += values.reduce(0) { $0 + $1 * $1 }
            lost += values.dropFirst(product.rank).reduce(0) { $0 + $1 * $1 }
            write(decomposition, product, to: &next)
        }
        guard next.values.allSatisfy(\.isFinite) else {
            throw FederationError(
                .updateMalformed, "The average contains NaN or infinite values; the round is not published.")
        }
        return Averaged(adapter: next, truncationError: total > 0 ? (lost / total).squareRoot() : 0)
    }

    /// Σ w_k (B_k A_k + the components that clinic k does not train).
    private func mean(_ index: Int) throws -> ProductSum {
        let product = products[index]
        var sum = ProductSum(rows: product.output, columns: product.input)
        var resting = [Double](repeating: 0, count: product.rank)
        for one in try factors(ofProduct: index) {
            sum.add(b: one.b, a: one.a, rank: one.rank, times: one.share)
            for component in one.rank..<max(one.rank, product.rank) { resting[component] += one.share }
        }
        for component in 0..<product.rank where resting[component] > 0 {
            let b = (0..<product.output).map {
                Double(adapter.values[product.b.lowerBound + $0 * product.rank + component])
            }
            let start = product.a.lowerBound + component * product.input
            sum.add(
                b: b, a: adapter.values[start..<start + product.input].map(Double.init), rank: 1,
                times: resting[component])
        }
        return sum
    }

    /// B = U √S and A = √S Vᵀ. Where nothing was learned, B is zero and A stays: two zeros could never be trained again.
    private func write(
        _ decomposition: LowRankDecomposition, _ product: AdapterLayout.Product, to next: inout AdapterFile
    ) {
        let largest = decomposition.singularValues.first ?? 0
        for component in 0..<product.rank {
            let value = component < decomposition.singularValues.count ? decomposition.singularValues[component] : 0
            let isUsed = value > largest * 1e-7 && value > 0
            let root = value.squareRoot()
            for row in 0..<product.output {
                next.values[product.b.lowerBound + row * product.rank + component] =
                    isUsed ? Float(root * decomposition.left[component * product.output + row]) : 0
            }
            guard isUsed else { continue }
            for column in 0..<product.input {
                next.values[product.a.lowerBound + component * product.input + column] = Float(
                    root * decomposition.right[component * product.input + column])
            }
        }
    }
}
