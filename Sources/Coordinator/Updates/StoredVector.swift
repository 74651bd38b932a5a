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
        try forEachUncheckedChunk { index, bytes, offset in
            guard index < manifest.chunks.count, ContentHash(of: bytes) == manifest.chunks[index] else {
                throw damaged(index)
            }
            try body(bytes, offset)
        }
    }

    private func forEachUncheckedChunk(_ body: (_ index: Int, Data, _ offset: Int) throws -> Void) throws {
        for (index, range) in UpdateManifest.chunkRanges(byteCount: manifest.byteCount).enumerated() {
            let bytes = try? Data(contentsOf: folder.chunk(index, of: key), options: .alwaysMapped)
            guard let bytes, bytes.count == range.count else { throw damaged(index) }
            try body(index, bytes, range.lowerBound)
        }
    }

    /// The sum of updates that fit each other, whatever their number: memory is that of one.
    /// - Throws: ``CoordinatorError`` `.updateDamaged` without an update, or for one that is not on the disk as it arrived.
    static func sum(_ updates: [StoredVector], of job: JobManifest) throws -> RingAccumulator {
        guard let key = updates.first?.key else {
            throw CoordinatorError(.updateDamaged, "There is no update to add. The round is void.")
        }
        // The job's grid, which does not depend on who took part in this attempt.
        var sum = RingAccumulator(encoding: try RingEncoding(job: job, round: key.round, clinic: key.clinic))
        for update in updates {
            try update.forEachChunk { try sum.add($0, at: $1) }
            try sum.finishUpdate()
        }
        return sum
    }

    /// Whether the whole is what the manifest says and was clipped as the job says. Each chunk was compared when it arrived; the
    /// hash of the whole covers them all once more.
    ///
    /// - Throws: ``FederationError`` `.updateMalformed`. The norm may exceed the clip by the rounding of the encoding only; who
    ///   sends more has not clipped, and would count for more than one clinic in the average. The masks of a masked update make
    ///   its length random.
    func check(for job: JobManifest) throws {
        let isMasked = manifest.session != nil
        let hasher = ContentHasher()
        var squared = 0.0
        try forEachUncheckedChunk { _, bytes, _ in
            hasher.update(bytes)
            if !isMasked { squared += RingEncoding.squaredUnits(in: bytes) }
        }
        guard hasher.finalize() == manifest.root else {
            throw FederationError(
                .updateMalformed, "The update as a whole has another hash than its manifest says. Deliver it again.")
        }
        guard !isMasked else { return }
        let encoding = try RingEncoding(job: job, round: key.round, clinic: key.clinic)
        let norm = squared.squareRoot() / encoding.scale
        let clip = encoding.clipNorm * job.aggregation.relativeWeight(of: key.clinic)
        let largest = encoding.largestNorm(ofSumOf: 1) - encoding.clipNorm + clip
        guard norm <= largest * (1 + 1e-9) else {
            throw FederationError(
                .updateMalformed,
                "The update of \(key.clinic) has norm \(norm); the job allows \(clip). Clip it and deliver it again."
            )
        }
    }
}
