extension PrivacyEvent: Codable {
    private enum Keys: String, CodingKey {
        case mechanism, sampling, steps, sigma, sensitivity
        case noiseMultiplier = "noise_multiplier"
        case relation = "neighbouring"
    }

    /// The relation may be left out where the document around the event states it; then add/remove is assumed here
    /// and
    /// overridden by the reader of that document.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        switch try container.decode(String.self, forKey: .mechanism) {
        case "gaussian":
            mechanism = .gaussian(noiseMultiplier: try container.decode(Double.self, forKey: .noiseMultiplier))
        case "laplace":
            mechanism = .laplace(noiseMultiplier: try container.decode(Double.self, forKey: .noiseMultiplier))
        case "discrete_gaussian":
            mechanism = .discreteGaussian(
                sigma: try container.decode(Double.self, forKey: .sigma),
                sensitivity: try container.decode(Int.self, forKey: .sensitivity))
        default:
            throw PrivacyError(
                .unsupported,
                "An event names an unknown mechanism; known ones: gaussian, laplace, discrete_gaussian.")
        }
        sampling = try container.decodeIfPresent(Sampling.self, forKey: .sampling) ?? .none
        steps = try container.decode(Int.self, forKey: .steps)
        if let name = try container.decodeIfPresent(String.self, forKey: .relation) {
            relation = try NeighbouringRelation(named: name)
        } else {
            relation = .addRemove
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(mechanism.name, forKey: .mechanism)
        if case .discreteGaussian(let sigma, let sensitivity) = mechanism {
            try container.encode(sigma, forKey: .sigma)
            try container.encode(sensitivity, forKey: .sensitivity)
        } else {
            try container.encode(mechanism.noiseMultiplier, forKey: .noiseMultiplier)
        }
        try container.encode(sampling, forKey: .sampling)
        try container.encode(steps, forKey: .steps)
        try container.encode(relation, forKey: .relation)
    }
}

extension NeighbouringRelation {
    init(named name: String) throws {
        guard let relation = NeighbouringRelation(rawValue: name) else {
            throw PrivacyError(.unsupported, "Unknown neighbouring relation; known ones: add_remove, replace_one.")
        }
        self = relation
    }
}

extension Sampling: Codable {
    private enum Keys: String, CodingKey {
        case type, q, n, m, cap
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        switch try container.decode(String.self, forKey: .type) {
        case "none": self = .none
        case "poisson": self = .poisson(rate: try container.decode(Double.self, forKey: .q))
        case "wor":
            self = .withoutReplacement(
                size: try container.decode(Int.self, forKey: .m), population: try container.decode(Int.self, forKey: .n)
            )
        case "truncated_poisson":
            self = .truncatedPoisson(
                rate: try container.decode(Double.self, forKey: .q),
                population: try container.decode(Int.self, forKey: .n),
                cap: try container.decode(Int.self, forKey: .cap))
        default:
            throw PrivacyError(
                .unsupported,
                "An event names an unknown sampling scheme; known ones: none, poisson, wor, truncated_poisson.")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        switch self {
        case .none: try container.encode("none", forKey: .type)
        case .poisson(let rate):
            try container.encode("poisson", forKey: .type)
            try container.encode(rate, forKey: .q)
        case .withoutReplacement(let size, let population):
            try container.encode("wor", forKey: .type)
            try container.encode(size, forKey: .m)
            try container.encode(population, forKey: .n)
        case .truncatedPoisson(let rate, let population, let cap):
            try container.encode("truncated_poisson", forKey: .type)
            try container.encode(rate, forKey: .q)
            try container.encode(population, forKey: .n)
            try container.encode(cap, forKey: .cap)
        }
    }
}
