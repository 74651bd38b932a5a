internal import ConsiliumCore
internal import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Reads a file, or standard input, line by line in bounded memory.
struct LineReader {
    /// `nil` for standard input.
    private let url: URL?
    /// Longer lines are an error: no record is that long, and a file without line ends must not fill the memory.
    private let longestLine: Int

    init(_ url: URL?, longestLine: Int = 64 << 20) {
        self.url = url
        self.longestLine = longestLine
    }

    /// - Parameter body: gets each line without its line feed, and its number from 1.
    /// - Throws: ``CoreError`` `.fileUnreadable`; ``NodeError`` `.badInput` for a line that is too long; what `body` throws.
    func forEach(_ body: (Data, Int) throws -> Void) throws {
        try forEach(body) { number in
            throw NodeError(
                .badInput, "\(name), line \(number) is longer than \(longestLine >> 20) MiB. Is this a JSON Lines file?"
            )
        }
    }

    /// Lines of JSON Lines: those of white space alone are passed over.
    func forEachRecord(_ body: (Data, Int) throws -> Void) throws {
        try forEach { line, number in
            if !line.allSatisfy({ $0 == 0x20 || $0 == 0x0d || $0 == 0x09 }) { try body(line, number) }
        }
    }

    private var name: String { url?.lastPathComponent ?? "Standard input" }

    /// - Parameter tooLong: gets the number of each line that is too long, which is then passed over.
    func forEach(_ body: (Data, Int) throws -> Void, tooLong: (Int) throws -> Void) throws {
        guard let handle = url.map({ FileHandle(forReadingAtPath: $0.path) }) ?? .standardInput else {
            throw CoreError(
                .fileUnreadable,
                "Can't read \(url?.path ?? name). Check that it exists and that this user may read it.")
        }
        defer { if url != nil { try? handle.close() } }
        // The begin of a line whose end is not read yet. Only new pieces are searched, or a long line would take quadratic time.
        var rest = Data()
        var number = 0
        var isPassedOver = false
        while let piece = try read(handle), !piece.isEmpty {
            var start = 0
            while let end = Self.lineFeed(in: piece, from: start) {
                number += 1
                if isPassedOver {
                    isPassedOver = false
                } else {
                    rest.append(piece.dropFirst(start).prefix(end - start))
                    try body(rest, number)
                }
                rest = Data()
                start = end + 1
            }
            guard !isPassedOver else { continue }
            rest.append(piece.dropFirst(start))
            if rest.count > longestLine {
                try tooLong(number + 1)
                isPassedOver = true
                rest = Data()
            }
        }
        if !rest.isEmpty { try body(rest, number + 1) }
    }

    private func read(_ handle: FileHandle) throws -> Data? {
        do {
            return try handle.read(upToCount: 1 << 20)
        } catch {
            // A folder can be opened like a file, but not be read.
            throw CoreError(
                .fileUnreadable, "Can't read \(url?.path ?? name). Check that it is a file on a sound disk.")
        }
    }

    /// Counted from the beginning of `piece`.
    private static func lineFeed(in piece: Data, from start: Int) -> Int? {
        piece.withUnsafeBytes { bytes in
            guard start < bytes.count, let base = bytes.baseAddress,
                let found = memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }
}
