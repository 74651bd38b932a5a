public import ConsiliumCore
public import Federation
public import Foundation
public import Identity

/// Delivery of an update, chunk by chunk.
extension CoordinatorClient {
    /// Delivers an update that lies in a file, resuming where an earlier delivery stopped. Repeating a finished one is harmless.
    ///
    /// - Parameters:
    ///   - file: the vector's bytes as the manifest describes them.
    ///   - manifest: the signed form of `announcing`.
    ///   - announcing: the same manifest, for its ids and hashes.
    ///   - progress: bytes delivered of all.
    /// - Throws: ``FederationError`` `.roundClosed` if the round has ended without this update; `.updateMalformed`,
    ///   `.adapterMismatch`, `.conflict` for an update that the coordinator refuses; `.chunkCorrupt` if the file is not what the
    ///   manifest says.
    public func upload(
        file: URL, manifest: SignedDocument<UpdateManifest>, announcing: UpdateManifest,
        progress: ProgressHandler? = nil
    ) async throws {
        guard let handle = FileHandle(forReadingAtPath: file.path) else {
            throw CoreError(.fileUnreadable, "Can't read the update \(file.path). Check that it exists.")
        }
        defer { try? handle.close() }
        try await upload(manifest: manifest, announcing: announcing, progress: progress) { range in
            do {
                try handle.seek(toOffset: UInt64(range.lowerBound))
                return try handle.read(upToCount: range.count) ?? Data()
            } catch {
                throw CoreError(.fileUnreadable, "Reading the update \(file.path) failed half-way.", cause: error)
            }
        }
    }

    /// The same from memory.
    public func upload(
        vector: Data, manifest: SignedDocument<UpdateManifest>, announcing: UpdateManifest,
        progress: ProgressHandler? = nil
    ) async throws {
        try await upload(manifest: manifest, announcing: announcing, progress: progress) { range in
            vector.dropFirst(range.lowerBound).prefix(range.count)
        }
    }

    private func upload(
        manifest: SignedDocument<UpdateManifest>, announcing update: UpdateManifest, progress: ProgressHandler?,
        read: (Range<Int>) throws -> Data
    ) async throws {
        let path = Endpoint.update(update.job, update.round)
        let status = try decode(try await send(.put, path, manifest), as: UploadStatus.self)
        var delivered = 0
        func report(_ bytes: Int) {
            delivered += bytes
            progress?(
                ProgressUpdate(
                    activity: "send round \(update.round)", completed: Double(delivered),
                    total: Double(update.byteCount),
                    unit: "bytes"))
        }
        let present = Set(status.receivedChunks)
        for (index, range) in UpdateManifest.chunkRanges(byteCount: update.byteCount).enumerated() {
            if !present.contains(index) && !status.complete {
                let bytes = try read(range)
                guard index < update.chunks.count, bytes.count == range.count,
                    ContentHash(of: bytes) == update.chunks[index]
                else {
                    throw FederationError(
                        .chunkCorrupt,
                        "The update on this disk differs from its signed manifest in chunk \(index). Nothing more was sent."
                    )
                }
                _ = try await exchange.send(
                    .put, Endpoint.chunk(update.job, update.round, index),
                    body: .octets(bytes, hash: update.chunks[index]), timeout: options.transferTimeout)
            }
            report(range.count)
        }
        if !status.complete {
            _ = try await exchange.send(
                .post, Endpoint.complete(update.job, update.round), timeout: options.transferTimeout)
        }
    }

    /// What the coordinator holds of this clinic's update.
    /// - Throws: ``FederationError`` `.notFound` if it holds nothing.
    public func uploadStatus(of job: JobID, round: Int) async throws -> UploadStatus {
        try await get(Endpoint.update(job, round), as: UploadStatus.self)
    }
}
