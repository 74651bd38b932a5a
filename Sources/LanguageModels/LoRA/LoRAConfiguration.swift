/// Low-rank adaptation (Hu et al. 2021): W x + (alpha / rank) B A x, with W frozen, A [rank, input] and B [output, rank].
public struct LoRAConfiguration: Sendable, Codable, Equatable {
    public var rank: Int
    public var alpha: Double
    /// Names of linear layers (`q_proj`, …, or an end of their path at a dot) or the presets `all` (every linear layer of a
    /// block), `attention` and `mlp`.
    public var targets: [String]
    /// Scale by alpha / sqrt(rank) instead (Kalajdzievski 2023).
    public var useRSLoRA: Bool
    /// Train the classifier along; only for sequence classification, where `nil` means yes.
    public var trainsHead: Bool?

    public init(
        rank: Int = 8, alpha: Double = 16, targets: [String] = ["all"], useRSLoRA: Bool = false,
        trainsHead: Bool? = nil
    ) {
        self.rank = rank
        self.alpha = alpha
        self.targets = targets
        self.useRSLoRA = useRSLoRA
        self.trainsHead = trainsHead
    }

    static let largestRank = 1024

    /// The factor of B A x.
    public var scale: Float {
        Float(useRSLoRA ? alpha / Double(rank).squareRoot() : alpha / Double(rank))
    }

    func layers(of model: ModelConfiguration) throws -> [LinearLayer] {
        guard rank >= 1, rank <= Self.largestRank else {
            throw LanguageModelsError(
                .invalidConfiguration, "The LoRA rank must be between 1 and \(Self.largestRank).")
        }
        guard alpha.isFinite, alpha > 0, scale.isFinite else {
            throw LanguageModelsError(.invalidConfiguration, "The LoRA alpha must be a positive number.")
        }
        let all = model.linearLayers
        var chosen: [LinearLayer] = []
        for target in targets {
            let found: [LinearLayer] =
                switch target {
                case "all", "all-linear": all
                case "attention": all.filter { $0.slot == .queryKeyValue || $0.slot == .attentionOutput }
                case "mlp": all.filter { $0.slot == .up || $0.slot == .down }
                default: all.filter { $0.isNamed(target) }
                }
            guard !found.isEmpty else {
                let known = all.map(\.shortName).joined(separator: ", ")
                throw LanguageModelsError(
                    .invalidConfiguration,
                    "The LoRA target “\(target.prefix(40))” names no layer that can be adapted in this model. Use all, attention or names among \(known)."
                )
            }
            chosen += found
        }
        guard !chosen.isEmpty else {
            throw LanguageModelsError(.invalidConfiguration, "No LoRA target is named. Use all, attention or mlp.")
        }
        if let small = chosen.first(where: { rank > max($0.input, $0.output) }) {
            throw LanguageModelsError(
                .invalidConfiguration,
                "A LoRA rank of \(rank) is larger than the layer \(small.shortName) [\(small.output), \(small.input)]. Use a smaller rank."
            )
        }
        return all.filter(chosen.contains)
    }
}
