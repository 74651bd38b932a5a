import ConsiliumCore
import Federation
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat

/// Sends a file, whole or from where the receiver stopped, without holding it in memory.
enum FileResponse {
    static let pieceBytes = 512 << 10

    /// - Parameter range: the `Range` header; only one range that begins at an offset is understood, anything else gets the
    ///   whole file, as HTTP allows.
    static func make(_ file: URL, hash: ContentHash, range: String?) throws -> Response {
        guard let size = try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int else {
            throw FederationError(.notFound, "There is no adapter \(hash.short)… for this party.")
        }
        var headers: HTTPFields = [
            .contentType: "application/octet-stream", .acceptRanges: "bytes", .eTag: "\"\(hash)\"",
        ]
        guard let wanted = range.flatMap(parse) else {
            headers[.contentLength] = String(size)
            return Response(status: .ok, headers: headers, body: body(file, 0..<size))
        }
        guard wanted.start < size else {
            headers[.contentRange] = "bytes */\(size)"
            headers[.contentLength] = "0"
            return Response(status: .rangeNotSatisfiable, headers: headers)
        }
        let end = min(wanted.end ?? size - 1, size - 1) + 1
        headers[.contentLength] = String(end - wanted.start)
        headers[.contentRange] = "bytes \(wanted.start)-\(end - 1)/\(size)"
        return Response(status: .partialContent, headers: headers, body: body(file, wanted.start..<end))
    }

    static func parse(_ range: String) -> (start: Int, end: Int?)? {
        guard range.hasPrefix("bytes=") else { return nil }
        let parts = range.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let start = Int(parts[0]), start >= 0 else { return nil }
        if parts[1].isEmpty { return (start, nil) }
        guard let end = Int(parts[1]), end >= start else { return nil }
        return (start, end)
    }

    private static func body(_ file: URL, _ range: Range<Int>) -> ResponseBody {
        ResponseBody(contentLength: range.count) { writer in
            guard let handle = FileHandle(forReadingAtPath: file.path) else {
                throw CoreError(.fileUnreadable, "The adapter file is gone.")
            }
            defer { try? handle.close() }
            try handle.seek(toOffset: UInt64(range.lowerBound))
            var left = range.count
            while left > 0 {
                guard let piece = try handle.read(upToCount: min(left, pieceBytes)), !piece.isEmpty else {
                    throw CoreError(.fileUnreadable, "The adapter file is shorter than it was.")
                }
                left -= piece.count
                try await writer.write(ByteBuffer(data: piece))
            }
            try await writer.finish(nil)
        }
    }
}
