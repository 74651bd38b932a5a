internal import Privacy

/// Which ways of sampling go with which mechanism and relation.
///
/// An accountant that is asked for another combination either refuses or proves something about another procedure than the one
/// that ran; see research on shuffled batches that were accounted as Poisson samples.
enum SamplingRules {
    /// - Returns: what is wrong, without a full stop; `nil` if nothing is.
    static func contradiction(in events: [PrivacyEvent]) -> String? {
        for event in events {
            switch (event.mechanism, event.sampling) {
            case (.laplace, .none): break
            case (.laplace, _): return "Laplace noise is accounted only where everybody takes part in each step"
            case (.discreteGaussian, .truncatedPoisson):
                return "discrete Gaussian noise on the integers is not accounted for samples with a cap"
            default: break
            }
        }
        if Set(events.map(\.relation)).count > 1 { return "one reservation mixes two neighbouring relations" }
        if Set(events.map { kind($0.sampling) }).count > 1 {
            return "one reservation mixes two ways of sampling: a round is drawn by one sampler"
        }
        return nil
    }

    private static func kind(_ sampling: Sampling) -> Int {
        switch sampling {
        case .none: 0
        case .poisson: 1
        case .withoutReplacement: 2
        case .truncatedPoisson: 3
        }
    }
}
