internal import ConsiliumCore
internal import Foundation

/// Reads a file line by line in bounded memory.
struct LineReader {
    /// Longer lines are an error: no record is that long, and a file without line ends must not fill the memory.
    static let longestLine = 64 << 20

    private let url: URL

    init(_ url: URL) { self.url = url }

    /// - Parameter body: gets each line without its line feed, and its number from 1.
    /// - Throws: ``CoreError`` `.fileUnreadable`; ``NodeError`` `.badInput` for a line that is too long; what `body` throws.
    func forEach(_ body: (Data, Int) throws -> Void) throws {
        guard let handle = FileHandle(forReadingAtPath: url.path) else {
            throw CoreError(
                .fileUnreadable, "Can't read \(url.path). Check that it exists and that this user may read it.")
        }
        defer { try? handle.close() }
        var rest = Data()
        var number = 0
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
            rest.append(piece)
            var start = rest.startIndex
            while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
                number += 1
                try body(rest.subdata(in: start..<end), number)
                start = rest.index(after: end)
            }
            rest = rest.subdata(in: start..<rest.endIndex)
            guard rest.count <= Self.longestLine else {
                throw NodeError(
                    .badInput,
                    "\(url.lastPathComponent), line \(number + 1) is longer than \(Self.longestLine >> 20) MiB. Is this a JSON Lines file?"
                )
            }
        }
        if !rest.isEmpty { try body(rest, number + 1) }
    }
}
