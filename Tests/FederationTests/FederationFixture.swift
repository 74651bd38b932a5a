import ConsiliumCore
import Federation
import Foundation
import Identity

/// One complete, valid job with fixed values, and messages about it.
enum FederationFixture {
    static let created = Date(timeIntervalSince1970: 1_790_000_000)

    static func hash(_ text: String) -> ContentHash { ContentHash(of: Data(text.utf8)) }

    static func clinics(_ names: String...) throws -> [ClinicID] { try names.map { try ClinicID($0) } }

    static func manifest(_ change: (inout JobManifest) throws -> Void = { _ in }) throws -> JobManifest {
        var manifest = JobManifest(
            id: try JobID("cardiology-1"), title: "Cardiology", purpose: "To read echo reports better.",
            consortium: "Test consortium", createdAt: created, expiresAt: created.addingTimeInterval(86_400),
            clinics: try clinics("lakeside", "northshore", "summit"),
            baseModel: .init(name: "demo-base", hash: hash("model")),
            initialAdapter: .init(hash: hash("adapter"), layoutHash: hash("layout"), parameters: 5),
            recipe: TrainingRecipe(localSteps: 4, optimizer: .init(learningRate: 0.01)),
            privacy: PatientPrivacy(epsilon: 8, delta: 1e-5, clipNorm: 0.5, expectedPatients: 16),
            aggregation: AggregationPlan(
                rule: .fedit, secureAggregation: .off, updateClipNorm: 2, minimumClinics: 2),
            rounds: 3, roundDeadlineSeconds: 600, egress: [.update, .heldOutMetrics])
        try change(&manifest)
        return manifest
    }

    static func update(
        of vector: Data = Data(count: 20), round: Int = 2, _ change: (inout UpdateManifest) throws -> Void = { _ in }
    ) throws -> UpdateManifest {
        var update = UpdateManifest(
            job: try JobID("cardiology-1"), jobHash: hash("job"), round: round, clinic: try ClinicID("lakeside"),
            adapter: hash("adapter"), layoutHash: hash("layout"), vector: vector, ledgerSequence: 7,
            ledgerHash: hash("row"))
        try change(&update)
        return update
    }
}
