import ConsiliumCore
import Federation
import Foundation
import Identity
import SecureAggregation
import Transport

/// The arithmetic between the updates of a round and the adapter that it publishes, with the files that it needs.
///
/// Nothing here depends on when or how often it runs: the same updates give the same files under the same names.
struct RoundAverage: Sendable {
    let folder: CoordinatorFolder
    let job: JobManifest
    let round: Int
    /// The adapter that the round started from.
    let base: ContentHash

    struct Published: Sendable, Equatable {
        var adapter: ContentHash
        /// See ``RoundResult/aggregationError``.
        var aggregationError: Double?
    }

    /// From single updates.
    ///
    /// At most two vectors of the adapter's length are in memory at one time: each is read when it is needed and given back then.
    func publish(_ updates: [StoredVector]) throws -> Published {
        guard !updates.isEmpty else {
            throw FederationError(.updateMalformed, "Nobody takes part in the average; the round is not published.")
        }
        if job.aggregation.rule == .stackSVD {
            for update in updates { try update.forEachChunk { _, _ in } }
            let averaged = try products(of: updates, baseAdapter()).stackedMean()
            return Published(
                adapter: try keep(averaged.adapter), aggregationError: Self.rounded(averaged.truncationError))
        }
        let published = try publish(
            mean: StoredVector.sum(updates, of: job).decodeMean(), of: updates.map(\.key.clinic))
        guard job.aggregation.rule == .fedit else { return published }
        // An adapter with other tensors than factors is averaged all the same; there are no products to compare then.
        let error = try? products(of: updates, baseAdapter()).factorAveragingError()
        return Published(adapter: published.adapter, aggregationError: error.flatMap { $0 }.map(Self.rounded))
    }

    private func baseAdapter() throws -> AdapterFile { try AdapterFile(contentsOf: folder.adapter(base)) }

    /// From the mean of the encoded updates alone, which is all that a masked sum gives.
    func publish(mean: consuming [Float], of participants: [ClinicID]) throws -> Published {
        let remembers = job.aggregation.serverOptimizer.map { $0.method != .average } ?? false
        let before =
            remembers && round > 1
            ? try ServerState(
                contentsOf: folder.serverState(job.id, after: round - 1), job: job.id, round: round - 1, adapter: base)
            : nil
        let next = try FederatedAveraging(job.aggregation).next(
            mean, of: participants, round: round, adapter: baseAdapter(), moments: before?.moments)
        let hash = try keep(next.adapter)
        if let moments = next.moments {
            // Before the result is stored, and beside the state before it: a repeated round finds what it started from.
            try DurableFile.createFolder(folder.serverStates(job.id))
            try ServerState(job: job.id, round: round, adapter: hash, moments: moments).write(
                to: folder.serverState(job.id, after: round))
            try? FileManager.default.removeItem(at: folder.serverState(job.id, after: round - 2))
        }
        return Published(adapter: hash)
    }

    private func keep(_ adapter: AdapterFile) throws -> ContentHash {
        let temporary = CoordinatorFolder.temporary(in: folder.adapters)
        try adapter.write(to: temporary)
        let hash = try ContentHash(ofFile: temporary)
        try DurableFile.move(temporary, to: folder.adapter(hash))
        return hash
    }

    private func products(of updates: [StoredVector], _ adapter: AdapterFile) throws -> ProductUpdates {
        try ProductUpdates(
            updates.map { update in
                let scale = try RingEncoding(job: job, round: round, clinic: update.key.clinic).scale
                return ProductUpdates.Update(clinic: update.key.clinic) { try update.values(in: $0, scale: scale) }
            }, plan: job.aggregation, rank: job.recipe.rank, adapter: adapter)
    }

    /// Four digits are enough for people, and the signed bytes don't carry more about the updates than that.
    private static func rounded(_ value: Double) -> Double {
        guard value.isFinite, value > 0 else { return 0 }
        let unit = pow(10, (log10(value)).rounded(.down) - 3)
        return (value / unit).rounded() * unit
    }
}
