public import Federation
public import Identity

/// A job as a data scientist writes it in YAML, before it is signed: without hashes and dates, with paths and durations.
///
/// `coordinator/jobs/README.md` explains each key. Whether a job has a privacy guarantee must be written out: either a
/// `privacy:` mapping or the word `none`.
public struct JobDraft: Sendable, Equatable {
    public struct BaseModel: Sendable, Equatable, Decodable {
        /// For people; the folder's name if left out.
        public var name: String?
        /// A Hugging Face folder, relative to the draft.
        public var path: String
    }

    /// Another start than a random A and a zero B.
    public struct InitialAdapter: Sendable, Equatable, Decodable {
        /// A PEFT folder, relative to the draft: a warm A from “model warm-a”, or what an earlier job came to.
        public var path: String

        public init(path: String) { self.path = path }
    }

    public var id: JobID
    public var title: String
    /// Why, in words for the privacy officers.
    public var purpose: String
    public var baseModel: BaseModel
    public var initialAdapter: InitialAdapter?
    /// `nil` means all that are on the roster when the job is signed.
    public var clinics: [ClinicID]?
    public var recipe: TrainingRecipe
    /// `nil` is the word `none`.
    public var privacy: PatientPrivacy?
    /// Noise that hides whole clinics in the sum; usually left out.
    public var clinicPrivacy: ClinicPrivacy?
    public var aggregation: Aggregation
    public var rounds: Int
    public var roundDeadlineSeconds: Int
    /// How long clinics may start and continue the job, from the day of signing.
    public var validDays: Int
    public var egress: [JobManifest.Egress]
    /// What clinics measure beside bits per byte; `nil`: nothing.
    public var evaluation: EvaluationDraft?

    public struct Aggregation: Sendable, Equatable {
        /// `nil`: `frozen-a` with a privacy budget (half the bytes at the same quality), else `fedit`, which learns more.
        public var rule: AggregationPlan.Rule?
        /// Left out it is `on`. With fewer than three clinics the job is then refused: the admin must write `off`.
        public var secureAggregation: AggregationPlan.SecureAggregation
        public var updateClipNorm: Double
        /// `nil` means all clinics of the job, but at most three.
        public var minimumClinics: Int?
        public var serverOptimizer: ServerOptimizer?
        public var weights: [String: Double]?
        public var ranks: [String: Int]?

        func plan(clinics: Int, isPrivate: Bool) -> AggregationPlan {
            AggregationPlan(
                rule: rule ?? (isPrivate ? .frozenA : .fedit), secureAggregation: secureAggregation,
                updateClipNorm: updateClipNorm, minimumClinics: minimumClinics ?? min(3, clinics),
                serverOptimizer: serverOptimizer, weights: weights, ranks: ranks)
        }
    }

    /// What is allowed and probably not what was meant, in words.
    public var warnings: [String] {
        guard (aggregation.rule ?? (privacy == nil ? .fedit : .frozenA)) == .frozenA, initialAdapter == nil else {
            return []
        }
        return [
            "The rule frozen-a never changes the matrices A, and without “initialAdapter” they are random numbers: the adapter learns "
                + "less than it could. Make a warm start from public text with “consilium-admin model warm-a --model BASE --text "
                + "public.jsonl --out DIR” and name it with “initialAdapter: {path: DIR}” or --initial-adapter DIR; or choose "
                + "another aggregation.rule."
        ]
    }

    /// Defaults of the keys that may be left out.
    enum Default {
        static let roundDeadlineSeconds = 3600
        static let validDays = 30
        static let updateClipNorm = 50.0
        static let egress: [JobManifest.Egress] = [.update, .heldOutMetrics]
    }
}
