import ConsiliumCore
import Federation
import Foundation
import Identity
import SecureAggregation
import Transport

/// The chunks of one delivered update on the disk, read one at a time.
struct StoredVector: Sendable {
    let folder: CoordinatorFolder
    let key: UpdateKey
    let manifest: UpdateManifest

    /// The decoded values in a range of the vector. Compare the chunks with the manifest before: ``forEachChunk(_:)``.
    /// - Throws: ``CoordinatorError`` `.updateDamaged` if the range is not on the disk.
    func values(in range: Range<Int>, scale: Double) throws -> [Float] {
        var values: [Float] = []
        values.reserveCapacity(range.count)
        let bytes = range.lowerBound * 4..<range.upperBound * 4
        for (index, chunk) in UpdateManifest.chunkRanges(byteCount: manifest.byteCount).enumerated()
        where chunk.overlaps(bytes) {
            let data = try? Data(contentsOf: folder.chunk(index, of: key), options: .alwaysMapped)
            guard let data, data.count == chunk.count else { throw damaged(index) }
            let part = chunk.clamped(to: bytes)
            data.withUnsafeBytes { raw in
                // Chunks are whole multiples of four bytes but for a last one that is no vector's.
                for offset in stride(
                    from: part.lowerBound - chunk.lowerBound, to: part.upperBound - chunk.lowerBound, by: 4)
                {
                    let word = UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
                    values.append(Float(Double(Int32(bitPattern: word)) / scale))
                }
            }
        }
        guard values.count == range.count else { throw damaged(0) }
        return values
    }

    private func damaged(_ index: Int) -> CoordinatorError {
        CoordinatorError(
            .updateDamaged, "Chunk \(index) of the update of \(key.clinic) is damaged on the coordinator's disk.")
    }

    /// Gives each chunk with its offset, after comparing it with the manifest.
    /// - Throws: ``CoordinatorError`` `.updateDamaged` if the disk holds something else than what arrived.
    func forEachChunk(_ body: (Data, Int) throws -> Void) throws {
        for (index, range) in UpdateManifest.chunkRanges(byteCount: manifest.byteCount).enumerated() {
            let bytes = try? Data(contentsOf: folder.chunk(index, of: key), options: .alwaysMapped)
            guard let bytes, bytes.count == range.count, index < manifest.chunks.count,
                ContentHash(of: bytes) == manifest.chunks[index]
            else {
                throw damaged(index)
            }
            try body(bytes, range.lowerBound)
        }
    }

    /// Whether the whole is what the manifest says and was clipped as the job says.
    ///
    /// - Throws: ``FederationError`` `.updateMalformed`. The norm may exceed the clip by the rounding of the encoding only; who
    ///   sends more has not clipped, and would count for more than one clinic in the average.
    func check(for job: JobManifest) throws {
        guard manifest.session == nil else { return try checkRoot() }
        let encoding = try RingEncoding(job: job, round: key.round, clinic: key.clinic)
        var sum = RingAccumulator(encoding: encoding)
        let hasher = ContentHasher()
        try forEachChunk { bytes, offset in
            hasher.update(bytes)
            try sum.add(bytes, at: offset)
        }
        try requireRoot(hasher.finalize())
        let clip = encoding.clipNorm * job.aggregation.relativeWeight(of: key.clinic)
        let largest = encoding.largestNorm(ofSumOf: 1) - encoding.clipNorm + clip
        guard sum.norm <= largest * (1 + 1e-9) else {
            throw FederationError(
                .updateMalformed,
                "The update of \(key.clinic) has norm \(sum.norm); the job allows \(clip). Clip it and deliver it again."
            )
        }
    }

    /// All that can be checked of a masked update: the masks make its length random.
    private func checkRoot() throws {
        let hasher = ContentHasher()
        try forEachChunk { bytes, _ in hasher.update(bytes) }
        try requireRoot(hasher.finalize())
    }

    private func requireRoot(_ root: ContentHash) throws {
        guard root == manifest.root else {
            throw FederationError(
                .updateMalformed, "The update as a whole has another hash than its manifest says. Deliver it again.")
        }
    }
}
