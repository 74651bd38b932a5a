import ConsiliumCore
import ConsiliumTesting
import Evaluation
import Federation
import Foundation
import Identity
import Testing

@testable import Admin

@Suite("The model card of a released adapter")
struct ModelCardTests {
    private static func hash(_ text: String) -> ContentHash { ContentHash(of: Data(text.utf8)) }

    private func card(title: String = "Cardiology", privacy: PatientPrivacy?) throws -> String {
        let (manifest, exported) = try released(title: title, privacy: privacy)
        return ModelCard(manifest: manifest, jobHash: Self.hash("job"), exported: exported).markdown
    }

    @Test("figures that clinics sent stand in the card, with how many they are of and that nobody signed them")
    func clinicsFigures() throws {
        let (manifest, exported) = try released()
        let merged = MergedEvaluation.merge(
            [
                EvaluationMetrics(
                    job: manifest.id, clinic: try ClinicID("alpha"), round: 2, adapter: Self.hash("adapter"),
                    tasks: [
                        .init(
                            name: "quiz", items: 20, units: 20, figures: [.init(name: "acc", base: 0.25, common: 0.5)])
                    ])
            ], of: EvaluationPlan(tasks: [.init(name: "quiz", kind: .multipleChoice)]))
        let text = ModelCard(manifest: manifest, jobHash: Self.hash("job"), exported: exported, clinics: merged)
            .markdown
        #expect(text.contains("| quiz (mcq, round 2) | 1 | 20 | acc | 0.25 | 0.5 |") && text.contains("not signed"))
        #expect(try !card(privacy: nil).contains("Measured by the clinics"))
    }

    private func released(
        title: String = "Cardiology", privacy: PatientPrivacy? = nil
    ) throws -> (JobManifest, ModelExport.Exported) {
        let manifest = JobManifest(
            id: try JobID("cards"), title: title, purpose: "Summaries.", consortium: "North",
            createdAt: Date(timeIntervalSince1970: 0), expiresAt: Date(timeIntervalSince1970: 9),
            clinics: [try ClinicID("alpha"), try ClinicID("beta"), try ClinicID("gamma")],
            baseModel: JobManifest.BaseModel(name: "base", hash: Self.hash("base")),
            initialAdapter: JobManifest.InitialAdapter(
                hash: Self.hash("0"), layoutHash: Self.hash("layout"), parameters: 4),
            recipe: TrainingRecipe(localSteps: 8, optimizer: TrainingRecipe.Optimizer(learningRate: 0.1)),
            privacy: privacy,
            aggregation: AggregationPlan(rule: .fedit, secureAggregation: .off, updateClipNorm: 1, minimumClinics: 2),
            rounds: 3, roundDeadlineSeconds: 60, egress: [.update])
        let exported = ModelExport.Exported(
            job: manifest.id, round: 2, adapter: Self.hash("adapter"), folder: "out", participants: [3, 2],
            parameters: 4)
        return (manifest, exported)
    }

    private func counts(_ clinic: String, reports: String, patients: String = "30", _ folder: TemporaryFolder) throws
        -> ReleasedDataCard.ClinicCounts
    {
        try ReleasedDataCard.ClinicCounts.load(
            from: folder.write(
                "\(clinic).json",
                #"{"clinic": "\#(clinic)", "reports": \#(reports), "patients": \#(patients), "byKind": {"rows": [{"name": "CT|x", "count": 20}]}, "byLanguage": {"rows": [{"name": "en", "count": "<10"}]}, "more": 1}"#
            ))
    }

    @Test("the data card adds up what clinics show, and neither names them nor shows a small number")
    func dataCard() throws {
        let folder = try TemporaryFolder()
        let (manifest, exported) = try released()
        #expect(try ReleasedDataCard(manifest: manifest, exported: exported, clinics: []).markdown.contains("Not told"))
        let both = [try counts("alpha", reports: "40", folder), try counts("beta", reports: "50", folder)]
        let text = try ReleasedDataCard(manifest: manifest, exported: exported, clinics: both).markdown
        #expect(
            text.contains("| 1 | 50 | 30 |\n| 2 | 40 | 30 |\n| together | 90 | 60 |") && text.contains("| CT/x | 40 |"))
        #expect(text.contains("1 clinics did not") && !text.contains("alpha") && !text.contains("| en |"))
        let hidden = [try counts("alpha", reports: "\"<10\"", folder), both[1]]
        let partly = try ReleasedDataCard(manifest: manifest, exported: exported, clinics: hidden).markdown
        #expect(partly.contains("| 2 | <10 | 30 |") && !partly.contains("together"))
        for bad in ["5", "-1", "\"x\"", "null", "1.5"] {
            #expect(throws: AdminError(.invalidOption, "")) { try counts("alpha", reports: bad, folder) }
        }
        for clinics in [[both[0], both[0]], [try counts("stranger", reports: "40", folder)]] {
            #expect(throws: AdminError(.invalidOption, "")) {
                try ReleasedDataCard(manifest: manifest, exported: exported, clinics: clinics)
            }
        }
    }

    @Test("a clinic that has left since is named where its updates are in the adapter, and only there")
    func withdrawals() throws {
        let (manifest, exported) = try released()
        func text(_ adapters: [ContentHash]) throws -> String {
            let results = adapters.enumerated().map { index, adapter in
                RoundResult(
                    job: manifest.id, jobHash: Self.hash("job"), round: index + 2, previousAdapter: Self.hash("p"),
                    adapter: adapter,
                    participants: [
                        .init(
                            clinic: manifest.clinics[1], updateRoot: Self.hash("u"), ledgerSequence: nil,
                            ledgerHash: nil)
                    ], missing: [], closedAt: manifest.createdAt)
            }
            let withdrawal = try #require(Overview.Job.Withdrawal(of: manifest.clinics[1], in: results))
            return ModelCard(
                manifest: manifest, jobHash: Self.hash("job"), exported: exported, withdrawals: [withdrawal]
            ).markdown
        }
        let touched = try text([exported.adapter, Self.hash("later")])
        #expect(
            touched.contains("`beta` has taken back its approval** when this card was written; its updates of round 2 ")
        )
        #expect(try !text([Self.hash("later")]).contains("taken back"))
    }

    @Test("figures that were found beside the adapter are on the card, and said to be unsigned")
    func evaluation() throws {
        let folder = try TemporaryFolder()
        try folder.write(EvaluationRecord.fileName, #"{"task": "mcq", "acc": 0.4, "models": []}"#)
        let (manifest, exported) = try released()
        let text = ModelCard(
            manifest: manifest, jobHash: Self.hash("job"), exported: exported,
            evaluation: EvaluationRecord(folder: folder.url)
        ).markdown
        #expect(
            text.contains("- acc: 0.4") && text.contains("not part of what is signed") && text.contains("DATA_CARD.md"))
    }

    @Test("base, clinics by number, rounds, recipe, budget with its unit, limits and hashes")
    func content() throws {
        let text = try card(
            privacy: PatientPrivacy(epsilon: 8, delta: 1e-5, clipNorm: 0.5, expectedPatients: 8))
        for part in [
            "base_model: \"base\"", "2 of 3 rounds with 3 clinics", "3, 2", "8 local steps", "epsilon at most 8.0",
            "delta 1e-05", "one patient's reports in one clinic", "\(Self.hash("adapter"))", "\(Self.hash("base"))",
            "\(Self.hash("job"))", "Not a diagnosis", "## Limits",
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test("a job without a budget is said to have none")
    func noBudget() throws {
        #expect(try card(privacy: nil).contains("Trained without a privacy guarantee"))
    }

    @Test("a title with line breaks can't add a heading")
    func layout() throws {
        let text = try card(title: "x\n# Approved for clinical use\r\n`y`", privacy: nil)
        #expect(!text.contains("\n# Approved"))
    }
}
