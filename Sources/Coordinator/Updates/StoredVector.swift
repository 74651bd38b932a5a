import ConsiliumCore
import Federation
import Foundation
import SecureAggregation

/// The chunks of one delivered update on the disk, read one at a time.
struct StoredVector: Sendable {
    let folder: CoordinatorFolder
    let key: UpdateKey
    let manifest: UpdateManifest

    /// The ring in which this job's updates are added.
    static func encoding(for job: JobManifest) throws -> RingEncoding {
        try RingEncoding(
            clipNorm: job.aggregation.updateClipNorm, count: job.initialAdapter.parameters, clinics: job.clinics.count)
    }

    /// Gives each chunk with its offset, after comparing it with the manifest.
    /// - Throws: ``CoordinatorError`` `.updateDamaged` if the disk holds something else than what arrived.
    func forEachChunk(_ body: (Data, Int) throws -> Void) throws {
        for (index, range) in UpdateManifest.chunkRanges(byteCount: manifest.byteCount).enumerated() {
            let bytes = try? Data(contentsOf: folder.chunk(index, of: key), options: .alwaysMapped)
            guard let bytes, bytes.count == range.count, index < manifest.chunks.count,
                ContentHash(of: bytes) == manifest.chunks[index]
            else {
                throw CoordinatorError(
                    .updateDamaged,
                    "Chunk \(index) of the update of \(key.clinic) is damaged on the coordinator's disk.")
            }
            try body(bytes, range.lowerBound)
        }
    }

    /// Whether the whole is what the manifest says and was clipped as the job says.
    ///
    /// - Throws: ``FederationError`` `.updateMalformed`. The norm may exceed the clip by the rounding of the encoding only; who
    ///   sends more has not clipped, and would count for more than one clinic in the average.
    func check(for job: JobManifest) throws {
        let encoding = try Self.encoding(for: job)
        var sum = RingAccumulator(encoding: encoding)
        let hasher = ContentHasher()
        try forEachChunk { bytes, offset in
            hasher.update(bytes)
            try sum.add(bytes, at: offset)
        }
        guard hasher.finalize() == manifest.root else {
            throw FederationError(
                .updateMalformed, "The update as a whole has another hash than its manifest says. Deliver it again.")
        }
        let largest = encoding.clipNorm + Double(encoding.count).squareRoot() / 2 / encoding.scale
        guard sum.norm <= largest * (1 + 1e-9) else {
            throw FederationError(
                .updateMalformed,
                "The update of \(key.clinic) has norm \(sum.norm); the job allows \(encoding.clipNorm). Clip it and deliver it again."
            )
        }
    }
}
