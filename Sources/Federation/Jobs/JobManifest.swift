public import ConsiliumCore
public import Foundation
public import Identity

/// A job as the consortium's admin signs it: declarative, complete, and the only thing that a node ever executes.
///
/// A clinic's officer approves the *hash* of exactly these bytes; a manifest with one changed byte needs a new approval.
public struct JobManifest: Codable, Sendable, Equatable {
    public struct BaseModel: Codable, Sendable, Equatable {
        public var name: String
        /// Over configuration, weights and tokenizer; a node refuses a base model with another hash.
        public var hash: ContentHash

        public init(name: String, hash: ContentHash) {
            self.name = name
            self.hash = hash
        }
    }

    public struct InitialAdapter: Codable, Sendable, Equatable {
        /// SHA-256 of the `adapter_model.safetensors` that every clinic starts from.
        public var hash: ContentHash
        /// SHA-256 over names and shapes of its tensors: fixes the order and length of every update.
        public var layoutHash: ContentHash
        public var parameters: Int
        /// The parts that some round sends alone, such as `b` for B or `rank-4` for the adapter of a clinic of rank 4; `nil`
        /// where every round sends the whole.
        public var updates: [String: UpdateShape]?
        /// SHA-256 over the values of the A that no round may change; only with the rule `frozen-a`.
        public var frozenHash: ContentHash?

        public init(
            hash: ContentHash, layoutHash: ContentHash, parameters: Int, updates: [String: UpdateShape]? = nil,
            frozenHash: ContentHash? = nil
        ) {
            self.hash = hash
            self.layoutHash = layoutHash
            self.parameters = parameters
            self.updates = updates
            self.frozenHash = frozenHash
        }
    }

    /// What leaves a clinic because of this job. The egress gate lets nothing else pass.
    public enum Egress: String, Codable, Sendable, CaseIterable {
        case update
        case heldOutMetrics = "held-out-metrics"
        /// Counts and means of ``EvaluationPlan``.
        case evaluationMetrics = "evaluation-metrics"
    }

    public static let currentVersion = 1

    public var version: Int
    public var id: JobID
    public var title: String
    /// Why, in words for the privacy officer.
    public var purpose: String
    public var consortium: String
    public var createdAt: Date
    /// After this moment no clinic starts or continues the job.
    public var expiresAt: Date
    public var clinics: [ClinicID]
    public var baseModel: BaseModel
    public var initialAdapter: InitialAdapter
    public var recipe: TrainingRecipe
    /// `nil` means: trained without a privacy guarantee. The officer is told so in these words.
    public var privacy: PatientPrivacy?
    /// Noise in the sum of updates that hides whole clinics, beside what protects the patients. Usually `nil`.
    public var clinicPrivacy: ClinicPrivacy?
    public var aggregation: AggregationPlan
    public var rounds: Int
    /// How long a round waits for its clinics.
    public var roundDeadlineSeconds: Int
    public var egress: [Egress]
    /// What is measured beside bits per byte; `nil`: nothing.
    public var evaluation: EvaluationPlan?

    public init(
        id: JobID, title: String, purpose: String, consortium: String, createdAt: Date, expiresAt: Date,
        clinics: [ClinicID],
        baseModel: BaseModel, initialAdapter: InitialAdapter, recipe: TrainingRecipe, privacy: PatientPrivacy?,
        clinicPrivacy: ClinicPrivacy? = nil, aggregation: AggregationPlan, rounds: Int, roundDeadlineSeconds: Int,
        egress: [Egress], evaluation: EvaluationPlan? = nil
    ) {
        version = Self.currentVersion
        self.id = id
        self.title = title
        self.purpose = purpose
        self.consortium = consortium
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.clinics = clinics
        self.baseModel = baseModel
        self.initialAdapter = initialAdapter
        self.recipe = recipe
        self.privacy = privacy
        self.clinicPrivacy = clinicPrivacy
        self.aggregation = aggregation
        self.rounds = rounds
        self.roundDeadlineSeconds = roundDeadlineSeconds
        self.egress = egress
        self.evaluation = evaluation
    }

    /// Optimizer steps over the whole job, for the learning-rate schedule and the privacy plan.
    public var totalSteps: Int { rounds * recipe.localSteps }

    /// The hash that a clinic approves and that ledger rows carry.
    public func hash() throws -> ContentHash { ContentHash(of: try CanonicalJSON.encode(self)) }
}
