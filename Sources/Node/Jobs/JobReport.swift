public import ConsiliumCore
public import Evaluation
public import Federation
public import Identity

/// What a finished job brought one clinic, on the reports of its own held-out patients. Stays in the clinic.
public struct JobReport: Codable, Sendable, Equatable {
    /// Figures over the same held-out reports for one model.
    public struct Score: Codable, Sendable, Equatable {
        /// exp(mean negative log-likelihood per token).
        public var perplexity: Double
        /// Comparable between tokenizers.
        public var bitsPerByte: Double
        /// 95 % bootstrap interval over reports, of `bitsPerByte`.
        public var interval: [Double]

        public init(perplexity: Double, bitsPerByte: Double, interval: [Double]) {
            self.perplexity = perplexity
            self.bitsPerByte = bitsPerByte
            self.interval = interval
        }
    }

    public var job: JobID
    public var clinic: ClinicID
    public var rounds: Int
    /// SHA-256 of the final adapter's `adapter_model.safetensors`.
    public var adapter: ContentHash
    /// Where the adapter lies, as a PEFT folder.
    public var adapterFolder: String
    public var heldOutPatients: Int
    public var heldOutReports: Int
    public var heldOutBytes: Int
    public var heldOutTokens: Int
    public var base: Score
    public var federated: Score
    /// The clinic's own adapter: the same recipe, number of steps and noise on its own reports alone. `nil` if it was not asked
    /// for.
    public var local: Score?
    /// The common adapter after some steps on the clinic's own reports, which stay here. `nil` if there are none.
    public var personalised: Score?
    /// All of these in pairs, with the choice; `nil` in reports of older versions.
    public var benefit: BenefitReport?
    /// The job's evaluation tasks for the base model and the common adapter; `nil` where the job has none.
    public var evaluations: [JobEvaluation]?
    /// Which of them reads this clinic's held-out reports best.
    public var best: String

    public init(
        job: JobID, clinic: ClinicID, rounds: Int, adapter: ContentHash, adapterFolder: String, heldOutPatients: Int,
        heldOutReports: Int,
        heldOutBytes: Int, heldOutTokens: Int, base: Score, federated: Score, local: Score?,
        personalised: Score? = nil, benefit: BenefitReport? = nil
    ) {
        self.job = job
        self.clinic = clinic
        self.rounds = rounds
        self.adapter = adapter
        self.adapterFolder = adapterFolder
        self.heldOutPatients = heldOutPatients
        self.heldOutReports = heldOutReports
        self.heldOutBytes = heldOutBytes
        self.heldOutTokens = heldOutTokens
        self.base = base
        self.federated = federated
        self.local = local
        self.personalised = personalised
        self.benefit = benefit
        let named = [
            ("base", base.bitsPerByte), ("federated", federated.bitsPerByte),
            ("local", local?.bitsPerByte ?? .infinity),
            ("personalised", personalised?.bitsPerByte ?? .infinity),
        ]
        best = named.min { $0.1 < $1.1 }?.0 ?? "base"
    }
}
