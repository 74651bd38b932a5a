/// How the coordinator turns the clinics' updates into the next adapter.
public struct AggregationPlan: Codable, Sendable, Equatable {
    /// The LoRA aggregation rule.
    public enum Rule: String, Codable, Sendable, CaseIterable {
        /// A and B are averaged each (FedIT, Zhang et al. 2023). The mean of products is not the product of means: inexact.
        case fedit
        case frozenA = "frozen-a"
        case alternating
        case stackSVD = "stack-svd"
    }

    /// Whether the coordinator sees single updates.
    public enum SecureAggregation: String, Codable, Sendable, CaseIterable {
        /// The coordinator sees each clinic's clipped (and, with a budget, noised) update. A job must say so in this word.
        case off
        /// The coordinator learns the sum only.
        case on
    }

    public var rule: Rule
    public var secureAggregation: SecureAggregation
    /// The L2 norm to which a clinic clips its whole update, public and the same for all.
    public var updateClipNorm: Double
    /// A round with fewer updates at its deadline is repeated, not averaged.
    public var minimumClinics: Int

    public init(rule: Rule, secureAggregation: SecureAggregation, updateClipNorm: Double, minimumClinics: Int) {
        self.rule = rule
        self.secureAggregation = secureAggregation
        self.updateClipNorm = updateClipNorm
        self.minimumClinics = minimumClinics
    }
}
