/// What one step did.
public struct StepResult: Sendable, Equatable {
    /// The mean over the supervised tokens, in nats, before the update. Where privacy matters it is no released
    /// quantity: it must not leave the clinic.
    public var loss: Double
    public var supervisedTokens: Int
    /// L2 norm of the trainable gradient before clipping.
    public var gradientNorm: Double
}

/// What one private step did. Only ``trainableParameters`` is public knowledge: the other fields come from the data
/// without noise and must not leave the clinic.
public struct PrivateStepResult: Sendable, Equatable {
    /// Patients in this step's sample.
    public var patients: Int
    /// Those whose gradient was longer than the clip norm.
    public var clippedPatients: Int
    /// Those whose gradient was not finite and was replaced by zero.
    public var rejectedPatients: Int
    /// Mean over the patients of their mean token loss; 0 for an empty sample.
    public var loss: Double
    public var supervisedTokens: Int
    /// Coordinates that noise was added to.
    public var trainableParameters: Int
}
