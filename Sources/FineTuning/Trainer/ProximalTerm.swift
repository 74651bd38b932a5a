/// A pull to given parameters: μ/2 ‖w − w₀‖² is added to every step's loss (FedProx, Li et al. 2020).
///
/// Its gradient μ (w − w₀) is added after a batch's gradient was clipped and, in private training, after the noise: it depends on
/// the parameters alone, which come from earlier noisy steps, so it is post-processing and costs no budget. Added before the
/// clipping, it would take room from the patients' gradients, and the sensitivity would have to be argued anew.
public struct ProximalTerm: Sendable, Equatable {
    /// μ
    public var strength: Float
    /// w₀, in the order of the adapter's layout.
    public var anchor: [Float]

    /// - Throws: ``FineTuningError`` `.invalidSettings` for a strength that is not a finite number of 0 or more.
    public init(strength: Float, anchor: [Float]) throws {
        guard strength.isFinite, strength >= 0 else {
            throw FineTuningError(.invalidSettings, "The proximal strength must be a number of 0 or more.")
        }
        self.strength = strength
        self.anchor = anchor
    }
}
