internal import Federation
internal import Identity

extension JobDraft: Decodable {
    enum Key: String, CodingKey, CaseIterable {
        case id, title, purpose, baseModel, initialAdapter, clinics, recipe, privacy, clinicPrivacy, aggregation,
            rounds, roundDeadlineSeconds, validDays, egress, evaluation
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        id = try container.decode(JobID.self, forKey: .id)
        title = try container.decode(String.self, forKey: .title)
        purpose = try container.decode(String.self, forKey: .purpose)
        baseModel = try container.decode(BaseModel.self, forKey: .baseModel)
        initialAdapter = try container.decodeIfPresent(InitialAdapter.self, forKey: .initialAdapter)
        clinics = try container.decodeIfPresent([ClinicID].self, forKey: .clinics)
        recipe = try container.decode(RecipeDraft.self, forKey: .recipe).recipe
        privacy = try container.decode(PrivacyDraft.self, forKey: .privacy).privacy
        clinicPrivacy = try container.decodeIfPresent(ClinicPrivacy.self, forKey: .clinicPrivacy)
        aggregation = try container.decode(Aggregation.self, forKey: .aggregation)
        rounds = try container.decode(Int.self, forKey: .rounds)
        roundDeadlineSeconds =
            try container.decodeIfPresent(Int.self, forKey: .roundDeadlineSeconds) ?? Default.roundDeadlineSeconds
        validDays = try container.decodeIfPresent(Int.self, forKey: .validDays) ?? Default.validDays
        evaluation = try container.decodeIfPresent(EvaluationDraft.self, forKey: .evaluation)
        egress =
            try container.decodeIfPresent([WordIn<JobManifest.Egress>].self, forKey: .egress)?.map(\.value)
            ?? Default.egress + (evaluation == nil ? [] : [.evaluationMetrics])
        guard (1...3650).contains(validDays) else {
            throw AdminError(.invalidDraft, "“validDays” must be 1 to 3,650.")
        }
    }
}

extension JobDraft.Aggregation: Decodable {
    enum Key: String, CodingKey, CaseIterable {
        case rule, secureAggregation, updateClipNorm, minimumClinics, serverOptimizer, weights, ranks
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        rule = try container.decodeIfPresent(WordIn<AggregationPlan.Rule>.self, forKey: .rule)?.value
        // That the coordinator sees single updates is for the admin to say in words.
        secureAggregation =
            try container.decodeIfPresent(
                WordIn<AggregationPlan.SecureAggregation>.self, forKey: .secureAggregation)?.value ?? .on
        updateClipNorm =
            try container.decodeIfPresent(Double.self, forKey: .updateClipNorm) ?? JobDraft.Default.updateClipNorm
        minimumClinics = try container.decodeIfPresent(Int.self, forKey: .minimumClinics)
        serverOptimizer = try container.decodeIfPresent(ServerOptimizerDraft.self, forKey: .serverOptimizer)?.optimizer
        weights = try container.decodeIfPresent([String: Double].self, forKey: .weights)
        ranks = try container.decodeIfPresent([String: Int].self, forKey: .ranks)
    }
}

/// The `serverOptimizer:` mapping with the defaults of ``ServerOptimizer``, or the name of a method alone.
private struct ServerOptimizerDraft: Decodable {
    let optimizer: ServerOptimizer

    enum Key: String, CodingKey { case method, learningRate, beta1, beta2, tau }

    init(from decoder: any Decoder) throws {
        if (try? decoder.singleValueContainer().decode(String.self)) != nil {
            optimizer = ServerOptimizer(method: try WordIn<ServerOptimizer.Method>(from: decoder).value)
            return
        }
        let container = try decoder.container(keyedBy: Key.self)
        var optimizer = ServerOptimizer(
            method: try container.decode(WordIn<ServerOptimizer.Method>.self, forKey: .method).value)
        func take(_ key: Key, _ target: inout Double) throws {
            if let value = try container.decodeIfPresent(Double.self, forKey: key) { target = value }
        }
        try take(.learningRate, &optimizer.learningRate)
        try take(.beta1, &optimizer.beta1)
        try take(.beta2, &optimizer.beta2)
        try take(.tau, &optimizer.tau)
        self.optimizer = optimizer
    }
}

/// The `recipe:` mapping, with the defaults of ``TrainingRecipe``.
private struct RecipeDraft: Decodable {
    let recipe: TrainingRecipe

    enum Key: String, CodingKey {
        case objective, rank, alpha, targets, localSteps, batchSequences, sequenceLength, optimizer, gradientClipNorm,
            proximal, seed
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        var recipe = TrainingRecipe(
            localSteps: try container.decode(Int.self, forKey: .localSteps),
            optimizer: try container.decode(OptimizerDraft.self, forKey: .optimizer).optimizer)
        func take<Value: Decodable>(_ key: Key, _ target: inout Value) throws {
            if let value = try container.decodeIfPresent(Value.self, forKey: key) { target = value }
        }
        if let word = try container.decodeIfPresent(WordIn<TrainingRecipe.Objective>.self, forKey: .objective) {
            recipe.objective = word.value
        }
        if let list = try container.decodeIfPresent(OneOrMany.self, forKey: .targets) { recipe.targets = list.values }
        try take(.rank, &recipe.rank)
        try take(.alpha, &recipe.alpha)
        try take(.batchSequences, &recipe.batchSequences)
        try take(.sequenceLength, &recipe.sequenceLength)
        try take(.gradientClipNorm, &recipe.gradientClipNorm)
        try take(.seed, &recipe.seed)
        recipe.proximal = try container.decodeIfPresent(Double.self, forKey: .proximal)
        self.recipe = recipe
    }
}

private struct OptimizerDraft: Decodable {
    let optimizer: TrainingRecipe.Optimizer

    enum Key: String, CodingKey {
        case learningRate, beta1, beta2, epsilon, weightDecay, warmupSteps, finalFraction
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        var optimizer = TrainingRecipe.Optimizer(learningRate: try container.decode(Double.self, forKey: .learningRate))
        func take<Value: Decodable>(_ key: Key, _ target: inout Value) throws {
            if let value = try container.decodeIfPresent(Value.self, forKey: key) { target = value }
        }
        try take(.beta1, &optimizer.beta1)
        try take(.beta2, &optimizer.beta2)
        try take(.epsilon, &optimizer.epsilon)
        try take(.weightDecay, &optimizer.weightDecay)
        try take(.warmupSteps, &optimizer.warmupSteps)
        try take(.finalFraction, &optimizer.finalFraction)
        self.optimizer = optimizer
    }
}

/// A mapping, or the word `none`.
private struct PrivacyDraft: Decodable {
    let privacy: PatientPrivacy?

    init(from decoder: any Decoder) throws {
        if let word = try? decoder.singleValueContainer().decode(String.self) {
            guard word == "none" else {
                throw AdminError(
                    .invalidDraft,
                    "“privacy” is neither a mapping (epsilon, delta, clipNorm, expectedPatients) nor the word “none”.")
            }
            privacy = nil
        } else {
            privacy = try PatientPrivacy(from: decoder)
        }
    }
}

/// A word of a fixed list; another one is refused with the list.
struct WordIn<Choice: RawRepresentable & CaseIterable>: Decodable where Choice.RawValue == String {
    let value: Choice

    init(from decoder: any Decoder) throws {
        let word = try decoder.singleValueContainer().decode(String.self)
        guard let value = Choice(rawValue: word) else {
            let key = decoder.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw AdminError(.invalidDraft, "“\(key)” must be one of: \(known).")
        }
        self.value = value
    }
}

/// A list of words, or one word alone.
private struct OneOrMany: Decodable {
    let values: [String]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        values = try (try? [container.decode(String.self)]) ?? container.decode([String].self)
    }
}
