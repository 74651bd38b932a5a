public import ConsiliumCore
public import Privacy

/// What a node asks its ledger for before it trains.
public struct ReservationRequest: Sendable {
    public var job: String
    /// The hash of the signed job manifest.
    public var planHash: ContentHash
    public var round: Int
    /// Counts up when a round is trained anew; each attempt is a release of its own and is charged.
    public var attempt: Int
    /// From ``PoissonSampler/event(_:)``.
    public var events: [PrivacyEvent]
    public var clipNorm: Double
    /// At most so many reports of a patient enter a step.
    public var reportsPerPatient: Int
    /// The job's own cap; the stricter of it and the dataset's wins.
    public var jobCap: PrivacyBudget?
    /// The version of the program, for the record.
    public var software: String

    public init(
        job: String, planHash: ContentHash, round: Int, attempt: Int = 0, events: [PrivacyEvent], clipNorm: Double,
        reportsPerPatient: Int = 1, jobCap: PrivacyBudget? = nil, software: String = ""
    ) {
        self.job = job
        self.planHash = planHash
        self.round = round
        self.attempt = attempt
        self.events = events
        self.clipNorm = clipNorm
        self.reportsPerPatient = reportsPerPatient
        self.jobCap = jobCap
        self.software = software
    }
}

/// Proof that budget was set aside and is on disk. Training asks for one.
public struct ReservationID: Sendable, Hashable, Codable {
    /// The sequence number of the reserve row.
    public let sequence: Int
    /// That row's hash: what messages about the round carry.
    public let hash: ContentHash

    /// The reserve row as a row that others may remember; see ``PrivacyLedger/requireContains(_:)``.
    public var head: LedgerHead { LedgerHead(sequence: sequence, hash: hash) }
}

/// A reservation that was neither committed nor aborted, such as one that a crash left behind.
public struct OpenReservation: Sendable, Hashable {
    public var id: ReservationID
    public var job: String
    public var round: Int
    public var attempt: Int
}
