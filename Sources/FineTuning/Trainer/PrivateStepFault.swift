package import ConsiliumCore
package import Privacy

/// Another way from a sample of patients to a released sum than the mechanism's: what a bug would do.
///
/// Only tests make one, to show that the empirical audit finds it. No option, file or environment leads here.
package struct PrivateStepFault: Sendable {
    /// The units whose gradients are clipped one by one, of a sample of patients.
    package var sample: @Sendable ([[TrainingSequence]]) -> [[TrainingSequence]]
    /// Clips, adds and makes noise for so many coordinates.
    package var aggregation:
        @Sendable (_ mechanism: GaussianMechanism, _ count: Int, _ random: any SecureRandom, _ threads: Int) throws ->
            any PatientAggregation

    package init(
        sample: @escaping @Sendable ([[TrainingSequence]]) -> [[TrainingSequence]] = { $0 },
        aggregation:
            @escaping @Sendable (
                _ mechanism: GaussianMechanism, _ count: Int, _ random: any SecureRandom, _ threads: Int
            ) throws -> any PatientAggregation
    ) {
        self.sample = sample
        self.aggregation = aggregation
    }
}
