internal import AsyncHTTPClient
public import ConsiliumCore
internal import Federation
public import Foundation
internal import NIOCore
internal import NIOFoundationCompat
internal import NIOHTTP1

/// Fetching an adapter.
extension CoordinatorClient {
    /// Writes the adapter to `file` once its hash is right; until then the bytes lie beside it in `<file>.part`, from where the
    /// next attempt or the next call goes on.
    ///
    /// A file that is there with the right hash is left alone.
    /// - Parameter maximumBytes: a longer adapter is refused as soon as its length is known, so that no answer fills the disk.
    /// - Throws: ``FederationError`` `.notFound`; `.adapterMismatch` if what arrived is too long, or has another hash twice.
    public func downloadAdapter(
        _ hash: ContentHash, to file: URL, maximumBytes: Int = 2 << 30, progress: ProgressHandler? = nil
    ) async throws {
        if FileManager.default.fileExists(atPath: file.path), try ContentHash(ofFile: file) == hash { return }
        let part = file.appendingPathExtension("part")
        for _ in 0..<2 {
            let arrived = try await exchange.retrying(Endpoint.adapters) {
                try await fetch(hash, into: part, maximumBytes: maximumBytes, progress: progress)
            }
            if try arrived ?? ContentHash(ofFile: part) == hash {
                try DurableFile.move(part, to: file)
                return
            }
            // What lay in the part file was damaged, or belonged to something else: once more from the start.
            try? FileManager.default.removeItem(at: part)
        }
        throw FederationError(
            .adapterMismatch,
            "The adapter \(hash.short)… arrived with another hash, twice. It was thrown away; tell the coordinator's operator."
        )
    }

    /// - Returns: the hash of the whole file if all of it has come now.
    private func fetch(
        _ hash: ContentHash, into part: URL, maximumBytes: Int, progress: ProgressHandler?
    ) async throws -> ContentHash? {
        if !FileManager.default.fileExists(atPath: part.path) {
            guard
                FileManager.default.createFile(atPath: part.path, contents: nil, attributes: [.posixPermissions: 0o600])
            else {
                throw CoreError(.fileUnwritable, "Can't create \(part.path). Check the path and this user's rights.")
            }
        }
        guard let handle = FileHandle(forWritingAtPath: part.path) else {
            throw CoreError(.fileUnwritable, "Can't write to \(part.path). Check this user's rights.")
        }
        defer { try? handle.close() }
        var offset = Int(try handle.seekToEnd())
        if offset > maximumBytes {
            // Whatever it is, it is not the beginning of an adapter that we may take.
            try handle.truncate(atOffset: 0)
            offset = 0
        }
        var request = exchange.request(.get, Endpoint.adapter(hash))
        if offset > 0 { request.headers.add(name: "Range", value: "bytes=\(offset)-") }
        let response = try await link.carry(request, deadline: .distantFuture)
        switch response.status.code {
        case 206: break
        case 200:
            try handle.truncate(atOffset: 0)
            offset = 0
        case 416:
            // The part is as long as the adapter, or longer: the hash decides.
            _ = try await response.body.collect(upTo: Exchange.replyLimit)
            return nil
        default:
            let body = Data(buffer: try await response.body.collect(upTo: Exchange.replyLimit))
            throw exchange.refusal(status: Int(response.status.code), body: body)
        }
        let announced = response.headers.first(name: "Content-Length").flatMap { Int($0) }
        if let announced, announced > maximumBytes - offset { throw tooLong(hash, part, maximumBytes) }
        let total = announced.map { Double($0) + Double(offset) }
        let hasher = offset == 0 ? ContentHasher() : nil
        for try await piece in response.body {
            // Not every answer says its length, and one that does may lie.
            guard piece.readableBytes <= maximumBytes - offset else { throw tooLong(hash, part, maximumBytes) }
            do {
                hasher?.update(Data(buffer: piece, byteTransferStrategy: .noCopy))
                try handle.write(contentsOf: Data(buffer: piece, byteTransferStrategy: .noCopy))
            } catch {
                throw CoreError(
                    .diskFull, "Can't write to \(part.path). Free some space and try again; it goes on from here.")
            }
            offset += piece.readableBytes
            progress?(
                ProgressUpdate(activity: "fetch adapter", completed: Double(offset), total: total, unit: "bytes"))
        }
        // Not flushed to the disk: a machine that loses its power fetches again what has another hash then.
        return hasher?.finalize()
    }

    private func tooLong(_ hash: ContentHash, _ part: URL, _ maximumBytes: Int) -> FederationError {
        try? FileManager.default.removeItem(at: part)
        return FederationError(
            .adapterMismatch,
            "The adapter \(hash.short)… is longer than the \(maximumBytes) bytes that this job's adapter may have. "
                + "It was thrown away; tell the coordinator's operator.")
    }
}
