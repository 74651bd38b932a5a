internal import ConsiliumCore
internal import Foundation

/// HMAC-SHA256 (RFC 2104) under the clinic's key.
struct KeyedHash: Sendable {
    private let inner: [UInt8]
    private let outer: [UInt8]

    init(key: Data) {
        var block = [UInt8](key.count > 64 ? ContentHash(of: key).bytes : key)
        block += [UInt8](repeating: 0, count: 64 - block.count)
        inner = block.map { $0 ^ 0x36 }
        outer = block.map { $0 ^ 0x5c }
    }

    func hash(_ message: some Sequence<UInt8>) -> ContentHash {
        ContentHash(of: Data(outer) + ContentHash(of: Data(inner) + Data(message)).bytes)
    }

    /// Each part with its length in front, so that no two lists of parts give the same message.
    func bytes(_ parts: String...) -> [UInt8] {
        var message: [UInt8] = []
        for part in parts {
            let utf8 = Array(part.utf8)
            withUnsafeBytes(of: UInt64(utf8.count).bigEndian) { message += $0 }
            message += utf8
        }
        return [UInt8](hash(message).bytes)
    }
}

extension [UInt8] {
    /// The first eight bytes as a number.
    var leadingNumber: UInt64 { prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }
}
