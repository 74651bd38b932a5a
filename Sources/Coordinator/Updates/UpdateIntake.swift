import ConsiliumCore
import Federation
import Foundation
import HummingbirdCore
import Identity
import Logging

/// Takes updates from clinics: manifest, chunks, then the check of the whole.
struct UpdateIntake: Sendable {
    let store: any CoordinatorStore
    let folder: CoordinatorFolder
    let rosters: RosterKeeper
    let engine: JobEngine
    let sums: SecureSumDesk
    let logger: Logger
    let now: @Sendable () -> Date

    /// A clinic announces its update of a round. Announcing the same again tells what has arrived of it.
    ///
    /// - Throws: ``FederationError`` `.conflict` for a second, different update of one round: a round's update leaves a clinic once.
    func announce(_ document: SignedDocument<UpdateManifest>, key: UpdateKey) async throws -> UploadStatus {
        let manifest = try await rosters.verify(document, kind: .update) { $0 == .clinic(key.clinic) }.payload
        guard manifest.clinic == key.clinic, manifest.job == key.job else {
            throw FederationError(.updateMalformed, "The manifest is for another clinic or job than the request.")
        }
        // First, because the answer to a finished upload may have been lost and the round may be closed by now.
        let known = try await store.update(key)
        if let known, known.manifest.session == manifest.session { return try same(known, manifest).status }
        guard let job = try await store.job(key.job) else { throw Self.unknown(key.job) }
        let round = try await requireWelcome(manifest, key, job)
        try manifest.validate(for: job.manifest, jobHash: job.hash, round: round.number, adapter: round.adapter)
        if known != nil {
            // Masked for an attempt that is over: nobody can use it any more.
            try await store.removeUpdate(key)
            try? FileManager.default.removeItem(at: folder.update(key))
        }
        return try same(try await store.announce(document, manifest, key: key), manifest).status
    }

    func status(_ key: UpdateKey) async throws -> UploadStatus { try await require(key).status }

    /// Takes one chunk; one that has arrived before is read and thrown away.
    func receive(chunk index: Int, of key: UpdateKey, body: RequestBody) async throws -> UploadStatus {
        let update = try await require(key)
        let ranges = UpdateManifest.chunkRanges(byteCount: update.manifest.byteCount)
        guard ranges.indices.contains(index), index < update.manifest.chunks.count else {
            throw FederationError(
                .updateMalformed, "The update has \(ranges.count) chunks; there is no number \(index).")
        }
        if update.complete || update.receivedChunks.contains(index) { return update.status }
        guard let job = try await store.job(key.job) else { throw Self.unknown(key.job) }
        _ = try await requireWelcome(update.manifest, key, job)
        try await FileReceiver.receive(
            body, to: folder.chunk(index, of: key), hash: update.manifest.chunks[index], byteCount: ranges[index].count,
            limit: UpdateManifest.chunkBytes)
        guard try await require(key).manifest == update.manifest else {
            throw FederationError(.roundClosed, "The update to which this chunk belongs was replaced by another one.")
        }
        try await store.markReceived(chunk: index, of: key)
        return try await require(key).status
    }

    /// Checks the whole update; when this returns it counts as delivered.
    ///
    /// - Throws: ``FederationError`` `.conflict` while chunks are missing; `.updateMalformed` if the whole has another hash or a
    ///   norm above what the job allows. It is then forgotten, and the clinic may deliver a right one.
    func complete(_ key: UpdateKey) async throws -> UploadStatus {
        let update = try await require(key)
        if update.complete { return update.status }
        let count = update.manifest.chunks.count
        guard update.receivedChunks.count == count else {
            throw FederationError(
                .conflict, "Only \(update.receivedChunks.count) of \(count) chunks have arrived. Send the others first."
            )
        }
        guard let job = try await store.job(key.job) else { throw Self.unknown(key.job) }
        _ = try await requireWelcome(update.manifest, key, job)
        do {
            try StoredVector(folder: folder, key: key, manifest: update.manifest).check(for: job.manifest)
        } catch let error as FederationError {
            logger.warning(
                "update refused",
                metadata: [
                    "job": "\(key.job)", "round": "\(key.round)", "clinic": "\(key.clinic)",
                    "code": "\(error.codeName)",
                ])
            try await store.removeUpdate(key)
            try? FileManager.default.removeItem(at: folder.update(key))
            throw error
        }
        if update.manifest.session != nil {
            // It counts when the clinic signs for it in the sum.
            try await store.changeJob(key.job) { _ in ((), [.completedUpdate(key)]) }
            return try await require(key).status
        }
        do {
            try await engine.apply(.delivered(key.clinic, at: now()), to: key.job, writes: [.completedUpdate(key)]) {
                job in
                _ = try job.machine.requireOpen(round: key.round, for: key.clinic)
            }
        } catch let error as FederationError where error.code == .roundClosed {
            // The same delivery may have come twice at once, and the first one closed the round.
            guard try await require(key).complete else { throw error }
        }
        logger.info(
            "update delivered", metadata: ["job": "\(key.job)", "round": "\(key.round)", "clinic": "\(key.clinic)"])
        return try await require(key).status
    }

    /// A clinic tells that no update of it will come. A round that waits for nobody else closes at once.
    ///
    /// - Throws: ``FederationError`` `.roundClosed`; `.conflict` if its update has been delivered, which is then averaged.
    func skip(_ document: SignedDocument<UpdateSkip>, key: UpdateKey) async throws {
        let skip = try await rosters.verify(document, kind: .update) { $0 == .clinic(key.clinic) }.payload
        guard let job = try await store.job(key.job) else { throw Self.unknown(key.job) }
        try skip.validate(job: key.job, jobHash: job.hash, round: key.round, clinic: key.clinic)
        try await engine.apply(.skipped(key.clinic, skip.reason, at: now()), to: key.job) { job in
            let round = try job.machine.requireOpen(round: key.round, for: key.clinic)
            guard !round.delivered.contains(key.clinic) else {
                throw FederationError(.conflict, "This clinic has delivered its update of round \(key.round) already.")
            }
        }
        logger.info(
            "round sat out",
            metadata: [
                "job": "\(key.job)", "round": "\(key.round)", "clinic": "\(key.clinic)",
                "reason": "\(skip.reason.rawValue)",
            ])
    }

    /// The round for which an update is welcome now.
    private func requireWelcome(_ manifest: UpdateManifest, _ key: UpdateKey, _ job: StoredJob) async throws
        -> RoundStateMachine
    {
        guard job.manifest.aggregation.secureAggregation == .on else {
            return try job.machine.requireOpen(round: key.round, for: key.clinic)
        }
        let session = try await sums.requireSession(job, round: key.round, clinic: key.clinic)
        guard manifest.session == session else {
            throw FederationError(
                .roundClosed, "The update is masked for an attempt that is over. Ask what to do in the sum.")
        }
        return try job.machine.requireSum(round: key.round).round
    }

    private func require(_ key: UpdateKey) async throws -> StoredUpdate {
        guard let update = try await store.update(key) else {
            throw FederationError(
                .notFound,
                "This clinic has announced no update for round \(key.round) of “\(key.job)”. Send its manifest first.")
        }
        return update
    }

    private func same(_ known: StoredUpdate, _ manifest: UpdateManifest) throws -> StoredUpdate {
        guard known.manifest == manifest else {
            throw FederationError(
                .conflict,
                "This clinic announced another update for round \(manifest.round) before. Send that one; "
                    + "two updates of one round would count twice against the privacy budget.")
        }
        return known
    }

    private static func unknown(_ job: JobID) -> FederationError {
        FederationError(.jobUnknown, "This coordinator has no job “\(job)” for this clinic.")
    }
}
