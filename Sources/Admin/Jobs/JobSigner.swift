internal import ConsiliumCore
public import Federation
public import Foundation
public import Identity
internal import LanguageModels
internal import Tensors

/// Turns a draft into the job that clinics are asked to approve: hashes, dates and the initial adapter are filled in, then
/// the admin signs.
public struct JobSigner: Sendable {
    public struct SignedJob: Sendable {
        public let document: SignedDocument<JobManifest>
        public let manifest: JobManifest
        /// The `adapter_model.safetensors` that every clinic starts from.
        public let adapterFile: URL
    }

    let home: AdminHome

    public init(home: AdminHome) { self.home = home }

    /// Checks everything and writes nothing but, under its hash, the initial adapter.
    ///
    /// - Parameter draftFile: paths in the draft are relative to its folder.
    /// - Throws: ``AdminError`` `.clinicUnknown` or `.invalidDraft`; ``FederationError`` `.invalidJob` with all reasons;
    ///   `LanguageModelsError` for a base model that can't be used.
    public func manifest(_ draft: JobDraft, draftFile: URL, at date: Date) async throws -> JobManifest {
        let roster = try await home.roster(at: date).roster
        return try manifest(draft, draftFile: draftFile, roster: roster, at: date)
    }

    func manifest(_ draft: JobDraft, draftFile: URL, roster: Roster, at date: Date) throws -> JobManifest {
        let date = date.wholeSeconds
        let clinics = try clinics(of: draft, roster: roster)
        func located(_ path: String) -> URL {
            URL(fileURLWithPath: path, relativeTo: draftFile.absoluteURL.deletingLastPathComponent())
                .standardizedFileURL
        }
        let folder = located(draft.baseModel.path)
        let baseHash = try Self.baseModelHash(of: folder, as: draft.baseModel.path)
        let plan = draft.aggregation.plan(clinics: clinics.count, isPrivate: draft.privacy != nil)
        var manifest = JobManifest(
            id: draft.id, title: draft.title, purpose: draft.purpose, consortium: roster.consortium, createdAt: date,
            expiresAt: date.addingTimeInterval(Double(draft.validDays) * 86_400), clinics: clinics,
            baseModel: JobManifest.BaseModel(name: draft.baseModel.name ?? folder.lastPathComponent, hash: baseHash),
            initialAdapter: .placeholder(hash: baseHash, plan: plan, rank: draft.recipe.rank),
            recipe: draft.recipe, privacy: draft.privacy, clinicPrivacy: draft.clinicPrivacy, aggregation: plan,
            rounds: draft.rounds, roundDeadlineSeconds: draft.roundDeadlineSeconds, egress: draft.egress,
            evaluation: try draft.evaluation?.plan(located: located))
        // All reasons at once, before an adapter of nonsensical size is made.
        try manifest.validate()
        manifest.initialAdapter = try initialAdapter(
            draft.recipe, plan, baseModel: folder, start: draft.initialAdapter.map { located($0.path) })
        try manifest.validate()
        try manifest.requireUsefulClinicNoise()
        return manifest
    }

    /// Signs, and keeps the job in the admin's folder.
    ///
    /// One id is signed for one content only: two valid signatures would let a coordinator show different jobs to different
    /// clinics. Signing the same again gives the bytes that were signed before, or after the admin has got a new certificate
    /// the same content under that.
    ///
    /// - Throws: ``AdminError`` `.jobIDTaken` if something else was signed here under this id.
    public func sign(_ manifest: JobManifest) throws -> SignedJob {
        try manifest.validate()
        let credentials = try home.credentials()
        let adapterFile = home.adapterFile(manifest.initialAdapter.hash)
        if let known = try signedBefore(manifest.id) {
            guard known.manifest == manifest else {
                throw AdminError(
                    .jobIDTaken,
                    "Another job was signed as “\(manifest.id)” before. Choose a new id for this one: a signed job never "
                        + "changes.")
            }
            if known.document.signer == credentials.signingCertificate {
                return SignedJob(document: known.document, manifest: manifest, adapterFile: adapterFile)
            }
        }
        let document = try credentials.sign(manifest, kind: .job)
        try DurableFile.createFolder(home.jobsFolder)
        try document.write(to: home.jobFile(manifest.id))
        return SignedJob(document: document, manifest: manifest, adapterFile: adapterFile)
    }

    /// The job that was signed here before, if it says the same but for its dates; if there is none, a new one.
    ///
    /// With this, proposing a draft again after a lost connection is harmless.
    ///
    /// - Throws: ``AdminError`` `.jobIDTaken` if the draft was changed or the signed job has run out.
    public func signOnce(_ manifest: JobManifest, at date: Date) throws -> SignedJob {
        guard let known = try signedBefore(manifest.id)?.manifest else { return try sign(manifest) }
        guard known.expiresAt > date else {
            throw AdminError(
                .jobIDTaken,
                "The job “\(manifest.id)” was signed before and has run out. Choose a new id: a signed job never changes."
            )
        }
        var redated = manifest
        redated.createdAt = known.createdAt
        redated.expiresAt = known.expiresAt
        return try sign(redated)
    }

    /// What this folder holds under an id. Not verified: it is the admin's own disk, and only compared.
    private func signedBefore(_ id: JobID) throws -> (document: SignedDocument<JobManifest>, manifest: JobManifest)? {
        let file = home.jobFile(id)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        do {
            let document = try SignedDocument<JobManifest>(file: file)
            return (document, try CanonicalJSON.decode(JobManifest.self, from: document.payload))
        } catch {
            throw AdminError(
                .jobIDTaken,
                "\(file.path) holds what was signed as “\(id)” before and can't be read. Choose a new id.", cause: error
            )
        }
    }

    /// Opens a job that was signed before, by an admin of this consortium.
    ///
    /// - Throws: ``IdentityError`` if the signature is not an admin's; ``AdminError`` `.adapterMissing` if the initial adapter
    ///   is not in this folder.
    public func open(_ document: SignedDocument<JobManifest>, at date: Date) async throws -> SignedJob {
        let manifest = try await document.verified(
            kind: .job, authority: AuthorityCertificate(file: home.authorityFile), asOf: \.createdAt, now: date,
            requiredRole: \.isAdmin
        ).payload
        try manifest.validate()
        let file = home.adapterFile(manifest.initialAdapter.hash)
        guard FileManager.default.fileExists(atPath: file.path),
            try ContentHash(ofFile: file) == manifest.initialAdapter.hash
        else {
            throw AdminError(
                .adapterMissing,
                "The initial adapter of “\(manifest.id)” is not in \(home.folder.path). Propose the job where it was signed, or sign "
                    + "its draft again.")
        }
        return SignedJob(document: document, manifest: manifest, adapterFile: file)
    }

    private func clinics(of draft: JobDraft, roster: Roster) throws -> [ClinicID] {
        let known = roster.members.map(\.clinic)
        guard let chosen = draft.clinics else {
            guard !known.isEmpty else {
                throw AdminError(
                    .clinicUnknown,
                    "No clinic is on the roster yet. Let clinics enroll first, then run “consilium-admin roster sign”.")
            }
            return known
        }
        let missing = chosen.filter { !known.contains($0) }.map(\.text)
        guard missing.isEmpty else {
            throw AdminError(
                .clinicUnknown,
                "Not on the roster: \(missing.joined(separator: ", ")). On it are: \(known.map(\.text).joined(separator: ", "))."
            )
        }
        return chosen
    }

    private static func baseModelHash(of folder: URL, as path: String) throws -> ContentHash {
        guard FileManager.default.fileExists(atPath: folder.path) else {
            throw AdminError(
                .fileMissing,
                "There is no base model in \(folder.path). “baseModel.path” (\(path)) is relative to the draft's folder."
            )
        }
        return try BaseModelIdentity.hash(of: folder)
    }

    /// The same recipe and base model, and the same start if one is named, give the same bytes on every machine, so that anyone
    /// can check the hash in the job.
    private func initialAdapter(
        _ recipe: TrainingRecipe, _ plan: AggregationPlan, baseModel folder: URL, start: URL?
    ) throws -> JobManifest.InitialAdapter {
        let data = try DurableFile.read(folder.appendingPathComponent("config.json"), limit: 1 << 20)
        let model = try ModelConfiguration(huggingFace: data)
        guard recipe.sequenceLength <= model.maximumPositions else {
            throw AdminError(
                .invalidDraft,
                "“recipe.sequenceLength” is \(recipe.sequenceLength); the base model has \(model.maximumPositions) positions."
            )
        }
        var adapter = try LoRAAdapter(
            configuration: LoRAConfiguration(rank: recipe.rank, alpha: recipe.alpha, targets: recipe.targets),
            for: model,
            seed: recipe.seed)
        if let start { adapter = try Self.start(start, like: adapter, for: model) }
        let bytes = try SafetensorsWriter.encode(adapter.tensors, metadata: ["format": "pt"])
        let file = home.adapterFile(ContentHash(of: bytes))
        try DurableFile.createFolder(home.adaptersFolder)
        try DurableFile.write(bytes, to: file, permissions: 0o644)
        return JobManifest.InitialAdapter(
            hash: ContentHash(of: bytes), adapter: try AdapterFile(contentsOf: file), plan: plan, rank: recipe.rank)
    }

    /// An adapter that was trained before, if it is one of this recipe.
    private static func start(_ folder: URL, like fresh: LoRAAdapter, for model: ModelConfiguration) throws
        -> LoRAAdapter
    {
        guard FileManager.default.fileExists(atPath: folder.path) else {
            throw AdminError(
                .fileMissing,
                "There is no adapter in \(folder.path). “initialAdapter.path” is relative to the draft's folder.")
        }
        let adapter = try LoRAAdapter.load(from: folder, for: model)
        guard adapter.layoutHash == fresh.layoutHash, adapter.configuration.scale == fresh.configuration.scale else {
            throw AdminError(
                .invalidDraft,
                "The adapter in \(folder.path) has rank \(adapter.configuration.rank) and alpha \(adapter.configuration.alpha) on "
                    + "\(adapter.configuration.targets.joined(separator: ", ")); the recipe asks for another one. Change the recipe, "
                    + "or name another adapter.")
        }
        return adapter
    }
}
