internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import Privacy

extension JobManifest {
    /// Above this there is so much more noise than signal in a round that no number of rounds of a federation helps.
    static let largestNoiseToSignal = 10.0

    /// Whether the noise that hides whole clinics leaves something to learn from, and all rounds fit its epsilon.
    ///
    /// - Throws: ``AdminError`` `.invalidDraft` with the ratio, or with the epsilon that the rounds cost.
    func requireUsefulClinicNoise() throws {
        guard let privacy = clinicPrivacy else { return }
        let ratio = privacy.noiseToSignal(parameters: largestUpdate, clinics: clinics.count)
        guard ratio <= Self.largestNoiseToSignal else {
            throw AdminError(
                .invalidDraft,
                "The mean of a round would have \(String(format: "%.3g", ratio)) times as much noise as the largest update is long; "
                    + "more than \(Self.largestNoiseToSignal) is not signed. Noise for whole clinics needs small adapters (rank 1, few "
                    + "targets, frozen-a) and many clinics; patients are protected by “privacy” without it.")
        }
        let event = PrivacyEvent(mechanism: .gaussian(noiseMultiplier: privacy.noiseMultiplier), steps: rounds)
        let cost = RDPFilter.epsilon(of: try RDPFilter.curve(of: [event]), delta: privacy.delta)
        guard cost <= privacy.epsilon else {
            throw AdminError(
                .invalidDraft,
                "\(rounds) rounds with clinicPrivacy.noiseMultiplier \(privacy.noiseMultiplier) cost epsilon "
                    + "\(String(format: "%.4g", cost)); clinicPrivacy.epsilon is \(privacy.epsilon). Use more noise or fewer rounds."
            )
        }
    }
}
