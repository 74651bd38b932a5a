internal import Foundation

/// Reads a file of any size line by line in bounded memory.
struct LineStream {
    /// Longer lines are skipped and counted.
    static let maximumLine = 1 << 16

    let file: URL

    /// - Parameter visit: a line without its end, and whether it is whole; a line that is too long comes empty and not whole.
    /// - Throws: ``ReportsError`` `.fileUnreadable`; what `visit` throws.
    func forEach(_ visit: (ArraySlice<UInt8>, _ isWhole: Bool) throws -> Void) throws {
        let unreadable = ReportsError(
            .fileUnreadable, "Can't read \(file.path). Check that it exists and that this user may read it.")
        guard let handle = try? FileHandle(forReadingFrom: file) else { throw unreadable }
        defer { try? handle.close() }
        var rest: [UInt8] = []
        var isTooLong = false
        func emit(_ line: ArraySlice<UInt8>) throws {
            let isWhole = !isTooLong && line.count <= Self.maximumLine
            try visit(isWhole ? (line.last == 13 ? line.dropLast() : line) : [], isWhole)
            isTooLong = false
        }
        while true {
            let piece: Data
            do {
                piece = try handle.read(upToCount: 1 << 20) ?? Data()
            } catch {
                throw unreadable
            }
            if piece.isEmpty { break }
            rest.append(contentsOf: piece)
            var start = 0
            while let end = rest[start...].firstIndex(of: 10) {
                try emit(rest[start..<end])
                start = end + 1
            }
            rest.removeFirst(start)
            if rest.count > Self.maximumLine {
                isTooLong = true
                rest.removeAll(keepingCapacity: true)
            }
        }
        if !rest.isEmpty || isTooLong { try emit(rest[...]) }
    }
}
