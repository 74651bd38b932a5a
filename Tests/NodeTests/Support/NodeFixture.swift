import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity

@testable import Node

/// A clinic's folder with keys, vault and ledger, made the way `init` makes it.
struct NodeFixture {
    let folder: TemporaryFolder
    let home: NodeHome

    static let demoBase = SharedData.packageRoot.appendingPathComponent("Assets/demo-base")

    /// - Parameter settings: YAML after the clinic's id.
    init(clinic: String = "lakeside", _ settings: String = "", folder: TemporaryFolder? = nil) throws {
        let folder = try folder ?? TemporaryFolder()
        self.folder = folder
        home = NodeHome(folder.path("node-\(clinic)"))
        let site = try folder.write("\(clinic).yaml", "clinic:\n  id: \(clinic)\n\(settings)")
        _ = try NodeSetup().initialize(home, siteConfiguration: site)
    }

    func services() throws -> NodeServices { try NodeServices(home: home) }

    /// A valid job for these clinics; `change` may replace any part of it.
    static func job(
        clinics: [String] = ["lakeside"], _ change: (inout JobManifest) throws -> Void = { _ in }
    ) throws -> JobManifest {
        func hash(_ text: String) -> ContentHash { ContentHash(of: Data(text.utf8)) }
        let created = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
        var job = JobManifest(
            id: try JobID("cardiology-1"), title: "Cardiology", purpose: "To read echo reports better.",
            consortium: "Test consortium", createdAt: created, expiresAt: created.addingTimeInterval(86_400),
            clinics: try clinics.map { try ClinicID($0) }, baseModel: .init(name: "demo-base", hash: hash("model")),
            initialAdapter: .init(hash: hash("adapter"), layoutHash: hash("layout"), parameters: 52_224),
            recipe: TrainingRecipe(
                rank: 2, alpha: 4, targets: ["attention"], localSteps: 5, batchSequences: 2, sequenceLength: 24,
                optimizer: .init(learningRate: 0.01)),
            privacy: PatientPrivacy(epsilon: 8, delta: 1e-5, clipNorm: 0.5, expectedPatients: 8),
            aggregation: AggregationPlan(
                rule: .fedit, secureAggregation: .off, updateClipNorm: 50, minimumClinics: 1),
            rounds: 6, roundDeadlineSeconds: 600, egress: [.update, .heldOutMetrics])
        try change(&job)
        return job
    }

    /// What a finished job brought a clinic, with perplexities of choice.
    static func report(
        job: JobID, base: Double = 20, federated: Double = 10, local: Double? = nil
    ) throws -> JobReport {
        func score(_ perplexity: Double) -> JobReport.Score {
            JobReport.Score(perplexity: perplexity, bitsPerByte: log2(perplexity) / 4, interval: [0.5, 1.5])
        }
        return JobReport(
            job: job, clinic: try ClinicID("lakeside"), rounds: 6, adapter: ContentHash(of: Data()),
            adapterFolder: "adapter", heldOutPatients: 12, heldOutReports: 16, heldOutBytes: 9000, heldOutTokens: 2500,
            base: score(base),
            federated: score(federated), local: local.map { score($0) })
    }
}

extension NodeError {
    /// For comparisons: equality is on the code.
    static func code(_ code: Code) -> NodeError { NodeError(code, "") }
}
