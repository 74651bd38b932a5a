public import Identity
public import Reports

/// A clinic's one YAML file: `site-config/*.yaml` are annotated examples, `site-config/schema.json` its JSON schema.
///
/// Only `clinic` must be written; everything else has the default given here.
public struct SiteConfiguration: Codable, Sendable, Equatable {
    public struct Clinic: Codable, Sendable, Equatable {
        public var id: ClinicID
        public var name: String
    }

    public struct Coordinator: Codable, Sendable, Equatable {
        /// `https://host:port`; written by `enroll` into the node's folder, so it may be left out here.
        public var url: String?
        /// `http://host:port` of the hospital's CONNECT proxy, or `none`; left out, `HTTPS_PROXY` and `NO_PROXY` count.
        public var proxy: String?
        /// Who the proxy lets through, where it asks for that.
        public var proxyUser: String?
        /// A file with the password and nothing else.
        public var proxyPasswordFile: String?
    }

    public struct Reports: Codable, Sendable, Equatable {
        /// Folders and files that `import` reads when it is called without paths.
        public var sources: [String] = []
        /// Whether `run` imports new files of the sources as they appear.
        public var watch: Bool = false
        /// Character set of text files without a mark: `auto` (UTF-8, and what can be nothing else, which is told), or one of
        /// `utf-8`, `latin-1`, `windows-1252`, `utf-16le`, `utf-16be`.
        public var textEncoding: String = "auto"
        /// Tesseract's names of the languages of scans.
        public var scanLanguages: [String] = ["eng"]
        /// What to do with reports that name no patient: `quarantine`, or `report` (each report counts as a patient of its own).
        public var patientKeyFallback: String = "quarantine"
        /// A pattern for patient keys in file names: `*` stands for anything, `{patient}` for the key.
        public var fileNamePattern: String?
        /// Column names of CSV files; found by their header where left out.
        public var columns: [String: String] = [:]
        /// Paths of JSON fields such as `patient.mrn`; the usual names are found where left out.
        public var jsonFields: [String: String] = [:]
    }

    /// What is repaired in a text before it is de-identified.
    public struct Cleaning: Codable, Sendable, Equatable {
        /// `encoding`, `markup`, `characters`, `pages`, `reflow`, `ocr`. Scans and PDF always get `ocr` where any step is on.
        public var steps: [String] = ["encoding", "markup", "characters", "pages", "reflow"]
    }

    public struct Sections: Codable, Sendable, Equatable {
        /// The clinic's own headings by section: `impression: [Beurteilung]`. English and Spanish ones are known.
        public var headings: [String: [String]] = [:]
    }

    public struct Terminology: Codable, Sendable, Equatable {
        /// A SNOMED CT RF2 release that the clinic has a license for: its folder, or its description snapshot.
        public var snomed: String?
        /// An RxNorm release: its folder, or its `RXNCONSO.RRF`.
        public var rxnorm: String?
        /// Abbreviations in examples: `none`, `annotate` (`HTN (hypertension)`) or `normalize` (`hypertension`).
        public var abbreviations: String = "none"
    }

    public struct Examples: Codable, Sendable, Equatable {
        /// Names of built-in templates, or templates of the clinic's own.
        public var templates: [ExampleTemplate] = [.text]
        /// Which duplicates and near-duplicates are left out: `none`, those of a `patient`, or of the whole `clinic`. Under
        /// differential privacy `clinic` means `patient`.
        public var duplicates: String = "patient"
        /// The most examples of one patient, the first ones of the import; no bound if left out.
        public var maximumPerPatient: Int?
    }

    public struct Deidentification: Codable, Sendable, Equatable {
        /// `safe-harbor`, `limited-data-set` or `gdpr`.
        public var policy: String = "safe-harbor"
        /// A Hugging Face folder with a BERT token classifier whose finds are replaced too.
        public var classifier: String?
        /// From which probability on the classifier's finds count, 0 to 1.
        public var classifierThreshold: Double = 0.5
    }

    public struct Privacy: Codable, Sendable, Equatable {
        /// The epsilon that no patient of this clinic may exceed over all jobs together.
        public var epsilonCap: Double = 8
        public var delta: Double = 1e-5
        /// The epsilon that the clinic itself may not exceed over all jobs with noise for whole clinics.
        public var clinicEpsilonCap: Double = 50
        /// Names the data that the budget is about.
        public var dataset: String = "reports"
        /// Whether jobs without a privacy guarantee may be approved here at all.
        public var allowJobsWithoutGuarantee: Bool = false
        /// Synthetic canary patients for an empirical audit of each private job that begins here; 0: none, otherwise 200 or more,
        /// usually 1000. Half of them are trained on like patients.
        public var auditCanaries: Int = 0
    }

    public struct Model: Codable, Sendable, Equatable {
        /// Folders with base models in Hugging Face form; a job's base model is found among them by its hash.
        public var folders: [String] = []
    }

    public struct Compute: Codable, Sendable, Equatable {
        /// Threads for training; one makes every run repeatable bit for bit on any machine of the same kind.
        public var threads: Int = 1
        /// `auto` (a GPU that works, else the CPU), `cpu` or `cuda`.
        public var device: String = "auto"

        var computeDevice: ComputeDevice { ComputeDevice(rawValue: device) ?? .auto }
    }

    /// What this clinic lends to the evaluations of jobs.
    public struct Evaluation: Codable, Sendable, Equatable {
        /// Files of items in JSON Lines; a job finds a public one by its hash, the clinic's own by its name.
        public var files: [String] = []
        /// Which kinds are measured here at all: `mcq`, `generation`, `classification`.
        public var tasks: [String] = ["mcq", "generation", "classification"]
    }

    public struct Egress: Codable, Sendable, Equatable {
        /// Whether mean figures over held-out patients, and those of a job's evaluation tasks, may be sent.
        public var heldOutMetrics: Bool = true
    }

    public var clinic: Clinic
    public var coordinator = Coordinator()
    public var reports = Reports()
    public var cleaning = Cleaning()
    public var sections = Sections()
    public var terminology = Terminology()
    public var examples = Examples()
    public var deidentification = Deidentification()
    public var privacy = Privacy()
    public var model = Model()
    public var compute = Compute()
    public var evaluation = Evaluation()
    public var egress = Egress()

    public init(clinic: Clinic) { self.clinic = clinic }
}

extension SiteConfiguration.Clinic {
    public init(id: ClinicID) {
        self.id = id
        name = id.text
    }
}
