public import ConsiliumCore
public import Federation
public import Foundation
internal import Identity
internal import LanguageModels
internal import Transport

/// Fetches a job's adapter, checks where it comes from, and writes a folder that Hugging Face PEFT loads.
public struct ModelExport: Sendable {
    public struct Exported: Sendable, Encodable {
        public let job: JobID
        public let round: Int
        public let adapter: ContentHash
        public let folder: String
        /// How many clinics are in the average of each round.
        public let participants: [Int]
        public let parameters: Int
    }

    let session: AdminSession

    public init(session: AdminSession) { self.session = session }

    /// - Parameter round: an earlier round than the last that is there.
    /// - Throws: ``AdminError`` `.jobNotFinished` if there is no such round yet, `.recordsDisagree` if the signed results do
    ///   not lead from the job's initial adapter to this one; ``FederationError`` `.adapterMismatch` for other tensors.
    public func export(_ id: JobID, round: Int?, to folder: URL, progress: ProgressHandler? = nil) async throws
        -> Exported
    {
        let (document, manifest) = try await session.job(id)
        let results = try await results(of: manifest, upTo: round)
        if let round, results.count < round {
            throw AdminError(
                .jobNotFinished, "Round \(round) of “\(id)” is not there; \(results.count) are. Try again later.")
        }
        guard !results.isEmpty else {
            throw AdminError(
                .jobNotFinished, "No round of “\(id)” has ended yet. Watch it with “consilium-admin job watch \(id)”.")
        }
        let date = session.now()
        let roster = try await session.home.roster(at: date).roster
        let chain = try await ResultChain.verify(
            results, manifest: manifest, jobHash: document.payloadHash, roster: roster,
            authority: AuthorityCertificate(file: session.home.authorityFile), at: date)
        try DurableFile.createFolder(folder, permissions: 0o755)
        let file = folder.appendingPathComponent(LoRAAdapter.weightsFile)
        try await session.client.downloadAdapter(chain.adapter, to: file, progress: progress)
        let layout = try AdapterFile(contentsOf: file).layout
        guard layout.hash == manifest.initialAdapter.layoutHash else {
            throw FederationError(
                .adapterMismatch,
                "The adapter has other tensors than the job's initial adapter. Don't use \(file.path).")
        }
        try DurableFile.write(
            CanonicalJSON.encodePretty(
                AdapterConfigurationFile(
                    baseModel: manifest.baseModel.name, rank: manifest.recipe.rank, alpha: manifest.recipe.alpha,
                    targets: .init(tensorNames: layout.entries.map(\.name)))),
            to: folder.appendingPathComponent("adapter_config.json"), permissions: 0o644)
        return Exported(
            job: id, round: results.count, adapter: chain.adapter, folder: folder.path,
            participants: chain.results.map(\.participants.count), parameters: layout.count)
    }

    private func results(of manifest: JobManifest, upTo round: Int?) async throws -> [SignedDocument<RoundResult>] {
        var results: [SignedDocument<RoundResult>] = []
        for round in 1...max(1, min(round ?? manifest.rounds, manifest.rounds)) {
            do {
                results.append(try await session.client.result(of: manifest.id, round: round))
            } catch let error as FederationError where error.code == .notFound {
                break
            }
        }
        return results
    }
}

/// `adapter_config.json` in PEFT's words. The weights file is left as it was published, so that its hash stays the job's.
private struct AdapterConfigurationFile: Encodable {
    let type = "LORA"
    let task = "CAUSAL_LM"
    let baseModel: String
    let rank: Int
    let alpha: Double
    let dropout = 0.0
    let targets: LoRAConfiguration.TargetModules
    let bias = "none"
    let isTransposed = false
    let isForInference = true

    enum CodingKeys: String, CodingKey {
        case type = "peft_type"
        case task = "task_type"
        case baseModel = "base_model_name_or_path"
        case rank = "r"
        case alpha = "lora_alpha"
        case dropout = "lora_dropout"
        case targets = "target_modules"
        case bias
        case isTransposed = "fan_in_fan_out"
        case isForInference = "inference_mode"
    }
}
