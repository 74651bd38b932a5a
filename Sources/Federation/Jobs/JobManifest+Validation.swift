internal import Identity

extension JobManifest {
    /// Numbers in the largest adapter that a job may train.
    static let maximumParameters = 1 << 33
    /// More could make a sum of updates wrap around in 32 bits.
    static let maximumClinics = 1000

    /// Every reason why this job can't be run, in words; empty when it can.
    ///
    /// Admin, coordinator and node all call it: an admin's signature does not make nonsense acceptable.
    public func problems() -> [String] {
        var found: [String] = []
        func need(_ condition: Bool, _ sentence: String) {
            if !condition { found.append(sentence) }
        }
        need(version == Self.currentVersion, "version must be \(Self.currentVersion); this one is \(version).")
        need(!title.isEmpty && title.count <= 200, "title must have 1 to 200 characters.")
        need(purpose.count <= 4000, "purpose must have at most 4,000 characters.")
        need(expiresAt > createdAt, "expiresAt must be later than createdAt.")
        need(
            (1...Self.maximumClinics).contains(clinics.count), "clinics must name 1 to \(Self.maximumClinics) clinics.")
        need(Set(clinics).count == clinics.count, "clinics must not name a clinic twice.")
        need((1...10_000).contains(rounds), "rounds must be 1 to 10,000.")
        need((1...604_800).contains(roundDeadlineSeconds), "roundDeadlineSeconds must be 1 to 604,800 (a week).")
        // The most that updates can be encoded for; it also keeps every count of bytes over all rounds within 64 bits.
        need(
            (1...Self.maximumParameters).contains(initialAdapter.parameters),
            "initialAdapter.parameters must be 1 to \(Self.maximumParameters).")
        found += recipe.problems() + aggregation.problems(clinics: clinics, rank: recipe.rank)
        // What the parts of an adapter are is only clear when the rule is.
        if found.isEmpty { found += initialAdapter.problems(plan: aggregation, rank: recipe.rank) }
        found += privacy?.problems() ?? []
        found += clinicPrivacy?.problems(aggregation) ?? []
        found += evaluation?.problems(rounds: rounds) ?? []
        need(
            evaluation != nil || !egress.contains(.evaluationMetrics),
            "egress lists “evaluation-metrics”, but the job has no evaluation.")
        need(egress.contains(.update), "egress must list “update”: without it the job can't work.")
        return found
    }

    /// - Throws: ``FederationError`` `.invalidJob` with all reasons.
    public func validate() throws {
        let found = problems()
        guard found.isEmpty else {
            throw FederationError(.invalidJob, "The job “\(id)” is not valid: " + found.joined(separator: " "))
        }
    }
}

extension TrainingRecipe {
    func problems() -> [String] {
        var found: [String] = []
        func need(_ condition: Bool, _ sentence: String) {
            if !condition { found.append(sentence) }
        }
        need((1...1024).contains(rank), "recipe.rank must be 1 to 1,024.")
        need(alpha.isFinite && alpha > 0, "recipe.alpha must be positive.")
        need(!targets.isEmpty, "recipe.targets must name layers, or be [all] or [attention].")
        need((1...1_000_000).contains(localSteps), "recipe.localSteps must be 1 to 1,000,000.")
        need((1...4096).contains(batchSequences), "recipe.batchSequences must be 1 to 4,096.")
        need((8...131_072).contains(sequenceLength), "recipe.sequenceLength must be 8 to 131,072.")
        let rate = optimizer.learningRate
        need(rate.isFinite && rate > 0 && rate <= 1, "recipe.optimizer.learningRate must be above 0 and at most 1.")
        need((0..<1).contains(optimizer.beta1), "recipe.optimizer.beta1 must be in [0, 1).")
        need((0..<1).contains(optimizer.beta2), "recipe.optimizer.beta2 must be in [0, 1).")
        need(optimizer.epsilon > 0 && optimizer.epsilon.isFinite, "recipe.optimizer.epsilon must be positive.")
        need((0...1).contains(optimizer.weightDecay), "recipe.optimizer.weightDecay must be 0 to 1.")
        need(optimizer.warmupSteps >= 0, "recipe.optimizer.warmupSteps must not be negative.")
        need((0...1).contains(optimizer.finalFraction), "recipe.optimizer.finalFraction must be 0 to 1.")
        need(gradientClipNorm.isFinite && gradientClipNorm > 0, "recipe.gradientClipNorm must be positive.")
        need(proximal.map { (0...1000).contains($0) } ?? true, "recipe.proximal must be 0 to 1,000.")
        return found
    }
}

extension PatientPrivacy {
    func problems() -> [String] {
        var found: [String] = []
        func need(_ condition: Bool, _ sentence: String) {
            if !condition { found.append(sentence) }
        }
        need(epsilon.isFinite && epsilon > 0 && epsilon <= 1000, "privacy.epsilon must be above 0 and at most 1,000.")
        need(
            delta > 0 && delta <= 1e-3, "privacy.delta must be above 0 and at most 0.001 (advice: 1 / (10 × patients))."
        )
        need(clipNorm.isFinite && clipNorm > 0, "privacy.clipNorm must be positive.")
        need((1...1_000_000).contains(expectedPatients), "privacy.expectedPatients must be 1 to 1,000,000.")
        return found
    }
}

extension AggregationPlan {
    /// The largest ratio of two weights: a public choice between clinics, not a way to switch one off.
    static let largestWeightRatio = 100.0

    func problems(clinics: [ClinicID], rank: Int) -> [String] {
        var found: [String] = []
        func need(_ condition: Bool, _ sentence: String) {
            if !condition { found.append(sentence) }
        }
        // What the encoding of updates, with a wide margin, can represent.
        need(
            (1e-6...1e6).contains(updateClipNorm), "aggregation.updateClipNorm must be 0.000001 to 1,000,000.")
        need(
            (1...max(1, clinics.count)).contains(minimumClinics),
            "aggregation.minimumClinics must be 1 to the number of clinics (\(clinics.count)).")
        need(
            secureAggregation == .off || clinics.count >= 3,
            "secure aggregation needs three clinics or more; with fewer say “secureAggregation: off”.")
        need(
            rule != .stackSVD || secureAggregation == .off,
            "aggregation.rule “stack-svd” needs every single update: say “secureAggregation: off”, or choose another rule."
        )
        found += serverOptimizer?.problems() ?? []
        need(
            rule != .stackSVD || serverOptimizer == nil,
            "aggregation.serverOptimizer can't be used with “stack-svd”: the factors of two rounds are in different bases."
        )
        return found + weightProblems(clinics) + rankProblems(clinics, rank)
    }

    private func weightProblems(_ clinics: [ClinicID]) -> [String] {
        guard let weights else { return [] }
        guard Set(weights.keys) == Set(clinics.map(\.text)) else {
            return ["aggregation.weights must have one weight for every clinic of the job and for no other."]
        }
        let values = weights.values
        guard let largest = values.max(), let smallest = values.min(), largest.isFinite, smallest > 0,
            largest / smallest <= Self.largestWeightRatio
        else {
            return ["aggregation.weights must be positive, the largest at most 100 times the smallest."]
        }
        return []
    }

    private func rankProblems(_ clinics: [ClinicID], _ rank: Int) -> [String] {
        guard let ranks else { return [] }
        guard rule == .stackSVD else {
            return ["aggregation.ranks need the rule “stack-svd”; the others average adapters of one rank."]
        }
        guard Set(ranks.keys).isSubset(of: clinics.map(\.text)) else {
            return ["aggregation.ranks must name clinics of the job only."]
        }
        guard ranks.values.allSatisfy({ (1...max(1, rank)).contains($0) }) else {
            return ["aggregation.ranks must be 1 to recipe.rank (\(rank))."]
        }
        return []
    }
}
