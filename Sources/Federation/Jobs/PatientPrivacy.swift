/// The patient-level guarantee of a job: DP-SGD inside each clinic (Abadi et al. 2016; user-level as in Charles et al. 2024).
///
/// The unit is the patient within one clinic, neighbouring by adding or removing all reports of one patient. Each clinic
/// holds its own guarantee and calibrates its own noise multiplier to its number of patients; nothing is pooled.
public struct PatientPrivacy: Codable, Sendable, Equatable {
    /// What one patient may lose over all rounds of this job, at `delta`.
    public var epsilon: Double
    public var delta: Double
    /// The L2 norm to which one patient's gradient is clipped in each step.
    public var clipNorm: Double
    /// The expected number of patients in a step: each patient is drawn on its own with probability expected / N (Poisson).
    public var expectedPatients: Int

    public init(epsilon: Double, delta: Double, clipNorm: Double, expectedPatients: Int) {
        self.epsilon = epsilon
        self.delta = delta
        self.clipNorm = clipNorm
        self.expectedPatients = expectedPatients
    }
}
