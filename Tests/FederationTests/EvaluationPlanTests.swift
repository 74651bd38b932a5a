import ConsiliumCore
import Federation
import Foundation
import Identity
import Testing

@Suite("A job's evaluation")
struct EvaluationPlanTests {
    static let quiz = EvaluationPlan.Task(name: "quiz", kind: .multipleChoice, items: FederationFixture.hash("items"))
    static let writing = EvaluationPlan.Task(name: "writing", kind: .generation, templates: [.impression])
    static let urgency = EvaluationPlan.Task(name: "urgency", kind: .classification, labels: ["routine", "urgent"])

    static func job(_ change: (inout EvaluationPlan) -> Void = { _ in }) throws -> JobManifest {
        try FederationFixture.manifest {
            $0.egress.append(.evaluationMetrics)
            var plan = EvaluationPlan(tasks: [quiz, writing, urgency], everyRounds: 2)
            change(&plan)
            $0.evaluation = plan
        }
    }

    @Test("a job without an evaluation has the bytes that it always had, and is read as before")
    func oldJobs() throws {
        let job = try FederationFixture.manifest()
        let bytes = try CanonicalJSON.encode(job)
        #expect(!String(decoding: bytes, as: UTF8.self).contains("evaluation"))
        #expect(try CanonicalJSON.decode(JobManifest.self, from: bytes) == job)
        #expect(job.problems().isEmpty)
    }

    @Test("a job with one comes back as it was, and is valid")
    func roundTrip() throws {
        let job = try Self.job()
        #expect(try CanonicalJSON.decode(JobManifest.self, from: CanonicalJSON.encode(job)) == job)
        #expect(job.problems().isEmpty, "\(job.problems())")
        #expect(job.evaluation?["urgency"] == Self.urgency && job.evaluation?["other"] == nil)
        #expect((0...6).filter { job.evaluation?.isDue(after: $0) == true } == [2, 4, 6])
        #expect(!EvaluationPlan(tasks: [Self.quiz]).isDue(after: 2))
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let words: String
        let change: @Sendable (inout EvaluationPlan) -> Void
        var testDescription: String { words }
    }

    @Test(
        "what makes no sense is said in a sentence",
        arguments: [
            Fault(words: "1 to 20 tasks") { $0.tasks = [] },
            Fault(words: "1 to 20 tasks") { plan in
                plan.tasks = (0...20).map { EvaluationPlan.Task(name: "t\($0)", kind: .multipleChoice) }
            },
            Fault(words: "a name twice") { $0.tasks.append(EvaluationPlanTests.quiz) },
            Fault(words: "everyRounds") { $0.everyRounds = 0 }, Fault(words: "everyRounds") { $0.everyRounds = 4 },
            Fault(words: "lower-case letters") { $0.tasks[0].name = "../quiz" },
            Fault(words: "lower-case letters") { $0.tasks[0].name = "" },
            Fault(words: "maximumItems") { $0.tasks[0].maximumItems = 9 },
            Fault(words: "shots must be") { $0.tasks[0].shots = 65 },
            Fault(words: "are of mcq") { $0.tasks[1].shots = 1 },
            Fault(words: "are of generation") { $0.tasks[0].templates = [.labs] },
            Fault(words: "own held-out patients") { $0.tasks[1].items = FederationFixture.hash("x") },
            Fault(words: "needs templates") { $0.tasks[1].templates = [] },
            Fault(words: "stands there twice") { $0.tasks[1].templates = [.labs, .labs] },
            Fault(words: "maximumTokens") { $0.tasks[1].maximumTokens = 0 },
            Fault(words: "2 to 100 different labels") { $0.tasks[2].labels = ["one"] },
            Fault(words: "2 to 100 different labels") { $0.tasks[2].labels = ["one", "one"] },
            Fault(words: "2 to 100 different labels") { $0.tasks[2].labels = ["one", ""] },
            Fault(words: "are of classification") { $0.tasks[0].instruction = "Which?" },
            Fault(words: "instruction must") { $0.tasks[2].instruction = String(repeating: "x", count: 2001) },
        ])
    func faults(fault: Fault) throws {
        let problems = try Self.job(fault.change).problems()
        #expect(problems.contains { $0.contains(fault.words) }, "\(problems)")
    }

    @Test("figures may only leave a job that asks for some")
    func egress() throws {
        let job = try FederationFixture.manifest { $0.egress.append(.evaluationMetrics) }
        #expect(job.problems().contains { $0.contains("has no evaluation") })
        // To measure and to keep it is possible.
        var kept = try Self.job()
        kept.egress = [.update]
        #expect(kept.problems().isEmpty)
    }

    static func figures(_ base: Double, _ common: Double, _ name: String = "acc") -> EvaluationMetrics.Figure {
        EvaluationMetrics.Figure(name: name, base: base, common: common)
    }

    @Test(
        "over the clinic's own patients counts are rounded down to tens and means to hundredths; over public items neither is"
    )
    func rounding() throws {
        let own = try #require(
            EvaluationMetrics.Task(
                of: Self.writing, items: 47, units: 23,
                measured: [Self.figures(12.345, 51.678, "bleu"), Self.figures(0.12345, 0.98765, "rougeL")]))
        #expect(own.items == 40 && own.units == 20)
        // In the order of the kind's list, not of what was measured.
        #expect(own.figures.map(\.name) == ["rougeL", "bleu"])
        #expect(own.figures.map(\.base) == [0.12, 12] && own.figures.map(\.common) == [0.99, 52])
        let open = try #require(
            EvaluationMetrics.Task(of: Self.quiz, items: 47, units: 47, measured: [Self.figures(0.12345, 0.98765)]))
        #expect(open.items == 47 && open.units == 47 && open.figures == [Self.figures(0.1235, 0.9877)])
    }

    @Test(
        "fewer than ten patients, figures that are no numbers, and figures that nobody asked for stay",
        arguments: [(9, 100, "acc", 0.5), (100, 9, "acc", 0.5), (20, 20, "acc", Double.nan), (20, 20, "secret", 0.5)])
    func stays(units: Int, items: Int, name: String, value: Double) {
        #expect(
            EvaluationMetrics.Task(
                of: Self.quiz, items: items, units: units, measured: [Self.figures(value, 0.5, name)])
                == nil)
    }

    static func metrics(_ change: (inout EvaluationMetrics) throws -> Void = { _ in }) throws -> EvaluationMetrics {
        var metrics = EvaluationMetrics(
            job: try JobID("cardiology-1"), clinic: try ClinicID("lakeside"), round: 2,
            adapter: FederationFixture.hash("adapter"),
            tasks: [
                .init(name: "quiz", items: 12, units: 12, figures: [figures(0.25, 0.5)]),
                .init(name: "writing", items: 20, units: 10, figures: [figures(0.1, 0.2, "rougeL")]),
            ])
        try change(&metrics)
        return metrics
    }

    @Test(
        "what the job does not ask for, too few patients, exact counts and impossible figures are refused by either end"
    )
    func validation() throws {
        let (job, clinic) = (try Self.job(), try ClinicID("lakeside"))
        try Self.metrics().validate(job: job, clinic: clinic)
        #expect(throws: FederationError(.malformedMessage, "")) {
            try Self.metrics().validate(job: job, clinic: ClinicID("summit"))
        }
        let wrong: [(inout EvaluationMetrics) throws -> Void] = [
            { $0.job = try JobID("other") }, { $0.round = 4 }, { $0.round = -1 }, { $0.tasks = [] },
            { $0.tasks.append($0.tasks[0]) }, { $0.tasks[0].name = "other" }, { $0.tasks[0].units = 9 },
            { $0.tasks[0].items = 11 }, { $0.tasks[1].items = 23 }, { $0.tasks[1].units = 11 },
            { $0.tasks[0].figures = [] }, { $0.tasks[0].figures.append($0.tasks[0].figures[0]) },
            { $0.tasks[0].figures[0].name = "rougeL" }, { $0.tasks[0].figures[0].base = 1.5 },
            { $0.tasks[0].figures[0].common = -0.1 }, { $0.tasks[0].figures[0].common = .nan },
        ]
        for (number, change) in wrong.enumerated() {
            #expect(throws: FederationError(.malformedMessage, ""), "\(number)") {
                try Self.metrics(change).validate(job: job, clinic: clinic)
            }
        }
        var silent = job
        silent.egress = [.update, .heldOutMetrics]
        #expect(throws: FederationError(.malformedMessage, "")) {
            try Self.metrics().validate(job: silent, clinic: clinic)
        }
        #expect(throws: FederationError(.malformedMessage, "")) {
            try Self.metrics().validate(job: FederationFixture.manifest(), clinic: clinic)
        }
    }

    @Test("means over clinics are weighted by their items, for each round; public items are counted once")
    func merged() throws {
        let plan = try #require(Self.job().evaluation)
        let one = try Self.metrics()
        let two = try Self.metrics {
            $0.clinic = try ClinicID("summit")
            $0.tasks[1].items = 60
            $0.tasks[1].figures = [Self.figures(0.5, 0.6, "rougeL"), Self.figures(10, 30, "bleu")]
        }
        let early = try Self.metrics {
            $0.round = 1
            $0.tasks.removeLast()
        }
        let all = MergedEvaluation.merge([one, two, early], of: plan)
        #expect(
            all.map { "\($0.task) \($0.round) \($0.clinics) \($0.items)" } == [
                "quiz 1 1 12", "quiz 2 2 12", "writing 2 2 80",
            ])
        #expect(all[1].figures == [Self.figures(0.25, 0.5)])
        // (20 · 0.1 + 60 · 0.5) / 80; what one clinic does not have is the other's.
        #expect(all[2].figures == [Self.figures(0.4, 0.5, "rougeL"), Self.figures(10, 30, "bleu")])
        #expect(MergedEvaluation.latest(all).map(\.round) == [2, 2])
        #expect(MergedEvaluation.merge([], of: plan).isEmpty)
        #expect(all[1].text.contains("quiz (mcq, 2 clinics, 12 items) after round 2") && all[1].text.contains("0.500"))
    }
}
