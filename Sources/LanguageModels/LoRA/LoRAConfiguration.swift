/// Low-rank adaptation (Hu et al. 2021): W x + (alpha / rank) B A x, with W frozen, A [rank, input] and B [output, rank].
public struct LoRAConfiguration: Sendable, Codable, Equatable {
    public var rank: Int
    public var alpha: Double
    /// Names of linear layers (`q_proj`, …) or the presets `all` (all seven), `attention` (q, k, v, o) and `mlp`.
    public var targets: [String]
    /// Scale by alpha / sqrt(rank) instead (Kalajdzievski 2023).
    public var useRSLoRA: Bool

    public init(rank: Int = 8, alpha: Double = 16, targets: [String] = ["all"], useRSLoRA: Bool = false) {
        self.rank = rank
        self.alpha = alpha
        self.targets = targets
        self.useRSLoRA = useRSLoRA
    }

    private static let presets: [String: [Projection]] = [
        "all": Projection.allCases, "all-linear": Projection.allCases,
        "attention": [.query, .key, .value, .attentionOutput], "mlp": [.gate, .up, .down],
    ]

    /// The factor of B A x.
    public var scale: Float {
        Float(useRSLoRA ? alpha / Double(rank).squareRoot() : alpha / Double(rank))
    }

    /// The names of the linear layers, presets resolved, in the order of the block.
    /// - Throws: ``LanguageModelsError`` `.invalidConfiguration` for a rank, an alpha or a name that makes no sense.
    public func targetNames() throws -> [String] { try projections().map(\.rawValue) }

    func projections() throws -> [Projection] {
        guard rank >= 1, rank <= 1024 else {
            throw LanguageModelsError(.invalidConfiguration, "The LoRA rank must be between 1 and 1024.")
        }
        guard alpha.isFinite, alpha > 0 else {
            throw LanguageModelsError(.invalidConfiguration, "The LoRA alpha must be a positive number.")
        }
        var chosen: Set<Projection> = []
        for target in targets {
            if let preset = Self.presets[target] {
                chosen.formUnion(preset)
            } else if let projection = Projection(rawValue: target) {
                chosen.insert(projection)
            } else {
                let known = Projection.allCases.map(\.rawValue).joined(separator: ", ")
                throw LanguageModelsError(
                    .invalidConfiguration,
                    "The LoRA target “\(target.prefix(40))” is unknown. Use all, attention, mlp or names among \(known)."
                )
            }
        }
        guard !chosen.isEmpty else {
            throw LanguageModelsError(.invalidConfiguration, "No LoRA target is named. Use all, attention or mlp.")
        }
        return Projection.allCases.filter(chosen.contains)
    }
}
