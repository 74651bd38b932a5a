import ConsiliumCore
import Federation
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Sends a file, whole or from where the receiver stopped, without holding it in memory.
enum FileResponse {
    /// Small, because as much is in memory for each clinic that fetches at the same time, twice with the encrypted form.
    static let pieceBytes = 64 << 10

    /// - Parameters:
    ///   - range: the `Range` header; only one range that begins at an offset is understood, anything else gets the whole file, as
    ///     HTTP allows.
    ///   - channel: on which the answer leaves.
    static func make(_ file: URL, hash: ContentHash, range: String?, channel: any Channel) throws -> Response {
        guard let size = try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int else {
            throw FederationError(.notFound, "There is no adapter \(hash.short)… for this party.")
        }
        var headers: HTTPFields = [
            .contentType: "application/octet-stream", .acceptRanges: "bytes", .eTag: "\"\(hash)\"",
        ]
        guard let wanted = range.flatMap(parse) else {
            headers[.contentLength] = String(size)
            return Response(status: .ok, headers: headers, body: body(file, 0..<size, channel))
        }
        guard wanted.start < size else {
            headers[.contentRange] = "bytes */\(size)"
            headers[.contentLength] = "0"
            return Response(status: .rangeNotSatisfiable, headers: headers)
        }
        let end = min(wanted.end ?? size - 1, size - 1) + 1
        headers[.contentLength] = String(end - wanted.start)
        headers[.contentRange] = "bytes \(wanted.start)-\(end - 1)/\(size)"
        return Response(status: .partialContent, headers: headers, body: body(file, wanted.start..<end, channel))
    }

    static func parse(_ range: String) -> (start: Int, end: Int?)? {
        guard range.hasPrefix("bytes=") else { return nil }
        let parts = range.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let start = Int(parts[0]), start >= 0 else { return nil }
        if parts[1].isEmpty { return (start, nil) }
        guard let end = Int(parts[1]), end >= start else { return nil }
        return (start, end)
    }

    private static func body(_ file: URL, _ range: Range<Int>, _ channel: any Channel) -> ResponseBody {
        ResponseBody(contentLength: range.count) { writer in
            guard let handle = FileHandle(forReadingAtPath: file.path) else {
                throw CoreError(.fileUnreadable, "The adapter file is gone.")
            }
            defer { try? handle.close() }
            var offset = range.lowerBound
            while offset < range.upperBound {
                var piece = ByteBuffer()
                let wanted = min(range.upperBound - offset, pieceBytes)
                let read = piece.writeWithUnsafeMutableBytes(minimumWritableBytes: wanted) { bytes in
                    max(0, pread(handle.fileDescriptor, bytes.baseAddress, wanted, off_t(offset)))
                }
                guard read > 0 else {
                    throw CoreError(.fileUnreadable, "The adapter file is shorter than it was.")
                }
                offset += read
                try await writer.write(piece)
                // The writer waits for a receiver that is slower, but not for an event loop that is busy with others: without
                // this most of the file would be queued for each clinic.
                try await channel.eventLoop.submit {}.get()
            }
            try await writer.finish(nil)
        }
    }
}
