/// The singular value decomposition of a product of thin factors, L · R, in double precision.
///
/// Both factors are made orthogonal (Gram-Schmidt with a second pass), and the small matrix between them is decomposed by
/// one-sided Jacobi rotations (Hestenes 1958; Demmel & Veselić 1992). One thread and a fixed order: the same bits everywhere.
struct LowRankDecomposition {
    /// Decreasing, as many as the product's factors have columns at most.
    private(set) var singularValues: [Double] = []
    /// The left vectors, one after the other, each as long as the product has rows.
    private(set) var left: [Double] = []
    /// The right vectors, each as long as the product has columns.
    private(set) var right: [Double] = []

    private static let sweeps = 60

    init(_ product: ProductSum) {
        guard product.rank > 0 else { return }
        // L = Q T and Rᵀ = P S, so L R = Q (T Sᵀ) Pᵀ.
        let (q, t) = Self.orthogonalized(product.left, length: product.rows)
        let (p, s) = Self.orthogonalized(product.right, length: product.columns)
        let (m, n) = (t.count / product.rank, s.count / product.rank)
        guard m > 0, n > 0 else { return }
        // The core's columns, [n] of length m: core = T Sᵀ, and T's columns belong to the components.
        var core = [Double](repeating: 0, count: m * n)
        for component in 0..<product.rank {
            for column in 0..<n {
                let factor = s[component * n + column]
                for row in 0..<m { core[column * m + row] += t[component * m + row] * factor }
            }
        }
        let rotations = Self.jacobi(&core, columns: n, rows: m)
        let norms = (0..<n).map { column in
            (0..<m).reduce(0) { $0 + core[column * m + $1] * core[column * m + $1] }.squareRoot()
        }
        let order = (0..<n).sorted { norms[$0] != norms[$1] ? norms[$0] > norms[$1] : $0 < $1 }
        for column in order.prefix(m) {
            singularValues.append(norms[column])
            let inverse = norms[column] > 0 ? 1 / norms[column] : 0
            left += Self.combined(q, length: product.rows) { $0 < m ? core[column * m + $0] * inverse : 0 }
            right += Self.combined(p, length: product.columns) { rotations[column * n + $0] }
        }
    }

    /// Σ weight(i) · vector i
    private static func combined(_ vectors: [Double], length: Int, _ weight: (Int) -> Double) -> [Double] {
        var sum = [Double](repeating: 0, count: length)
        for index in 0..<(length > 0 ? vectors.count / length : 0) {
            let factor = weight(index)
            for place in 0..<length { sum[place] += factor * vectors[index * length + place] }
        }
        return sum
    }

    /// An orthonormal basis of some vectors, and each vector's coefficients in it, one vector after the other.
    private static func orthogonalized(_ vectors: [Double], length: Int) -> (basis: [Double], coefficients: [Double]) {
        let count = length > 0 ? vectors.count / length : 0
        var basis: [Double] = []
        var size = 0
        var rows: [[Double]] = []
        for index in 0..<count {
            var vector = Array(vectors[index * length..<(index + 1) * length])
            let before = norm(vector)
            var coefficients = [Double](repeating: 0, count: size)
            // Twice is enough to be orthogonal to rounding (Giraud et al. 2005).
            for _ in 0..<2 {
                for known in 0..<size {
                    var product = 0.0
                    for place in 0..<length { product += basis[known * length + place] * vector[place] }
                    coefficients[known] += product
                    for place in 0..<length { vector[place] -= product * basis[known * length + place] }
                }
            }
            let rest = norm(vector)
            if rest > before * 1e-13, rest > 0, size < length {
                basis += vector.map { $0 / rest }
                coefficients.append(rest)
                size += 1
            }
            rows.append(coefficients)
        }
        return (basis, rows.flatMap { $0 + [Double](repeating: 0, count: size - $0.count) })
    }

    /// Rotates the columns until they are orthogonal, and gives the product of the rotations, column after column.
    private static func jacobi(_ core: inout [Double], columns n: Int, rows m: Int) -> [Double] {
        var rotations = [Double](repeating: 0, count: n * n)
        for index in 0..<n { rotations[index * n + index] = 1 }
        for _ in 0..<sweeps {
            var isDone = true
            for first in 0..<n {
                for second in (first + 1)..<max(n, first + 1) {
                    var (alpha, beta, gamma) = (0.0, 0.0, 0.0)
                    for row in 0..<m {
                        let (x, y) = (core[first * m + row], core[second * m + row])
                        alpha += x * x
                        beta += y * y
                        gamma += x * y
                    }
                    guard abs(gamma) > 1e-15 * (alpha * beta).squareRoot(), gamma != 0 else { continue }
                    isDone = false
                    let zeta = (beta - alpha) / (2 * gamma)
                    let tangent = (zeta >= 0 ? 1.0 : -1.0) / (abs(zeta) + (1 + zeta * zeta).squareRoot())
                    let cosine = 1 / (1 + tangent * tangent).squareRoot()
                    rotate(&core, first * m, second * m, m, cosine, cosine * tangent)
                    rotate(&rotations, first * n, second * n, n, cosine, cosine * tangent)
                }
            }
            if isDone { break }
        }
        return rotations
    }

    private static func rotate(
        _ values: inout [Double], _ first: Int, _ second: Int, _ count: Int, _ cosine: Double, _ sine: Double
    ) {
        for index in 0..<count {
            let (x, y) = (values[first + index], values[second + index])
            values[first + index] = cosine * x - sine * y
            values[second + index] = sine * x + cosine * y
        }
    }

    private static func norm(_ vector: [Double]) -> Double {
        vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
}
