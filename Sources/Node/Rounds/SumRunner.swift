internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import Identity
internal import Ledger
internal import SecureAggregation
internal import Transport

/// One clinic's part in adding a round's updates under masks: asks, checks, stores, answers.
///
/// The order is always the same: the state is on disk, then the record of what leaves, then the bytes leave. A process killed
/// anywhere is asked again and gives the same bytes.
struct SumRunner: Sendable {
    let services: NodeServices
    let job: JobManifest
    let jobHash: ContentHash
    let files: JobFiles
    let client: CoordinatorClient
    let ledgerHead: @Sendable () -> LedgerHead?
    let random: any SecureRandom
    let progress: ProgressHandler

    enum Outcome: Sendable, Equatable {
        /// Nothing is asked of this clinic at the moment. Other jobs may go on; this one asks again.
        case waiting
        /// The sum is over. Whether this clinic's update is in it, the signed result tells.
        case over
    }

    /// Answers as long as something is asked.
    ///
    /// - Throws: ``SecureAggregationError`` with the reason when this clinic refuses what the coordinator asks.
    func run(round: Int, adapter: ContentHash, waitSeconds: Int) async throws -> Outcome {
        guard let record = try services.store.round(round, of: job.id), record.state == .ready,
            record.adapter == adapter
        else {
            throw NodeError(
                .adapterMismatch,
                "The coordinator asks this clinic to add an update of round \(round) that it has not trained from this adapter."
            )
        }
        var node = try begin(round: round, adapter: adapter, record)
        while true {
            try services.store.requireApproval(of: job.id)
            switch try await client.sum(of: job.id, round: round, waitSeconds: waitSeconds) {
            case .over: return .over
            case .wait: return .waiting
            case .answer(let request): try await answer(request, &node, record)
            }
        }
    }

    private func begin(round: Int, adapter: ContentHash, _ record: RoundRecord) throws -> SecureSumNode {
        if let known = try services.store.sum(of: job.id, round: round) { return known }
        let node = try SecureSumNode(
            subject: SecureSumSubject(job: job, hash: jobHash, round: round, adapter: adapter),
            member: services.site.clinic.id.text,
            reservation: try record.reservation.map(NodeStore.ledgerHead)?.hash,
            after: try services.store.lastSum(of: job.id, except: round))
        try services.store.save(node, of: job.id)
        return node
    }

    private func answer(_ request: SecureSumRequest, _ node: inout SecureSumNode, _ record: RoundRecord) async throws {
        let credentials = try services.credentials()
        let sign: SecureSumSigner = { try credentials.keys.signing.sign($0) }
        let answer = try node.handle(
            request, trusted: try await trusted(for: request, node), sign: sign, random: random)
        try requireEnoughNoise(node)
        try services.store.save(node, of: job.id)
        do {
            switch answer {
            case .send(let envelope): try await send(envelope, round: record.round)
            case .upload(let masks):
                guard let session = node.session else { return }
                let manifest = try await deliver(masks, session: session.id, record)
                let envelope = try node.masked(root: manifest.root, byteCount: manifest.byteCount, sign: sign)
                try services.store.save(node, of: job.id)
                try await send(envelope, round: record.round)
            }
        } catch let error as FederationError where error.code == .roundClosed {
            // The attempt went on or ended without this clinic; the next question tells.
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// A sum may be opened as soon as its threshold has survived: each of those must be enough for the clinics' noise.
    /// - Throws: ``NodeError`` `.egressRefused`.
    private func requireEnoughNoise(_ node: SecureSumNode) throws {
        guard let honest = job.clinicPrivacy?.honestClinics, let session = node.session,
            session.parameters.threshold < honest
        else { return }
        throw NodeError(
            .egressRefused,
            "The sum of “\(job.id)” could be opened with \(session.parameters.threshold) clinics, but its noise counts on \(honest). "
                + "Nothing was sent; tell the consortium's admin.")
    }

    private func send(_ envelope: SecureSumEnvelope, round: Int) async throws {
        _ = try services.gate.release(
            envelope, kind: .secureSum, job: job, to: try services.coordinatorAddress() ?? "")
        try await client.answer(envelope, of: job.id, round: round)
    }

    /// Masks the stored update and delivers it. The manifest is signed once for each session, and stored.
    private func deliver(_ masks: SecureSumMasks, session: ContentHash, _ record: RoundRecord) async throws
        -> UpdateManifest
    {
        var vector = try files.readUpdate(round: record.round, seal: services.seal)
        try masks.apply(to: &vector, threads: services.site.compute.threads)
        let document: SignedDocument<UpdateManifest>
        var isNew = false
        let stored = try services.store.round(record.round, of: job.id)?.manifest
        if let stored, try CanonicalJSON.decode(UpdateManifest.self, from: stored.payload).session == session {
            document = try services.credentials().renewed(stored, kind: .update)
        } else {
            let head = ledgerHead()
            let shape = try job.updateShape(inRound: record.round, of: services.site.clinic.id)
            let manifest = UpdateManifest(
                job: job.id, jobHash: jobHash, round: record.round, clinic: services.site.clinic.id,
                adapter: record.adapter, layoutHash: shape.layoutHash, vector: vector, ledgerSequence: head?.sequence,
                ledgerHash: head?.hash, session: session)
            document = try services.credentials().sign(manifest, kind: .update)
            var next = record
            next.manifest = document
            try services.store.save(next, of: job.id)
            isNew = true
        }
        let manifest = try CanonicalJSON.decode(UpdateManifest.self, from: document.payload)
        guard isNew || manifest.root == ContentHash(of: vector) else {
            throw NodeError(
                .stateUnreadable,
                "The update of round \(record.round) on this disk is another one than was masked before. Nothing was sent; "
                    + "restore the job's folder from a backup, or deny the job.")
        }
        let destination = try services.coordinatorAddress() ?? ""
        _ = try services.gate.release(document, kind: .updateManifest, job: job, to: destination)
        try services.gate.release(vector, kind: .update, job: job, to: destination, hash: manifest.root)
        try await client.upload(vector: vector, manifest: document, announcing: manifest, progress: progress)
        return manifest
    }

    /// The job's clinics with the keys that the admin-signed roster gives them. An attempt is joined by the newest roster, which
    /// is kept; its later steps are about the clinics that it began with.
    private func trusted(for request: SecureSumRequest, _ node: SecureSumNode) async throws -> SecureSumRoster {
        if let session = node.session {
            guard case .offer = request else { return session.roster }
        }
        let roster = try await services.rosterBook().update(from: client)
        return try SecureSumRoster(
            job.clinics.compactMap { clinic in
                try roster.member(clinic).map { try .init(id: clinic.text, signingKey: $0.signingKey.bytes) }
            })
    }
}
