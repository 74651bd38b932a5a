public import ConsiliumCore
public import Identity

/// What a clinic signs to tell that no update of it will come in a round, so that the round need not wait for its deadline.
///
/// It is signed as a document of kind `update`, in the place of an ``UpdateManifest``. It binds nobody: an update that comes
/// while the round is still open counts.
public struct UpdateSkip: Codable, Sendable, Equatable {
    public enum Reason: String, Codable, Sendable, CaseIterable {
        /// The clinic's privacy budget does not cover the round, and will not in a later hour either.
        case budget
        /// Too few of its patients still agree, or the clinic itself does not any more.
        case withdrawn
        /// Something in the clinic failed. A person may mend it before the round ends.
        case fault

        /// Whether the clinic may still deliver in this round.
        public var mayPass: Bool { self == .fault }
    }

    public var job: JobID
    /// The hash of the manifest that this clinic approved.
    public var jobHash: ContentHash
    public var round: Int
    public var clinic: ClinicID
    public var reason: Reason

    public init(job: JobID, jobHash: ContentHash, round: Int, clinic: ClinicID, reason: Reason) {
        self.job = job
        self.jobHash = jobHash
        self.round = round
        self.clinic = clinic
        self.reason = reason
    }

    /// - Throws: ``FederationError`` `.updateMalformed` if it is not of this clinic, job and round; `.consentMissing` if it is
    ///   about another version of the job.
    public func validate(job id: JobID, jobHash expected: ContentHash, round current: Int, clinic sender: ClinicID)
        throws
    {
        guard job == id, round == current, clinic == sender else {
            throw FederationError(.updateMalformed, "The message is for another clinic, job or round than the request.")
        }
        guard jobHash == expected else {
            throw FederationError(
                .consentMissing, "The message is about another version of “\(id)” than the coordinator has.")
        }
    }
}
