import ConsiliumCore
import Federation
import Foundation
import Identity

/// An adapter of a few layers and the adapters that some clinics made of it, with invented numbers.
struct ProductFixture {
    static let shapes = [("one", 12, 20), ("two", 20, 12), ("three", 7, 9)]

    let adapter: AdapterFile
    let clinics: [ClinicID]
    let plan: AggregationPlan
    let rank: Int

    init(
        _ rule: AggregationPlan.Rule, clinics count: Int = 3, rank: Int = 4, zeroB: Bool = false, seed: UInt64 = 1,
        _ change: (inout AggregationPlan) -> Void = { _ in }
    ) throws {
        var entries: [AdapterLayout.Entry] = []
        for (name, input, output) in Self.shapes {
            entries.append(.init(name: "\(name).lora_A.weight", shape: [rank, input]))
            entries.append(.init(name: "\(name).lora_B.weight", shape: [output, rank]))
        }
        let layout = AdapterLayout(entries: entries)
        var values = Self.numbers(layout.count, seed: seed, size: 1)
        if zeroB {
            for range in layout.ranges(.onlyB) {
                for index in range { values[index] = 0 }
            }
        }
        adapter = try AdapterFile(layout: layout, values: values)
        clinics = try (1...count).map { try ClinicID("clinic-\($0)") }
        var plan = AggregationPlan(
            rule: rule, secureAggregation: .off, updateClipNorm: 50, minimumClinics: 1)
        change(&plan)
        self.plan = plan
        self.rank = rank
    }

    static func numbers(_ count: Int, seed: UInt64, size: Double) -> [Float] {
        var generator = ReproducibleGenerator(seed: seed)
        return (0..<count).map { _ in Float((generator.unit() * 2 - 1) * size) }
    }

    func rank(of clinic: Int) -> Int { plan.rank(of: clinics[clinic], in: rank) }

    /// What a clinic has learned in a round, over what the round trains.
    func delta(_ clinic: Int, round: Int = 1, size: Double = 0.3) -> [Float] {
        let layout = adapter.layout.withRank(rank(of: clinic)).part(plan.factors(inRound: round))
        return Self.numbers(layout.count, seed: UInt64(100 * clinic + round + 7), size: size)
    }

    /// The mean of the weighted updates, as a sum of encoded updates gives it.
    func mean(round: Int = 1, of members: [Int]? = nil) -> [Float] {
        let members = members ?? Array(clinics.indices)
        var sum = [Double](repeating: 0, count: delta(members[0], round: round).count)
        for clinic in members {
            let weight = plan.relativeWeight(of: clinics[clinic])
            for (index, value) in delta(clinic, round: round).enumerated() { sum[index] += weight * Double(value) }
        }
        return sum.map { Float($0 / Double(members.count)) }
    }

    /// A clinic's adapter after its training.
    func trained(_ clinic: Int, round: Int = 1) throws -> AdapterFile {
        var own = try adapter.truncated(toRank: rank(of: clinic))
        var at = 0
        let delta = delta(clinic, round: round)
        for range in own.layout.ranges(plan.factors(inRound: round)) {
            for index in range {
                own.values[index] += delta[at]
                at += 1
            }
        }
        return own
    }

    /// Single updates as a coordinator sees them.
    func updates(round: Int = 1) throws -> ProductUpdates {
        try ProductUpdates(
            clinics.indices.map { clinic in
                let weight = Float(plan.relativeWeight(of: clinics[clinic]))
                let values = delta(clinic, round: round).map { $0 * weight }
                return .init(clinic: clinics[clinic]) { Array(values[$0]) }
            }, plan: plan, rank: rank, adapter: adapter)
    }

    /// B · A of one layer, [output, input], in double precision.
    static func product(_ adapter: AdapterFile, _ index: Int) throws -> [Double] {
        let product = try adapter.layout.products()[index]
        let a = adapter.values[product.a].map(Double.init)
        let b = adapter.values[product.b].map(Double.init)
        var result = [Double](repeating: 0, count: product.output * product.input)
        for row in 0..<product.output {
            for component in 0..<product.rank {
                for column in 0..<product.input {
                    result[row * product.input + column] +=
                        b[row * product.rank + component] * a[component * product.input + column]
                }
            }
        }
        return result
    }

    /// All layers of B · A.
    static func products(_ adapter: AdapterFile) throws -> [Double] {
        try shapes.indices.flatMap { try product(adapter, $0) }
    }

    /// The weighted mean of the clinics' products.
    func meanOfProducts(round: Int = 1) throws -> [Double] {
        let weights = clinics.map { plan.relativeWeight(of: $0) }
        var sum = [Double]()
        for clinic in clinics.indices {
            let product = try Self.products(trained(clinic, round: round))
            if sum.isEmpty { sum = [Double](repeating: 0, count: product.count) }
            for index in sum.indices { sum[index] += weights[clinic] * product[index] }
        }
        return sum.map { $0 / weights.reduce(0, +) }
    }

    /// ‖x − y‖ / ‖y‖
    static func relativeError(_ x: [Double], _ y: [Double]) -> Double {
        let difference = zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        return (difference / y.reduce(0) { $0 + $1 * $1 }).squareRoot()
    }
}
