internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import Privacy

/// How this clinic keeps a job's patient-level guarantee: calibrated once, before the first round, to its own number of
/// patients, then kept beside the job for all rounds.
struct PrivacyPlan: Codable, Sendable, Equatable {
    /// Binds the plan to the manifest that was approved.
    var jobHash: ContentHash
    /// Training patients when the job began, with the canaries that were expected among them.
    var patients: Int
    /// Synthetic patients of the job's empirical audit, half of which are expected to be trained on; `nil` without one. Decided
    /// when the job began, whatever the site configuration says later.
    var canaries: Int?
    /// Poisson rate q = expected patients ÷ patients, at most 1.
    var samplingRate: Double
    var noiseMultiplier: Double
    var clipNorm: Double
    /// Steps of one round and of the whole job.
    var stepsPerRound: Int
    var totalSteps: Int
    /// The public constant of the job that every noisy sum is divided by; never a count of this clinic's.
    var expectedPatients: Int

    /// The smallest noise for which all steps of the job stay within its epsilon as the ledger's filter counts it. The filter
    /// is a little stricter than the plain accountant; calibrating to it makes sure that the last round is not refused.
    init(job: JobManifest, jobHash: ContentHash, privacy: PatientPrivacy, patients: Int, canaries: Int? = nil) throws {
        guard patients > 0 else {
            throw NodeError(
                .tooFewPatients, "No patients are left to train on; a job with a privacy budget needs some.")
        }
        self.jobHash = jobHash
        // Not the number that the coins gave: the rate would tell it.
        let patients = patients + (canaries ?? 0) / 2
        self.patients = patients
        self.canaries = canaries
        samplingRate = min(1, Double(privacy.expectedPatients) / Double(patients))
        clipNorm = privacy.clipNorm
        stepsPerRound = job.recipe.localSteps
        totalSteps = job.totalSteps
        expectedPatients = privacy.expectedPatients
        let sampling: Sampling = samplingRate == 1 ? .none : .poisson(rate: samplingRate)
        let steps = totalSteps
        noiseMultiplier = try NoiseCalibration.noiseMultiplier(
            target: PrivacyBudget(epsilon: privacy.epsilon, delta: privacy.delta),
            accountant: { RDPFilter.epsilon(of: try RDPFilter.curve(of: $0), delta: privacy.delta) },
            plan: { [PrivacyEvent(mechanism: .gaussian(noiseMultiplier: $0), sampling: sampling, steps: steps)] })
    }

    func mechanism() throws -> GaussianMechanism {
        try GaussianMechanism(clipNorm: clipNorm, noiseMultiplier: noiseMultiplier)
    }

    func sampler(steps: Int) throws -> PoissonSampler { try PoissonSampler(rate: samplingRate, steps: steps) }

    /// What one round costs.
    func roundEvent() throws -> PrivacyEvent { try sampler(steps: stepsPerRound).event(mechanism()) }

    /// The plan that the job's rounds used; `nil` for a job without a privacy budget.
    static func stored(in files: JobFiles) throws -> PrivacyPlan? {
        guard FileManager.default.fileExists(atPath: files.privacyPlan.path) else { return nil }
        return try CanonicalJSON.decode(PrivacyPlan.self, from: DurableFile.read(files.privacyPlan))
    }

    /// The stored plan; a new one only if nothing was ever trained for this job.
    ///
    /// - Parameter hasTrained: whether the node's state or ledger knows of a training of this job.
    /// - Throws: ``NodeError`` `.privacyStateMissing`: a node that lost its plan half-way must not go on with another.
    static func load(
        _ files: JobFiles, job: JobManifest, jobHash: ContentHash, privacy: PatientPrivacy, patients: Int,
        canaries: Int? = nil, hasTrained: Bool
    ) throws -> PrivacyPlan {
        if let plan = try stored(in: files) {
            guard plan.jobHash == jobHash else {
                throw NodeError(
                    .privacyStateMissing,
                    "The privacy plan of job “\(job.id)” belongs to another version of it. Restore it from a backup.")
            }
            return plan
        }
        guard !hasTrained else {
            throw NodeError(
                .privacyStateMissing,
                "The privacy plan of job “\(job.id)” is gone although rounds were trained with it. This node does not go on without it: "
                    + "restore \(files.privacyPlan.lastPathComponent) from a backup, or deny the job.")
        }
        let plan = try PrivacyPlan(
            job: job, jobHash: jobHash, privacy: privacy, patients: patients, canaries: canaries)
        try DurableFile.write(CanonicalJSON.encodePretty(plan), to: files.privacyPlan)
        return plan
    }
}
