public import ConsiliumCore
public import Federation
public import SecureAggregation

extension SecureSumSubject {
    /// What the sum of a job's round is about: the coordinator and each node make it from what they have verified themselves.
    ///
    /// - Throws: `FederationError` `.invalidJob` for a job without clinics, or one that does not describe what the round sends.
    public init(job: JobManifest, hash: ContentHash, round: Int, adapter: ContentHash) throws {
        guard let any = job.clinics.first else {
            throw FederationError(.invalidJob, "The job “\(job.id)” has no clinics.")
        }
        let shape = try job.updateShape(inRound: round, of: any)
        self.init(
            plan: hash, round: round, model: adapter, layout: shape.layoutHash, count: shape.parameters,
            clipNorm: job.aggregation.updateClipNorm)
    }
}
