import ConsiliumCore
import Federation
import SecureAggregation

extension SecureSumSubject {
    /// What the sum of a job's round is about; a node makes the same from what it has verified itself.
    init(job: JobManifest, hash: ContentHash, round: Int, adapter: ContentHash) throws {
        guard let any = job.clinics.first else {
            throw FederationError(.invalidJob, "The job “\(job.id)” has no clinics.")
        }
        let shape = try job.updateShape(inRound: round, of: any)
        self.init(
            plan: hash, round: round, model: adapter, layout: shape.layoutHash, count: shape.parameters,
            clipNorm: job.aggregation.updateClipNorm)
    }
}
