import ConsiliumCore
import Federation
import Foundation
import Identity
import Testing

@Suite("Job manifests")
struct JobManifestTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        /// What the sentence must name.
        let field: String
        let change: @Sendable (inout JobManifest) throws -> Void
        var testDescription: String { field }

        init(_ field: String, _ change: @escaping @Sendable (inout JobManifest) throws -> Void) {
            self.field = field
            self.change = change
        }
    }

    /// Lets the job follow another rule, with the parts of its adapter that the rule sends.
    static func use(_ rule: AggregationPlan.Rule, _ job: inout JobManifest) throws {
        job.aggregation.rule = rule
        job.initialAdapter = .placeholder(
            hash: job.initialAdapter.hash, plan: job.aggregation, rank: job.recipe.rank)
    }

    static func stacked(_ job: inout JobManifest, ranks: [String: Int]?) throws {
        job.aggregation.ranks = ranks
        try use(.stackSVD, &job)
    }

    private static func clinicPrivacy(_ change: (inout ClinicPrivacy) -> Void) -> ClinicPrivacy {
        var privacy = ClinicPrivacy(epsilon: 8, delta: 1e-5, noiseMultiplier: 1, honestClinics: 1)
        change(&privacy)
        return privacy
    }

    @Test(
        "noise for whole clinics drowns the signal as the literature says",
        arguments: [(10, 10_000_000, 1.0, 316.0), (200, 1_000_000, 0.3, 1.5), (200, 10_000, 1.0, 0.5)])
    func noiseToSignal(clinics: Int, parameters: Int, multiplier: Double, expected: Double) {
        let privacy = ClinicPrivacy(epsilon: 8, delta: 1e-5, noiseMultiplier: multiplier, honestClinics: clinics)
        #expect(abs(privacy.noiseToSignal(parameters: parameters, clinics: clinics) / expected - 1) < 0.01)
    }

    static let faults: [Fault] = [
        Fault("version must be 1; this one is 2") { $0.version = 2 },
        Fault("title") { $0.title = "" },
        Fault("title") { $0.title = String(repeating: "x", count: 201) },
        Fault("purpose") { $0.purpose = String(repeating: "x", count: 4001) },
        Fault("expiresAt") { $0.expiresAt = $0.createdAt },
        Fault("clinics must name 1 to 1000 clinics") {
            $0.clinics = []
            $0.aggregation.minimumClinics = 1
        },
        Fault("clinics must not name a clinic twice") { $0.clinics.append($0.clinics[0]) },
        Fault("clinics must name 1 to 1000 clinics") { job in
            job.clinics = try (0...1000).map { try ClinicID("clinic-\($0)") }
        },
        Fault("rounds") { $0.rounds = 0 },
        Fault("rounds") { $0.rounds = 10_001 },
        Fault("roundDeadlineSeconds") { $0.roundDeadlineSeconds = 0 },
        Fault("roundDeadlineSeconds") { $0.roundDeadlineSeconds = 604_801 },
        Fault("initialAdapter.parameters") { $0.initialAdapter.parameters = 0 },
        Fault("initialAdapter.parameters") { $0.initialAdapter.parameters = .max },
        Fault("recipe.rank") { $0.recipe.rank = 0 },
        Fault("recipe.rank") { $0.recipe.rank = 1025 },
        Fault("recipe.alpha") { $0.recipe.alpha = 0 },
        Fault("recipe.alpha") { $0.recipe.alpha = .nan },
        Fault("recipe.targets") { $0.recipe.targets = [] },
        Fault("recipe.localSteps") { $0.recipe.localSteps = 0 },
        Fault("recipe.localSteps") { $0.recipe.localSteps = 1_000_001 },
        Fault("recipe.batchSequences") { $0.recipe.batchSequences = 0 },
        Fault("recipe.sequenceLength") { $0.recipe.sequenceLength = 7 },
        Fault("recipe.sequenceLength") { $0.recipe.sequenceLength = 131_073 },
        Fault("recipe.optimizer.learningRate") { $0.recipe.optimizer.learningRate = 0 },
        Fault("recipe.optimizer.learningRate") { $0.recipe.optimizer.learningRate = .infinity },
        Fault("recipe.optimizer.beta1") { $0.recipe.optimizer.beta1 = 1 },
        Fault("recipe.optimizer.beta2") { $0.recipe.optimizer.beta2 = -0.1 },
        Fault("recipe.optimizer.epsilon") { $0.recipe.optimizer.epsilon = 0 },
        Fault("recipe.optimizer.weightDecay") { $0.recipe.optimizer.weightDecay = 1.5 },
        Fault("recipe.optimizer.warmupSteps") { $0.recipe.optimizer.warmupSteps = -1 },
        Fault("recipe.optimizer.finalFraction") { $0.recipe.optimizer.finalFraction = 2 },
        Fault("recipe.gradientClipNorm") { $0.recipe.gradientClipNorm = 0 },
        Fault("privacy.epsilon") { $0.privacy?.epsilon = 0 },
        Fault("privacy.epsilon") { $0.privacy?.epsilon = .nan },
        Fault("privacy.epsilon") { $0.privacy?.epsilon = 1001 },
        Fault("privacy.delta") { $0.privacy?.delta = 0 },
        Fault("privacy.delta") { $0.privacy?.delta = 0.01 },
        Fault("privacy.clipNorm") { $0.privacy?.clipNorm = -1 },
        Fault("privacy.expectedPatients") { $0.privacy?.expectedPatients = 0 },
        Fault("clinicPrivacy.epsilon") { $0.clinicPrivacy = clinicPrivacy { $0.epsilon = .nan } },
        Fault("clinicPrivacy.delta") { $0.clinicPrivacy = clinicPrivacy { $0.delta = 0 } },
        Fault("clinicPrivacy.noiseMultiplier") { $0.clinicPrivacy = clinicPrivacy { $0.noiseMultiplier = 0 } },
        Fault("clinicPrivacy.honestClinics must be 1 to") {
            $0.clinicPrivacy = clinicPrivacy { $0.honestClinics = 0 }
            $0.aggregation.secureAggregation = .on
        },
        Fault("clinicPrivacy.honestClinics must be 1 to") {
            $0.clinicPrivacy = clinicPrivacy { $0.honestClinics = 9999 }
            $0.aggregation.secureAggregation = .on
        },
        Fault("clinicPrivacy can't be had with the rule “stack-svd”") {
            $0.clinicPrivacy = clinicPrivacy { $0.honestClinics = 1 }
            try stacked(&$0, ranks: nil)
        },
        Fault("aggregation.updateClipNorm") { $0.aggregation.updateClipNorm = .infinity },
        Fault("aggregation.updateClipNorm") { $0.aggregation.updateClipNorm = 0 },
        Fault("aggregation.updateClipNorm") { $0.aggregation.updateClipNorm = 2e6 },
        Fault("aggregation.minimumClinics") { $0.aggregation.minimumClinics = 0 },
        Fault("aggregation.minimumClinics") { $0.aggregation.minimumClinics = 4 },
        Fault("secure aggregation needs three clinics") {
            $0.aggregation.secureAggregation = .on
            $0.clinics.removeLast()
        },
        Fault("aggregation.serverOptimizer.learningRate") {
            $0.aggregation.serverOptimizer = ServerOptimizer(method: .adam, learningRate: 0)
        },
        Fault("aggregation.serverOptimizer.beta1") {
            $0.aggregation.serverOptimizer = ServerOptimizer(method: .adam, beta1: 1)
        },
        Fault("aggregation.serverOptimizer.beta2") {
            $0.aggregation.serverOptimizer = ServerOptimizer(method: .adam, beta2: .nan)
        },
        Fault("aggregation.serverOptimizer.tau") {
            $0.aggregation.serverOptimizer = ServerOptimizer(method: .adam, tau: 0)
        },
        Fault("aggregation.weights must have one") { $0.aggregation.weights = ["lakeside": 1] },
        Fault("aggregation.weights must be positive") {
            $0.aggregation.weights = ["lakeside": 1, "northshore": 101, "summit": 1]
        },
        Fault("aggregation.weights must be positive") {
            $0.aggregation.weights = ["lakeside": 1, "northshore": 0, "summit": 1]
        },
        Fault("aggregation.weights must be positive") {
            $0.aggregation.weights = ["lakeside": 1, "northshore": .nan, "summit": .infinity]
        },
        Fault("aggregation.ranks need the rule") { $0.aggregation.ranks = ["lakeside": 4] },
        Fault("aggregation.ranks must name clinics") { try stacked(&$0, ranks: ["hillside": 4]) },
        Fault("aggregation.ranks must be 1 to") { try stacked(&$0, ranks: ["lakeside": 9]) },
        Fault("aggregation.rule “stack-svd”") {
            try stacked(&$0, ranks: nil)
            $0.aggregation.secureAggregation = .on
        },
        Fault("aggregation.serverOptimizer can't") {
            try stacked(&$0, ranks: nil)
            $0.aggregation.serverOptimizer = ServerOptimizer(method: .momentum)
        },
        Fault("recipe.proximal") { $0.recipe.proximal = -0.1 },
        Fault("recipe.proximal") { $0.recipe.proximal = .nan },
        Fault("initialAdapter.updates must describe") { $0.aggregation.rule = .alternating },
        Fault("initialAdapter.updates must be parts") {
            try use(.alternating, &$0)
            $0.initialAdapter.updates?["a"]?.parameters = 5
        },
        Fault("initialAdapter.frozenHash") {
            try use(.frozenA, &$0)
            $0.initialAdapter.frozenHash = nil
        },
        Fault("initialAdapter.frozenHash") { $0.initialAdapter.frozenHash = $0.initialAdapter.hash },
        Fault("egress") { $0.egress = [.heldOutMetrics] },
    ]

    @Test("a complete job is valid, with and without privacy")
    func valid() throws {
        #expect(try FederationFixture.manifest().problems().isEmpty)
        try FederationFixture.manifest().validate()
        try FederationFixture.manifest { $0.privacy = nil }.validate()
    }

    @Test("each fault is one sentence that names the field", arguments: faults)
    func problems(fault: Fault) throws {
        let problems = try FederationFixture.manifest(fault.change).problems()
        #expect(problems.count == 1)
        let sentence = try #require(problems.first)
        #expect(sentence.hasPrefix(fault.field))
        #expect(sentence.hasSuffix("."))
    }

    @Test("validation gives all reasons in one error that names the job")
    func allReasons() throws {
        let manifest = try FederationFixture.manifest {
            $0.rounds = 0
            $0.recipe.rank = 0
            $0.privacy?.delta = 1
        }
        let error = #expect(throws: FederationError.self) { try manifest.validate() }
        #expect(error?.code == .invalidJob)
        #expect(error?.category == .badData)
        for word in ["cardiology-1", "rounds", "recipe.rank", "privacy.delta"] {
            #expect(error?.message.contains(word) == true)
        }
    }

    @Test("values at the limits are valid")
    func limits() throws {
        try FederationFixture.manifest {
            $0.title = String(repeating: "x", count: 200)
            $0.purpose = ""
            $0.rounds = 10_000
            $0.roundDeadlineSeconds = 604_800
            $0.recipe.rank = 1024
            $0.recipe.localSteps = 1_000_000
            $0.recipe.sequenceLength = 8
            $0.recipe.optimizer.learningRate = 1
            $0.recipe.optimizer.finalFraction = 0
            $0.privacy?.epsilon = 1000
            $0.privacy?.delta = 1e-3
            $0.aggregation.minimumClinics = 3
        }.validate()
    }

    @Test("every rule is a valid choice", arguments: AggregationPlan.Rule.allCases)
    func rules(rule: AggregationPlan.Rule) throws {
        try FederationFixture.manifest { try Self.use(rule, &$0) }.validate()
    }

    @Test("weights, ranks and a server optimizer can be chosen together with what allows them")
    func options() throws {
        try FederationFixture.manifest {
            try Self.stacked(&$0, ranks: ["lakeside": 4, "summit": 8])
            $0.aggregation.weights = ["lakeside": 0.01, "northshore": 1, "summit": 0.5]
        }.validate()
        try FederationFixture.manifest {
            $0.aggregation.serverOptimizer = ServerOptimizer(method: .adam, learningRate: 0.01)
            $0.recipe.proximal = 0.1
        }.validate()
    }

    @Test("what a round sends is described by the job: one factor, a smaller rank, or the whole")
    func updateShapes() throws {
        let clinic = try ClinicID("lakeside")
        func count(_ job: JobManifest, _ round: Int) throws -> Int {
            try job.updateShape(inRound: round, of: clinic).parameters
        }
        let adapter = try AdapterFile(
            layout: AdapterLayout(entries: [
                .init(name: "x.lora_A.weight", shape: [8, 3]), .init(name: "x.lora_B.weight", shape: [5, 8]),
            ]), values: [Float](repeating: 1, count: 64))
        func job(_ rule: AggregationPlan.Rule, ranks: [String: Int]? = nil) throws -> JobManifest {
            try FederationFixture.manifest {
                $0.aggregation.rule = rule
                $0.aggregation.ranks = ranks
                $0.initialAdapter = .init(
                    hash: $0.initialAdapter.hash, adapter: adapter, plan: $0.aggregation, rank: $0.recipe.rank)
                try $0.validate()
                try $0.requireInitial(adapter)
            }
        }
        let fedit = try job(.fedit)
        #expect(try (count(fedit, 1), count(fedit, 2)) == (64, 64))
        let frozen = try job(.frozenA)
        #expect(try (count(frozen, 1), count(frozen, 2)) == (40, 40))
        #expect(try frozen.parametersSent(by: clinic) == 120)
        let alternating = try job(.alternating)
        #expect(try (count(alternating, 1), count(alternating, 2), count(alternating, 3)) == (40, 24, 40))
        #expect(try alternating.parametersSent(by: clinic) == 104)
        let stacked = try job(.stackSVD, ranks: ["lakeside": 2])
        #expect(try count(stacked, 1) == 16)
        #expect(try stacked.updateShape(inRound: 1, of: ClinicID("summit")).parameters == 64)
        // Another A than the frozen one is another adapter.
        var other = adapter
        other.values[0] = 2
        #expect(throws: FederationError(.adapterMismatch, "")) { try frozen.requireInitial(other) }
        try fedit.requireInitial(other)
    }

    @Test("secure aggregation is for three clinics or more, and for the rules that are linear")
    func secureAggregation() throws {
        let manifest = try FederationFixture.manifest { $0.aggregation.secureAggregation = .on }
        try manifest.validate()
        let stacked = try FederationFixture.manifest {
            $0.aggregation.secureAggregation = .on
            $0.aggregation.rule = .stackSVD
        }
        #expect(throws: FederationError(.invalidJob, "")) { try stacked.validate() }
    }

    @Test("the signed bytes of a job are pinned: a change here would break every signature and approval")
    func goldenBytes() throws {
        let manifest = try FederationFixture.manifest()
        #expect(String(decoding: try CanonicalJSON.encode(manifest), as: UTF8.self) == Self.golden)
        #expect(try manifest.hash() == ContentHash(of: Data(Self.golden.utf8)))
        #expect(try manifest.hash().hex == "55697e5290756f343d93997d104546a2d410d2d04ecf672a89879601a09d6387")
        #expect(try CanonicalJSON.decode(JobManifest.self, from: Data(Self.golden.utf8)) == manifest)
    }

    static let golden = """
        {"aggregation":{"minimumClinics":2,"rule":"fedit","secureAggregation":"off","updateClipNorm":2},"bas\
        eModel":{"hash":"9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4","name":"demo-base\
        "},"clinics":["lakeside","northshore","summit"],"consortium":"Test consortium","createdAt":"2026-09-\
        21T14:13:20Z","egress":["update","held-out-metrics"],"expiresAt":"2026-09-22T14:13:20Z","id":"cardio\
        logy-1","initialAdapter":{"hash":"ae1eae1d76e5b7c865c4122ce366a08025842566d2d96c75cc13e6353a73db0d",\
        "layoutHash":"1dc5ae5b68174891b6aa9850aa05ee0d9ae8a20468d9517259951a2dd9e9c0f0","parameters":5},"pri\
        vacy":{"clipNorm":0.5,"delta":1e-05,"epsilon":8,"expectedPatients":16},"purpose":"To read echo repor\
        ts better.","recipe":{"alpha":16,"batchSequences":4,"gradientClipNorm":1,"localSteps":4,"objective":\
        "continued-pretraining","optimizer":{"beta1":0.9,"beta2":0.99,"epsilon":1e-08,"finalFraction":0.1,"l\
        earningRate":0.01,"warmupSteps":5,"weightDecay":0},"rank":8,"seed":1,"sequenceLength":128,"targets":\
        ["all"]},"roundDeadlineSeconds":600,"rounds":3,"title":"Cardiology","version":1}
        """

    @Test("any change gives another hash", arguments: faults)
    func hashes(fault: Fault) throws {
        // Numbers that are not finite have no JSON form, so no hash either.
        guard let changed = try? FederationFixture.manifest(fault.change).hash() else { return }
        #expect(try changed != FederationFixture.manifest().hash())
    }

    @Test("a job without privacy says nothing in its place, and is read again as such")
    func withoutPrivacy() throws {
        let manifest = try FederationFixture.manifest { $0.privacy = nil }
        let data = try CanonicalJSON.encode(manifest)
        #expect(!String(decoding: data, as: UTF8.self).contains("expectedPatients"))
        #expect(try CanonicalJSON.decode(JobManifest.self, from: data).privacy == nil)
    }

    @Test("the steps of a job are those of all its rounds")
    func totalSteps() throws { #expect(try FederationFixture.manifest().totalSteps == 12) }

    @Test(
        "a job's id is safe in paths and URLs",
        arguments: ["ab", "cardiology-2026-1", "0-", String(repeating: "a", count: 60)])
    func goodIDs(text: String) throws {
        let id = try JobID(text)
        #expect("\(id)" == text)
        #expect(try CanonicalJSON.decode([JobID].self, from: CanonicalJSON.encode([id])) == [id])
    }

    @Test(
        "other ids are refused, in JSON too",
        arguments: [
            "", "a", "-ab", "Ab", "a_b", "a b", "a/b", "..", "ä1", "a\n", String(repeating: "a", count: 61),
        ])
    func badIDs(text: String) throws {
        #expect(throws: FederationError(.invalidJob, "")) { try JobID(text) }
        let json = try JSONEncoder().encode([text])
        #expect(throws: FederationError(.invalidJob, "")) { try CanonicalJSON.decode([JobID].self, from: json) }
    }
}
