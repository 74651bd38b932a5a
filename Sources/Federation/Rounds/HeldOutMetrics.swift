public import ConsiliumCore
public import Identity

/// The only figures about its reports that a clinic sends: rounded means over its held-out patients, above a minimum count.
public struct HeldOutMetrics: Codable, Sendable, Equatable {
    /// Figures over fewer patients than this stay in the clinic.
    public static let minimumPatients = 10

    public var job: JobID
    public var clinic: ClinicID
    /// The last round whose adapter was scored.
    public var round: Int
    public var adapter: ContentHash
    /// Held-out patients, rounded down to a multiple of ten.
    public var patients: Int
    /// Bits per byte to two decimals.
    public var baseBitsPerByte: Double
    public var federatedBitsPerByte: Double

    public init(
        job: JobID, clinic: ClinicID, round: Int, adapter: ContentHash, patients: Int, baseBitsPerByte: Double,
        federatedBitsPerByte: Double
    ) {
        self.job = job
        self.clinic = clinic
        self.round = round
        self.adapter = adapter
        self.patients = patients
        self.baseBitsPerByte = baseBitsPerByte
        self.federatedBitsPerByte = federatedBitsPerByte
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
