public import ConsiliumCore
public import Identity

/// What a clinic signs once its update of a round is trained and stored, where updates are masked: the sum begins when all
/// have said so, or at the round's deadline with those who have.
///
/// It is signed as a document of kind `update`. It says nothing about the update but that it exists.
public struct RoundReady: Codable, Sendable, Equatable {
    public var job: JobID
    /// The hash of the manifest that this clinic approved.
    public var jobHash: ContentHash
    public var round: Int
    public var clinic: ClinicID
    /// The adapter from which it trained.
    public var adapter: ContentHash
    public var ready = true

    public init(job: JobID, jobHash: ContentHash, round: Int, clinic: ClinicID, adapter: ContentHash) {
        self.job = job
        self.jobHash = jobHash
        self.round = round
        self.clinic = clinic
        self.adapter = adapter
    }

    /// - Throws: ``FederationError`` `.updateMalformed` if it is not of this clinic, job and round; `.consentMissing` if it is
    ///   about another version of the job; `.adapterMismatch` if the clinic trained from another adapter.
    public func validate(
        job id: JobID, jobHash expected: ContentHash, round current: Int, clinic sender: ClinicID,
        adapter base: ContentHash
    ) throws {
        guard job == id, round == current, clinic == sender, ready else {
            throw FederationError(.updateMalformed, "The message is for another clinic, job or round than the request.")
        }
        guard jobHash == expected else {
            throw FederationError(
                .consentMissing, "The message is about another version of “\(id)” than the coordinator has.")
        }
        guard adapter == base else {
            throw FederationError(
                .adapterMismatch, "The clinic trained from another adapter than round \(current) starts from.")
        }
    }
}
