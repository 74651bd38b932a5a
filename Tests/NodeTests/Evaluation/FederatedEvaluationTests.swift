import ConsiliumCore
import ConsiliumTesting
import Evaluation
import Federation
import Foundation
import Identity
import LanguageModels
import Reports
import Testing

@testable import Node

@Suite("A job's evaluation in a clinic")
struct FederatedEvaluationTests {
    let node: NodeFixture
    let job: JobManifest
    let adapter: LoRAAdapter

    static let quiz = (1...12).map {
        "{\"question\":\"Which organ is number \($0)?\",\"options\":[\"heart\",\"liver\",\"lung\"],\"answer\":\($0 % 3)}"
    }.joined(separator: "\n")
    /// Two lines for each of eleven patients.
    static let urgency = (0..<22).map {
        "{\"text\":\"Finding \($0).\",\"label\":\"\($0 % 2 == 0 ? "routine" : "urgent")\",\"patient\":\"p\($0 / 2)\"}"
    }.joined(separator: "\n")

    init() async throws {
        let folder = try TemporaryFolder()
        try folder.write("public.jsonl", Self.quiz)
        try folder.write("urgency.jsonl", Self.urgency)
        node = try NodeFixture(
            "model:\n  folders: [\"\(NodeFixture.demoBase.path)\"]\nevaluation:\n  files: [urgency.jsonl, public.jsonl]\n",
            folder: folder)
        let services = try node.services()
        let table = (0..<40).map { number in
            "P-20\(number),\"FINDINGS:\nThe aorta number \(number) is of normal size and shape.\n\nIMPRESSION:\nNothing has changed since the study of the aorta.\"\r\n"
        }
        _ = try IntakeService(services).importReports([
            node.folder.write("reports.csv", "mrn,report\r\n" + table.joined())
        ])
        let configuration = LoRAConfiguration(rank: 2, alpha: 4, targets: ["attention"])
        let model = try LanguageModel.load(from: NodeFixture.demoBase)
        let adapter = try LoRAAdapter(configuration: configuration, for: model.configuration, seed: 1)
        self.adapter = adapter
        let job = try NodeFixture.job {
            $0.baseModel.hash = try BaseModelIdentity.hash(of: NodeFixture.demoBase)
            $0.initialAdapter.layoutHash = adapter.layoutHash
            $0.egress.append(.evaluationMetrics)
            $0.evaluation = EvaluationPlan(tasks: [
                .init(
                    name: "quiz", kind: .multipleChoice, items: ContentHash(of: Data(Self.quiz.utf8)), prompt: .medqa,
                    shots: 1),
                .init(
                    name: "writing", kind: .generation, templates: [.impression, .labs], maximumTokens: 3,
                    maximumItems: 10),
                .init(name: "urgency", kind: .classification, labels: ["routine", "urgent"], maximumItems: 20),
                .init(name: "absent", kind: .multipleChoice, items: ContentHash(of: Data("absent".utf8))),
                .init(name: "unknown", kind: .multipleChoice),
            ])
        }
        self.job = job
        let admin = try await ThrowawayConsortium(clinics: 1).admin
        try services.store.remember(admin.sign(job, kind: .job), id: job.id)
        try services.store.decide(job.id, .approved, by: "Dr. Weber", at: Date())
    }

    private func run(_ services: NodeServices) throws -> [JobEvaluation] {
        let material = try TrainingMaterial(services, job: job)
        return try FederatedEvaluation(services: services, job: job, material: material) { _ in }.run(adapter, round: 3)
    }

    @Test(
        "each task is measured for both models on the same items; what can't be measured says why, and the others go on"
    )
    func allTasks() throws {
        let services = try node.services()
        let found = try run(services)
        #expect(found.map(\.task) == ["quiz", "writing", "urgency", "absent", "unknown"])
        #expect(found.allSatisfy { $0.round == 3 })
        let (quiz, writing, urgency) = (found[0], found[1], found[2])
        #expect(quiz.omission == nil && quiz.items == 12 && quiz.units == 12, "\(quiz)")
        #expect(quiz.figures.map(\.name) == ["acc", "acc_norm", "acc_bytes"])
        // A fresh adapter changes nothing, so the pairs are equal.
        for figure in quiz.figures + writing.figures + urgency.figures {
            #expect(figure.base == figure.common && figure.difference?.verdict == .undecided, "\(figure.name)")
        }
        // Each held-out patient has one report with an impression.
        let held = try TrainingMaterial(services, job: job).dataset.testPatients.count
        #expect(
            writing.omission == nil && writing.items == min(10, held) && writing.units == writing.items, "\(writing)")
        for name in ["rouge1", "rougeL", "bleu", "chrf", "token_f1"] {
            #expect(writing.figures.contains { $0.name == name }, "\(name)")
        }
        #expect(urgency.omission == nil && urgency.items == 20 && urgency.units == 10, "\(urgency)")
        #expect(urgency.figures.contains { $0.name == "auroc" })
        #expect(found[3].omission?.contains("evaluation.files") == true && found[3].figures.isEmpty)
        #expect(found[4].omission?.contains("unknown.jsonl") == true)

        // What may leave of it: of public items all, of ten own patients rounded, of fewer nothing.
        let plan = try #require(job.evaluation)
        let tasks = zip(found, plan.tasks).map { $0.metrics(of: $1) }
        #expect(tasks[0]?.items == 12 && tasks[2]?.units == 10 && tasks[3] == nil)
        #expect((tasks[1] == nil) == (writing.units < 10))
    }

    @Test("a clinic leaves out what its configuration does not name")
    func refused() throws {
        let file = node.home.folder.appendingPathComponent("node.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try Data((text + "  tasks: [classification]\n").utf8).write(to: file)
        let found = try run(node.services())
        #expect(found.filter { $0.omission == nil }.map(\.task) == ["urgency"])
        #expect(found[0].omission?.contains("leaves out “mcq”") == true)
    }

    @Test("without approval nothing is measured")
    func denied() throws {
        let services = try node.services()
        let material = try TrainingMaterial(services, job: job)
        try services.store.decide(job.id, .denied, by: "Dr. Weber", at: Date())
        #expect(throws: NodeError.code(.jobNotApproved)) {
            try FederatedEvaluation(services: services, job: job, material: material) { _ in }.run(adapter, round: 3)
        }
    }

    @Test("figures leave only for a job with an evaluation that lists them")
    func gate() throws {
        let services = try node.services()
        try services.gate.release(Data([1]), kind: .evaluationMetrics, job: job, to: "")
        for change in [{ $0.egress = [.update, .heldOutMetrics] }, { $0.evaluation = nil }]
            as [(inout JobManifest) -> Void]
        {
            var other = job
            change(&other)
            #expect(throws: NodeError.code(.egressRefused)) {
                try services.gate.release(Data([2]), kind: .evaluationMetrics, job: other, to: "")
            }
        }
        #expect(try services.gate.entries().map(\.kind) == [.evaluationMetrics])
    }

    @Test("the officer reads what is measured, what leaves of it, and how to do without")
    func explanation() throws {
        var site = try node.services().site
        func text(_ job: JobManifest) -> String {
            JobExplanation(job, hash: "abc", site: site, budgetLeft: 1, budgetCap: 8).text
        }
        let told = text(job)
        let hash = ContentHash(of: Data(Self.quiz.utf8))
        for part in [
            "after the last round your node also measures",
            "“quiz”: a public file, the same in every clinic, SHA-256 \(hash.short)",
            "held-out patients' de-identified reports (“writing”: impression, labs; at most 10)",
            "routine, urgent (your own file urgency.jsonl)", "Questions, texts and answers stay here.",
            "at least 10 patients", "rounded down to tens", "take it off evaluation.tasks",
            "figures of the evaluation below",
        ] { #expect(told.contains(part), "\(part)\n\(told)") }
        var silent = job
        silent.egress = [.update]
        silent.evaluation?.everyRounds = 2
        #expect(text(silent).contains("and after every 2 rounds") && text(silent).contains("Nothing of it leaves."))
        site.evaluation.tasks = ["mcq"]
        #expect(text(job).contains("Your site leaves out: generation, classification"))
        var plain = job
        plain.evaluation = nil
        plain.egress = [.update]
        #expect(!text(plain).contains("Evaluation"))
    }

    @Test("the lists of templates, prompts and figures are those that exist")
    func lists() throws {
        #expect(EvaluationPlan.Prompt.allCases.map(\.rawValue) == MultipleChoicePrompt.allCases.map(\.rawValue))
        let templates = ExampleTemplate.builtIn.filter { $0.prompt != nil }.map(\.name)
        #expect(EvaluationPlan.Template.allCases.map(\.rawValue) == templates)
        let sheet = try ScoreSheet([GenerationResult(unit: "1", prediction: "a 5", references: ["b"], source: "a 5")])
        let names = Set(sheet.metrics.map(\.name))
        #expect(names.isSuperset(of: EvaluationPlan.Kind.generation.figures.map(\.name)))
    }
}
