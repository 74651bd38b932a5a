extension PrivacyVectors {
    /// The numbers of a question about one kind of integer noise, as the file writes them.
    struct Noise: Sendable, Decodable {
        private var sigma: Double?
        private var sensitivity: Int?
        private var q: Double?
        private var steps: Int?
        private var clients: Int?
        private var localSigma: Double?
        private var dim: Int?
        private var l2: Double?
        private var l1: Double?
        private var rounds: Int?
        private var totalVariance: Double?
        private var beta: Double?
        private var neighbouring: String?

        private enum CodingKeys: String, CodingKey {
            case sigma, sensitivity, q, steps, clients, dim, l2, l1, rounds, beta, neighbouring
            case localSigma = "local_sigma"
            case totalVariance = "total_variance"
        }

        func discreteGaussian() throws -> PrivacyQuery {
            let mechanism = Mechanism.discreteGaussian(
                sigma: try need(sigma, "sigma"), sensitivity: try need(sensitivity, "sensitivity"))
            let relation = try neighbouring.map(NeighbouringRelation.init(named:)) ?? .addRemove
            let sampling: Sampling = q.map { $0 == 1 ? .none : .poisson(rate: $0) } ?? .none
            return PrivacyQuery(events: [
                PrivacyEvent(
                    mechanism: mechanism, sampling: sampling, steps: try need(steps, "steps"), relation: relation)
            ])
        }

        func distributedEpsilon(delta: Double) throws -> Double {
            let rho = try DistributedNoise.discreteGaussianRho(
                clients: need(clients, "clients"), localSigma: need(localSigma, "local_sigma"),
                dimension: need(dim, "dim"), l2: need(l2, "l2"), l1: need(l1, "l1")
            ).rho
            return try epsilon(delta: delta) { $0 * rho }
        }

        func skellamEpsilon(delta: Double) throws -> Double {
            let variance = try need(totalVariance, "total_variance")
            let (two, one) = (try need(l2, "l2"), try need(l1, "l1"))
            guard variance.isFinite, variance >= 0, two.isFinite, two >= 0, one.isFinite, one >= 0 else {
                throw PrivacyError(.invalidParameter, "Variance and sensitivities can't be negative.")
            }
            return try epsilon(delta: delta) {
                DistributedNoise.skellam(order: $0, variance: variance, l2: two, l1: one)
            }
        }

        func roundedNorm() throws -> Double {
            try DistributedNoise.roundedNorm(
                l2: need(l2, "l2"), dimension: need(dim, "dim"), beta: need(beta, "beta"))
        }

        /// The bounds are proved for whole orders.
        private func epsilon(delta: Double, divergence: (Double) -> Double) throws -> Double {
            let rounds = try need(rounds, "rounds")
            guard rounds >= 0 else { throw PrivacyError(.invalidParameter, "“rounds” can't be negative.") }
            var curve = RDPCurve(orders: RDPCurve.standardOrders.filter { $0 == $0.rounded() })
            curve.values = curve.orders.map { rounds == 0 ? 0 : Double(rounds) * divergence($0) }
            return try curve.epsilon(delta: delta).epsilon
        }

        private func need<Value>(_ value: Value?, _ name: String) throws -> Value {
            guard let value else { throw PrivacyError(.invalidParameter, "“\(name)” is missing in this question.") }
            return value
        }
    }
}
