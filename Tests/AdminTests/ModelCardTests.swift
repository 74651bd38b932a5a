import ConsiliumCore
import Federation
import Foundation
import Identity
import Testing

@testable import Admin

@Suite("The model card of a released adapter")
struct ModelCardTests {
    private static func hash(_ text: String) -> ContentHash { ContentHash(of: Data(text.utf8)) }

    private func card(title: String = "Cardiology", privacy: PatientPrivacy?) throws -> String {
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
        return ModelCard(manifest: manifest, jobHash: Self.hash("job"), exported: exported).markdown
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
