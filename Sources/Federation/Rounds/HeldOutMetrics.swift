public import ConsiliumCore
public import Identity

/// The only figures about its reports that a clinic sends: means over its held-out patients, above a minimum count.
public struct HeldOutMetrics: Codable, Sendable, Equatable {
    /// Figures over fewer reports than this stay in the clinic.
    public static let minimumReports = 10

    public var job: JobID
    public var clinic: ClinicID
    /// The last round whose adapter was scored.
    public var round: Int
    public var adapter: ContentHash
    public var reports: Int
    public var baseBitsPerByte: Double
    public var federatedBitsPerByte: Double
    /// The clinic's own adapter with the same number of steps, where it was trained.
    public var localBitsPerByte: Double?

    public init(
        job: JobID, clinic: ClinicID, round: Int, adapter: ContentHash, reports: Int, baseBitsPerByte: Double,
        federatedBitsPerByte: Double, localBitsPerByte: Double?
    ) {
        self.job = job
        self.clinic = clinic
        self.round = round
        self.adapter = adapter
        self.reports = reports
        self.baseBitsPerByte = baseBitsPerByte
        self.federatedBitsPerByte = federatedBitsPerByte
        self.localBitsPerByte = localBitsPerByte
    }
}

/// A clinic's answer to a proposed job, signed with its key.
public struct Consent: Codable, Sendable, Equatable {
    public enum Decision: String, Codable, Sendable {
        case approved
        case denied
    }

    public var job: JobID
    public var jobHash: ContentHash
    public var clinic: ClinicID
    public var decision: Decision

    public init(job: JobID, jobHash: ContentHash, clinic: ClinicID, decision: Decision) {
        self.job = job
        self.jobHash = jobHash
        self.clinic = clinic
        self.decision = decision
    }
}
