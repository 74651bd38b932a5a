public import ConsiliumCore
public import Identity

/// Layout and length of what a clinic sends in a round.
public struct UpdateShape: Codable, Sendable, Equatable {
    /// SHA-256 over names and shapes, see ``AdapterLayout/hash``.
    public var layoutHash: ContentHash
    public var parameters: Int

    public init(layoutHash: ContentHash, parameters: Int) {
        self.layoutHash = layoutHash
        self.parameters = parameters
    }

    public init(_ layout: AdapterLayout) {
        layoutHash = layout.hash
        parameters = layout.count
    }

    /// The parts of an adapter that a job may send alone, by the names that the signed job gives them.
    enum Part: Hashable {
        case factor(AdapterFactors)
        case rank(Int)

        var name: String {
            switch self {
            case .factor(let factors): factors.rawValue
            case .rank(let rank): "rank-\(rank)"
            }
        }

        func layout(of whole: AdapterLayout) -> AdapterLayout {
            switch self {
            case .factor(let factors): whole.part(factors)
            case .rank(let rank): whole.withRank(rank)
            }
        }
    }
}

extension AggregationPlan {
    /// What is sent of a round: `nil` for the whole adapter.
    func part(inRound round: Int, of clinic: ClinicID, rank: Int) -> UpdateShape.Part? {
        let factors = factors(inRound: round)
        if factors != .both { return .factor(factors) }
        let own = self.rank(of: clinic, in: rank)
        return own == rank ? nil : .rank(own)
    }

    /// All parts that some round of the job sends.
    func parts(rank: Int) -> Set<UpdateShape.Part> {
        switch rule {
        case .fedit: []
        case .frozenA: [.factor(.onlyB)]
        case .alternating: [.factor(.onlyA), .factor(.onlyB)]
        case .stackSVD: Set((ranks ?? [:]).values.filter { $0 != rank }.map { .rank($0) })
        }
    }
}

extension JobManifest.InitialAdapter {
    /// Describes an adapter for a job that aggregates by `plan`.
    public init(hash: ContentHash, adapter: AdapterFile, plan: AggregationPlan, rank: Int) {
        self.init(hash: hash, layoutHash: adapter.layout.hash, parameters: adapter.layout.count)
        let parts = plan.parts(rank: rank)
        if !parts.isEmpty {
            updates = Dictionary(
                uniqueKeysWithValues: parts.map { ($0.name, UpdateShape($0.layout(of: adapter.layout))) })
        }
        if plan.rule == .frozenA { frozenHash = adapter.hash(of: .onlyA) }
    }

    /// What stands in the place of an adapter until it is made, when a draft is checked.
    public static func placeholder(hash: ContentHash, plan: AggregationPlan, rank: Int) -> Self {
        var adapter = Self(hash: hash, layoutHash: hash, parameters: 2)
        let parts = plan.parts(rank: rank)
        if !parts.isEmpty {
            adapter.updates = Dictionary(
                uniqueKeysWithValues: parts.map { ($0.name, UpdateShape(layoutHash: hash, parameters: 1)) })
        }
        if plan.rule == .frozenA { adapter.frozenHash = hash }
        return adapter
    }

    func problems(plan: AggregationPlan, rank: Int) -> [String] {
        var found: [String] = []
        if Set((updates ?? [:]).keys) != Set(plan.parts(rank: rank).map(\.name)) {
            found.append("initialAdapter.updates must describe what the rule “\(plan.rule.rawValue)” sends.")
        } else if !(updates ?? [:]).values.allSatisfy({ (1..<max(1, parameters)).contains($0.parameters) }) {
            found.append("initialAdapter.updates must be parts of the adapter, each of 1 parameter or more.")
        }
        if (frozenHash != nil) != (plan.rule == .frozenA) {
            found.append("initialAdapter.frozenHash must be given for the rule “frozen-a” and for no other.")
        }
        return found
    }
}

extension JobManifest {
    /// Layout and length of a clinic's update of a round, counted from 1. The same for all clinics where updates are masked.
    public func updateShape(inRound round: Int, of clinic: ClinicID) throws -> UpdateShape {
        guard let part = aggregation.part(inRound: round, of: clinic, rank: recipe.rank) else {
            return UpdateShape(layoutHash: initialAdapter.layoutHash, parameters: initialAdapter.parameters)
        }
        guard let shape = initialAdapter.updates?[part.name] else {
            throw FederationError(
                .invalidJob, "The job “\(id)” does not describe the part “\(part.name)” of its adapter.")
        }
        return shape
    }

    /// Numbers in the longest update of a round.
    public var largestUpdate: Int {
        aggregation.parts(rank: recipe.rank).isEmpty || aggregation.rule == .stackSVD
            ? initialAdapter.parameters : (initialAdapter.updates ?? [:]).values.map(\.parameters).max() ?? 0
    }

    /// Numbers that a clinic sends over all rounds.
    public func parametersSent(by clinic: ClinicID) throws -> Int {
        let odd = try updateShape(inRound: 1, of: clinic).parameters
        let even = try updateShape(inRound: 2, of: clinic).parameters
        return (rounds + 1) / 2 * odd + rounds / 2 * even
    }

    /// Whether an adapter is the one that the job starts from, with all the parts that the job describes.
    /// - Throws: ``FederationError`` `.adapterMismatch`.
    public func requireInitial(_ adapter: AdapterFile) throws {
        let expected = InitialAdapter(
            hash: initialAdapter.hash, adapter: adapter, plan: aggregation, rank: recipe.rank)
        guard expected == initialAdapter else {
            throw FederationError(
                .adapterMismatch,
                "The initial adapter has \(expected.parameters) parameters in another layout than the job says (\(initialAdapter.parameters))."
            )
        }
    }
}
