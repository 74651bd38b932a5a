/// The clinic-level guarantee of a job: whether a whole clinic took part, and with what, is hidden in the sum of updates by noise
/// that the clinics add in shares (Kairouz, Liu, Steinke 2021).
///
/// A layer of its own beside ``PatientPrivacy``, with a ledger of its own. Its epsilon is about clinics and says little about
/// patients; the two are never added.
public struct ClinicPrivacy: Codable, Sendable, Equatable {
    /// What a clinic may lose over all rounds of this job, at `delta`.
    public var epsilon: Double
    public var delta: Double
    /// z: standard deviation of the noise of the honest clinics together ÷ the clip norm of updates.
    public var noiseMultiplier: Double
    /// At least so many clinics of every sum are trusted to add their share of the noise.
    public var honestClinics: Int

    public init(epsilon: Double, delta: Double, noiseMultiplier: Double, honestClinics: Int) {
        self.epsilon = epsilon
        self.delta = delta
        self.noiseMultiplier = noiseMultiplier
        self.honestClinics = honestClinics
    }

    /// Norm of the noise in the mean of a round ÷ clip norm, if all of `clinics` take part: z √(d n / h) / n.
    public func noiseToSignal(parameters: Int, clinics: Int) -> Double {
        noiseMultiplier * (Double(parameters) / Double(clinics) / Double(max(1, honestClinics))).squareRoot()
    }

    func problems(_ aggregation: AggregationPlan) -> [String] {
        var found: [String] = []
        func need(_ condition: Bool, _ sentence: String) {
            if !condition { found.append(sentence) }
        }
        need(epsilon > 0 && epsilon <= 1000, "clinicPrivacy.epsilon must be above 0 and at most 1,000.")
        need(delta > 0 && delta <= 1e-3, "clinicPrivacy.delta must be above 0 and at most 0.001.")
        need((0.01...1000).contains(noiseMultiplier), "clinicPrivacy.noiseMultiplier must be 0.01 to 1,000.")
        // A masked sum is opened when more than two thirds of those who began it are left.
        let fewest = max(1, 2 * aggregation.minimumClinics / 3 + 1)
        need(
            (1...fewest).contains(honestClinics),
            "clinicPrivacy.honestClinics must be 1 to \(fewest): with minimumClinics \(aggregation.minimumClinics) a sum may have no more clinics, and less noise."
        )
        need(
            aggregation.secureAggregation == .on || honestClinics == 1,
            "clinicPrivacy.honestClinics must be 1 with “secureAggregation: off”: who sees single updates sees single shares of the noise."
        )
        need(
            aggregation.rule != .stackSVD,
            "clinicPrivacy can't be had with the rule “stack-svd”, which works on single updates.")
        return found
    }
}
