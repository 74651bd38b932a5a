public import Federation
public import Identity
public import SecureAggregation

extension RingEncoding {
    /// The ring in which a clinic's updates of a job's round are added: the same at both ends.
    ///
    /// - Parameter round: counted from 1.
    /// - Throws: `FederationError` `.invalidJob` for a job that does not describe what the round sends;
    ///   `SecureAggregationError` and `PrivacyError` for numbers that can't be encoded.
    public init(job: JobManifest, round: Int, clinic: ClinicID) throws {
        try self.init(
            clipNorm: job.aggregation.updateClipNorm,
            count: job.updateShape(inRound: round, of: clinic).parameters, clinics: job.clinics.count,
            share: job.clinicPrivacy.map {
                ClinicShare(noiseMultiplier: $0.noiseMultiplier, honestClinics: $0.honestClinics)
            })
    }
}
