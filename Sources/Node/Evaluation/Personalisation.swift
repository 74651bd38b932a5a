public import ConsiliumCore
public import Evaluation
internal import Federation
public import Foundation
internal import LanguageModels

/// `consilium-node personalise`: steps on the clinic's own reports from an adapter that a job of this node brought.
///
/// The result is kept in the job's folder and never leaves: no egress kind exists for it. It is trained without noise, so it can
/// repeat what it was trained on.
public struct Personalisation: Sendable {
    public struct Outcome: Codable, Sendable {
        public var job: String
        /// Where the adapter with local steps lies, as a PEFT folder.
        public var adapterFolder: String
        public var steps: Int
        /// All models on the held-out patients, measured anew.
        public var benefit: BenefitReport
    }

    private let services: NodeServices

    public init(_ services: NodeServices) { self.services = services }

    /// - Parameters:
    ///   - folder: the common adapter, by its path or as a copy with the same weights.
    ///   - steps: 1 to 100,000.
    /// - Throws: ``NodeError`` `.badInput` for steps without sense, `.jobUnknown` if no finished job of this node brought the
    ///   adapter; what the training throws. Nothing is changed then.
    public func run(adapter folder: URL, steps: Int, progress: @escaping ProgressHandler) async throws -> Outcome {
        guard (1...100_000).contains(steps) else { throw NodeError(.badInput, "--steps must be 1 to 100000.") }
        let (record, report) = try job(of: folder)
        let manifest = try await services.inbox().manifest(of: record)
        let material = try TrainingMaterial(services, job: manifest)
        let files = try JobFiles(services.home.jobFolder(record.id))
        func load(_ folder: URL) throws -> LoRAAdapter {
            try LoRAAdapter.load(from: folder, for: material.model.configuration)
        }
        let common = try load(folder)
        let tuned = try material.personalised(
            common, job: manifest, steps: steps, random: SystemRandom(), progress: progress)
        let hasLocal = FileManager.default.fileExists(atPath: files.localAdapter.path)
        var measured = try HeldOutEvaluation(material: material, progress: progress).compare(
            job: manifest, clinic: report.clinic, rounds: report.rounds, adapter: report.adapter, federated: common,
            local: hasLocal ? try load(files.localAdapter) : nil, personalised: tuned,
            folder: URL(fileURLWithPath: report.adapterFolder))
        guard let benefit = measured.benefit else {
            throw NodeError(.checkFailed, "The held-out patients gave no figures to compare.")
        }
        // Of the common adapter alone, which is the same.
        measured.evaluations = report.evaluations
        try files.save(tuned, to: files.personalisedAdapter, baseModel: manifest.baseModel.name)
        try services.store.storeReport(measured, for: record.id)
        return Outcome(
            job: record.id.rawValue, adapterFolder: files.personalisedAdapter.path, steps: steps, benefit: benefit)
    }

    /// The finished job whose final adapter this is.
    private func job(of folder: URL) throws -> (JobRecord, JobReport) {
        let weights = folder.appendingPathComponent(LoRAAdapter.weightsFile)
        guard let hash = try? ContentHash(ofFile: weights) else {
            throw NodeError(
                .badInput, "There is no adapter in \(folder.path). Name the folder that “jobs result” shows.")
        }
        for record in try services.store.jobs() {
            guard let report = try services.store.report(for: record.id) else { continue }
            let final = URL(fileURLWithPath: report.adapterFolder).appendingPathComponent(LoRAAdapter.weightsFile)
            if hash == report.adapter || (try? ContentHash(ofFile: final)) == hash { return (record, report) }
        }
        throw NodeError(
            .jobUnknown,
            "No finished job of this node brought this adapter. Local steps need the job's recipe: name the folder that “jobs result” shows."
        )
    }
}
