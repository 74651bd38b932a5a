internal import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Finds line ends in a memory-mapped file by `memchr`, so that even a line of 100 MB costs no copy and little time.
struct ByteScanner {
    let bytes: UnsafeRawBufferPointer
    private(set) var position = 0
    private var nextFeed = -1
    private var nextReturn = -1
    private let returnsEndLines: Bool

    /// - Parameter returnsEndLines: whether a lone CR ends a line too, as in HL7.
    init(_ bytes: UnsafeRawBufferPointer, returnsEndLines: Bool) {
        self.bytes = bytes
        self.returnsEndLines = returnsEndLines
    }

    /// The next line without its end (LF, CR LF, and CR if asked for), or `nil` at the end of the file.
    mutating func nextLine() -> Range<Int>? {
        guard position < bytes.count else { return nil }
        if nextFeed < position { nextFeed = find(10, from: position) }
        if returnsEndLines, nextReturn < position { nextReturn = find(13, from: position) }
        let start = position
        let end = returnsEndLines ? min(nextFeed, nextReturn) : nextFeed
        position = min(end + 1, bytes.count)
        if returnsEndLines, end < bytes.count, end == nextReturn, nextFeed == end + 1 { position = end + 2 }
        var last = end
        if !returnsEndLines, end > start, bytes[end - 1] == 13 { last = end - 1 }
        return start..<last
    }

    private func find(_ byte: UInt8, from start: Int) -> Int {
        guard let base = bytes.baseAddress, start < bytes.count else { return bytes.count }
        guard let found = memchr(base + start, Int32(byte), bytes.count - start) else { return bytes.count }
        return UnsafeRawPointer(found) - base
    }
}

extension UnsafeRawBufferPointer {
    func data(_ range: Range<Int>) -> Data { Data(self[range]) }
}
