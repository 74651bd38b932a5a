public import Identity

/// The single updates of a round, where they are visible, read piece by piece: memory is that of one layer, whatever the size
/// of the adapter.
public struct ProductUpdates {
    public struct Update {
        public let clinic: ClinicID
        /// The values of the clinic's encoded update in a range of its vector.
        public let values: (Range<Int>) throws -> [Float]

        public init(clinic: ClinicID, values: @escaping (Range<Int>) throws -> [Float]) {
            self.clinic = clinic
            self.values = values
        }
    }

    /// One layer of one clinic after its training, with its rank.
    struct Factors {
        /// [rank, input]
        var a: [Double]
        /// [output, rank]
        var b: [Double]
        var rank: Int
        /// The clinic's share of the mean; all shares together are 1.
        var share: Double
    }

    let plan: AggregationPlan
    let rank: Int
    let adapter: AdapterFile
    let products: [AdapterLayout.Product]
    private let updates: [Update]
    private let ownProducts: [[AdapterLayout.Product]]
    private let shares: [Double]

    /// - Parameters:
    ///   - adapter: what the round started from.
    ///   - rank: the job's.
    /// - Throws: ``FederationError`` `.adapterMismatch` for an adapter that is not made of low-rank products only.
    public init(_ updates: [Update], plan: AggregationPlan, rank: Int, adapter: AdapterFile) throws {
        self.plan = plan
        self.rank = rank
        self.adapter = adapter
        self.updates = updates
        products = try adapter.layout.products()
        ownProducts = try updates.map {
            try adapter.layout.withRank(plan.rank(of: $0.clinic, in: rank)).products()
        }
        let weights = updates.map { plan.relativeWeight(of: $0.clinic) }
        let sum = weights.reduce(0, +)
        shares = weights.map { $0 / sum }
    }

    var count: Int { updates.count }

    /// All clinics' factors of one layer. The sum of shares is 1.
    func factors(ofProduct index: Int) throws -> [Factors] {
        let whole = products[index]
        return try updates.indices.map { clinic in
            let own = ownProducts[clinic][index]
            let scale = 1 / plan.relativeWeight(of: updates[clinic].clinic)
            let deltaA = try updates[clinic].values(own.a)
            let deltaB = try updates[clinic].values(own.b)
            guard deltaA.count == own.a.count, deltaB.count == own.b.count else {
                throw FederationError(.adapterMismatch, "An update has fewer numbers than its layout.")
            }
            var factors = Factors(
                a: deltaA.map { Double($0) * scale }, b: deltaB.map { Double($0) * scale }, rank: own.rank,
                share: shares[clinic])
            for place in 0..<own.a.count { factors.a[place] += Double(adapter.values[whole.a.lowerBound + place]) }
            for row in 0..<own.output {
                for column in 0..<own.rank {
                    factors.b[row * own.rank + column] += Double(
                        adapter.values[whole.b.lowerBound + row * whole.rank + column])
                }
            }
            return factors
        }
    }
}
