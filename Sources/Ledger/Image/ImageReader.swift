internal import Foundation

/// Reads numbers of SQLite's file format and accepts only the one form that SQLite itself writes.
struct ImageReader {
    private let bytes: Data
    private let page: Int
    private(set) var position: Int

    init(_ bytes: Data, at position: Int, page: Int) {
        self.bytes = bytes
        self.page = page
        self.position = position
    }

    /// A big-endian number without a sign, of up to 8 bytes.
    mutating func integer(_ width: Int) throws(ImageFault) -> Int {
        guard position >= 0, width <= 8, position <= bytes.count - width else { throw cutOff }
        var value: UInt64 = 0
        for offset in 0..<width {
            value = value << 8 | UInt64(bytes[bytes.startIndex + position + offset])
        }
        position += width
        return Int(truncatingIfNeeded: value)
    }

    /// A variable-length number; only its shortest form is accepted.
    mutating func variable() throws(ImageFault) -> Int {
        var value: UInt64 = 0
        for index in 0..<9 {
            let byte = UInt64(try integer(1))
            if index == 8 {
                value = value << 8 | byte
                break
            }
            value = value << 7 | (byte & 0x7f)
            if index == 1, value < 0x80, byte < 0x80 { throw ImageFault(page: page, "a number has a form too long") }
            if index > 1, byte < 0x80, value >> (7 * UInt64(index)) == 0 {
                throw ImageFault(page: page, "a number has a form too long")
            }
            if byte < 0x80 { break }
        }
        guard value <= UInt64(Int.max) else { throw ImageFault(page: page, "a number is out of range") }
        return Int(value)
    }

    mutating func data(_ count: Int) throws(ImageFault) -> Data {
        guard count >= 0, position >= 0, position <= bytes.count - count else { throw cutOff }
        defer { position += count }
        return bytes.subdata(in: bytes.startIndex + position..<bytes.startIndex + position + count)
    }

    private var cutOff: ImageFault { ImageFault(page: page, "something points beyond the end of the page") }
}
