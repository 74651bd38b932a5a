import ConsiliumCore
import Federation
import Foundation
import Identity
import SecureAggregation
import Transport

#if canImport(Glibc)
import Glibc
#endif

/// Turns the updates of a closed round into the next adapter and signs what it did.
///
/// Memory is that of the adapter, whatever the number of clinics: chunks are added one after the other. The sum is of integers,
/// so their order never matters and a repetition after a crash gives the same bytes.
struct RoundAggregator: Sendable {
    struct Result: Sendable {
        var adapter: ContentHash
        var document: SignedDocument<RoundResult>
        var aggregationError: Double?
    }

    let store: any CoordinatorStore
    let folder: CoordinatorFolder
    let identity: ServerIdentity
    let metrics: Metrics

    /// Writes the new adapter durably and describes it. Changes nothing in the store: until the caller stores the result, the
    /// round counts as not averaged.
    func aggregate(
        _ job: StoredJob, round: Int, from base: ContentHash, _ closing: RoundStateMachine.Closing, opened: OpenedSum?
    ) async throws -> Result {
        let start = ContinuousClock.now
        Self.giveBackMemory()
        defer { metrics.averaged(seconds: start.duration(to: .now) / .seconds(1)) }
        var updates: [StoredVector] = []
        var participants: [RoundResult.Participant] = []
        for clinic in closing.participants {
            let key = UpdateKey(job: job.id, round: round, clinic: clinic)
            guard let update = try await store.update(key), update.complete else {
                throw CoordinatorError(
                    .updateDamaged, "The update of \(clinic) was delivered and is gone from the coordinator's database."
                )
            }
            if let opened, opened.roots[clinic.text] != update.manifest.root {
                throw CoordinatorError(
                    .updateDamaged, "The masked update of \(clinic) is another one than it signed for in the sum.")
            }
            updates.append(StoredVector(folder: folder, key: key, manifest: update.manifest))
            participants.append(
                .init(
                    clinic: clinic, updateRoot: update.manifest.root, ledgerSequence: update.manifest.ledgerSequence,
                    ledgerHash: update.manifest.ledgerHash))
        }
        let average = RoundAverage(folder: folder, job: job.manifest, round: round, base: base)
        var receipt: SecureSumReceipt?
        let published: RoundAverage.Published
        if let opened {
            let (mean, hash) = try Self.mean(of: updates, opened, job.manifest)
            receipt = SecureSumReceipt(
                session: opened.session.id, attempt: opened.session.attempt, statement: opened.statement, sum: hash)
            published = try average.publish(mean: mean, of: closing.participants)
        } else {
            published = try average.publish(updates)
        }
        let result = RoundResult(
            job: job.id, jobHash: job.hash, round: round, previousAdapter: base, adapter: published.adapter,
            participants: participants,
            missing: closing.missing, closedAt: closing.at, aggregationError: published.aggregationError,
            secureSum: receipt)
        return Result(
            adapter: published.adapter, document: try identity.credentials.sign(result, kind: .roundResult),
            aggregationError: published.aggregationError)
    }

    /// Adds masked updates and takes the masks off the sum: at no time is a single update in clear. With the hash of the sum,
    /// which itself is given back before the mean is used.
    private static func mean(
        of updates: [StoredVector], _ opened: OpenedSum, _ job: JobManifest
    ) throws -> (mean: [Float], hash: ContentHash) {
        var sum = try StoredVector.sum(updates, of: job)
        try sum.apply(opened.opening.remaining, threads: ProcessInfo.processInfo.activeProcessorCount)
        return (try sum.decodeMean(), sum.hash)
    }

    /// What the uploads of many clinics needed lies free in pieces between other things; the average needs it in one.
    private static func giveBackMemory() {
        #if canImport(Glibc)
        // Of glibc alone, and in none of its headers that Swift sees.
        guard let symbol = dlsym(nil, "malloc_trim") else { return }
        _ = unsafeBitCast(symbol, to: (@convention(c) (Int) -> Int32).self)(0)
        #endif
    }

    /// Deletes the chunks of a job that was stopped, and what its server optimizer remembered.
    func discardUpdates(of job: JobID) {
        discardServerState(of: job)
        try? FileManager.default.removeItem(at: folder.updates.appendingPathComponent(job.rawValue))
    }

    func discardServerState(of job: JobID) { try? FileManager.default.removeItem(at: folder.serverStates(job)) }

    /// Deletes the chunks of a round that has a result: single updates are kept no longer than needed.
    func discardUpdates(of job: JobID, round: Int) { try? FileManager.default.removeItem(at: folder.round(job, round)) }

    /// Deletes the chunks of every round that is not open any more, after a crash may have come between result and deletion.
    func discardClosedRounds() async throws {
        let manager = FileManager.default
        for name in (try? manager.contentsOfDirectory(atPath: folder.updates.path)) ?? [] {
            guard let id = try? JobID(name) else { continue }
            let current = try await store.job(id)?.machine.currentRound?.number
            let rounds = folder.updates.appendingPathComponent(name)
            for round in (try? manager.contentsOfDirectory(atPath: rounds.path)) ?? [] where Int(round) != current {
                try? manager.removeItem(at: rounds.appendingPathComponent(round))
            }
        }
    }
}
