public import ConsiliumCore
public import Foundation
public import Identity

/// What a round came to, signed by the coordinator. Participation is part of the result.
public struct RoundResult: Codable, Sendable, Equatable {
    public var job: JobID
    public var jobHash: ContentHash
    public var round: Int
    /// The adapter this round started from.
    public var previousAdapter: ContentHash
    /// SHA-256 of the new `adapter_model.safetensors`.
    public var adapter: ContentHash
    /// Whose updates are in the average, each with the root hash of its vector.
    public var participants: [Participant]
    /// Clinics of the job that delivered nothing in time.
    public var missing: [ClinicID]
    public var closedAt: Date
    /// How far the published product is from the weighted mean of the clinics' products B · A, relative to that mean
    /// (Frobenius norm over all layers): for `fedit` the inexactness of averaging A and B each, for `stack-svd` what the cut to
    /// the job's rank lost. `nil` where the rule is exact or single updates are not visible.
    public var aggregationError: Double?
    /// How the sum was opened, where updates were masked.
    public var secureSum: SecureSumReceipt?

    public struct Participant: Codable, Sendable, Equatable {
        public var clinic: ClinicID
        public var updateRoot: ContentHash
        public var ledgerSequence: Int?
        public var ledgerHash: ContentHash?

        public init(clinic: ClinicID, updateRoot: ContentHash, ledgerSequence: Int?, ledgerHash: ContentHash?) {
            self.clinic = clinic
            self.updateRoot = updateRoot
            self.ledgerSequence = ledgerSequence
            self.ledgerHash = ledgerHash
        }
    }

    public init(
        job: JobID, jobHash: ContentHash, round: Int, previousAdapter: ContentHash, adapter: ContentHash,
        participants: [Participant], missing: [ClinicID], closedAt: Date, aggregationError: Double? = nil,
        secureSum: SecureSumReceipt? = nil
    ) {
        self.job = job
        self.jobHash = jobHash
        self.round = round
        self.previousAdapter = previousAdapter
        self.adapter = adapter
        self.participants = participants
        self.missing = missing
        self.closedAt = closedAt
        self.aggregationError = aggregationError
        self.secureSum = secureSum
    }
}
