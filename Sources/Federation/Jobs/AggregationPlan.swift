public import Identity

/// How the coordinator turns the clinics' updates into the next adapter.
///
/// The optional parts are left out of the signed bytes when they are `nil`.
public struct AggregationPlan: Codable, Sendable, Equatable {
    /// The LoRA aggregation rule. All but ``stackSVD`` are linear in the updates, so a masked sum is enough for them.
    public enum Rule: String, Codable, Sendable, CaseIterable {
        /// A and B are averaged each (FedIT, Zhang et al. 2023). The mean of products is not the product of means: inexact.
        case fedit
        /// A stays as the initial adapter has it, B is averaged (FFA-LoRA, Sun et al. 2024): exact, and only B is sent.
        case frozenA = "frozen-a"
        /// B is trained in odd rounds and A in even ones (RoLoRA, Chen et al. 2025): exact, and only that factor is sent.
        /// B comes first because A has no gradient while B is zero.
        case alternating
        /// The products are averaged and cut back to the job's rank by a singular value decomposition (after FLoRA, Wang et al.
        /// 2024). Clinics may have smaller ranks. It needs every single update, so it excludes secure aggregation.
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
    /// `nil`: the average itself is added.
    public var serverOptimizer: ServerOptimizer?
    /// By clinic id, one for every clinic of the job; `nil`: all count the same.
    public var weights: [String: Double]?
    /// By clinic id, for ``Rule/stackSVD``: the ranks of those that train with less than the recipe's rank.
    public var ranks: [String: Int]?

    public init(
        rule: Rule, secureAggregation: SecureAggregation, updateClipNorm: Double, minimumClinics: Int,
        serverOptimizer: ServerOptimizer? = nil, weights: [String: Double]? = nil, ranks: [String: Int]? = nil
    ) {
        self.rule = rule
        self.secureAggregation = secureAggregation
        self.updateClipNorm = updateClipNorm
        self.minimumClinics = minimumClinics
        self.serverOptimizer = serverOptimizer
        self.weights = weights
        self.ranks = ranks
    }

    /// What is trained and sent in a round, counted from 1.
    public func factors(inRound round: Int) -> AdapterFactors {
        switch rule {
        case .fedit, .stackSVD: .both
        case .frozenA: .onlyB
        case .alternating: round % 2 == 1 ? .onlyB : .onlyA
        }
    }

    /// A clinic's weight divided by the largest one of the job: above 0 and at most 1.
    ///
    /// A clinic multiplies its clipped update by this before it encodes it, so that no sum is longer than with equal weights.
    public func relativeWeight(of clinic: ClinicID) -> Double {
        guard let weights, let largest = weights.values.max(), let own = weights[clinic.text], largest > 0 else {
            return 1
        }
        return own / largest
    }

    /// The rank with which a clinic trains in a job of rank `rank`.
    public func rank(of clinic: ClinicID, in rank: Int) -> Int { ranks?[clinic.text] ?? rank }
}
