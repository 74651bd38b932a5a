internal import ConsiliumCore
public import Foundation
public import Privacy

/// What `consilium-admin epsilon` and `calibrate` answer.
public enum PrivacyQuestions {
    /// - Parameter file: `{"phases":[…],"neighbouring":…}`.
    public static func epsilon(events file: URL, delta: Double) throws -> EpsilonReport {
        try PrivacyQuery(json: read(file)).epsilon(delta: delta)
    }

    /// - Parameter file: `{"vectors":[{"id","kind",…}]}`.
    public static func answers(vectors file: URL) throws -> PrivacyVectors.Answers {
        try PrivacyVectors(json: read(file)).evaluate()
    }

    /// The noise multiplier for Poisson-sampled Gaussian noise; add-or-remove-one-patient neighbours.
    ///
    /// - Parameter samplingRate: in (0, 1]; 1 means that every patient is in every step.
    public static func calibrate(targetEpsilon: Double, delta: Double, samplingRate: Double, steps: Int) throws
        -> CalibrationReport
    {
        struct Document: Encodable {
            struct Phase: Encodable {
                struct Sampling: Encodable {
                    var type: String
                    var q: Double?
                }
                var mechanism = "gaussian"
                // Zero leaves the noise open.
                var noise = 0
                var steps: Int
                var sampling: Sampling

                private enum CodingKeys: String, CodingKey {
                    case mechanism, steps, sampling
                    case noise = "noise_multiplier"
                }
            }
            var phases: [Phase]
            var neighbouring = "add_remove"
        }
        guard samplingRate > 0, samplingRate <= 1 else {
            throw AdminError(.invalidOption, "The sampling rate must be above 0 and at most 1.")
        }
        guard steps >= 1 else { throw AdminError(.invalidOption, "There must be at least one step.") }
        let sampling = Document.Phase.Sampling(
            type: samplingRate == 1 ? "none" : "poisson", q: samplingRate == 1 ? nil : samplingRate)
        let document = Document(phases: [Document.Phase(steps: steps, sampling: sampling)])
        return try PrivacyQuery(json: CanonicalJSON.encode(document)).noiseMultiplier(
            target: PrivacyBudget(epsilon: targetEpsilon, delta: delta))
    }

    private static func read(_ file: URL) throws -> Data {
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw AdminError(.fileMissing, "There is no file \(file.path).")
        }
        return try DurableFile.read(file, limit: 64 << 20)
    }
}
