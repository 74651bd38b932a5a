internal import COpenSSL
public import Foundation

/// The SHA-256 of some bytes: how adapters, base models, manifests and ledger rows are named.
public struct ContentHash: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    public let hex: String

    /// - Throws: ``CoreError`` `.malformedHash` if `hex` is not 64 hexadecimal digits.
    public init(hex: String) throws {
        let hex = hex.lowercased()
        guard hex.utf8.count == 64, hex.utf8.allSatisfy({ ($0 >= 48 && $0 <= 57) || ($0 >= 97 && $0 <= 102) }) else {
            throw CoreError(.malformedHash, "A SHA-256 hash has 64 hexadecimal digits; this text has another form.")
        }
        self.hex = hex
    }

    public init(of data: Data) {
        let hasher = ContentHasher()
        hasher.update(data)
        self = hasher.finalize()
    }

    /// Reads the file in pieces of 1 MiB, so that checkpoints of many gigabytes need no memory.
    public init(ofFile url: URL) throws {
        guard let handle = FileHandle(forReadingAtPath: url.path) else {
            throw CoreError(
                .fileUnreadable, "Can't read \(url.path). Check that it exists and that this user may read it.")
        }
        defer { try? handle.close() }
        let hasher = ContentHasher()
        do {
            while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hasher.update(piece) }
        } catch {
            throw CoreError(.fileUnreadable, "Reading \(url.path) failed half-way.", cause: error)
        }
        self = hasher.finalize()
    }

    fileprivate init(digest: some Sequence<UInt8>) { hex = digest.hexadecimal }

    public init(from decoder: any Decoder) throws {
        try self.init(hex: decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }

    public var bytes: Data { Data(hexadecimal: hex) ?? Data() }
    /// The first 12 digits, for people.
    public var short: String { String(hex.prefix(12)) }
    public var description: String { hex }

    public static func < (left: ContentHash, right: ContentHash) -> Bool { left.hex < right.hex }
}

/// Incremental SHA-256 by OpenSSL.
///
/// A class because the OpenSSL context must be freed once; not `Sendable`, use it from one task.
public final class ContentHasher {
    private let context: OpaquePointer?

    public init() {
        context = EVP_MD_CTX_new()
        EVP_DigestInit_ex(context, EVP_sha256(), nil)
    }

    deinit { EVP_MD_CTX_free(context) }

    public func update(_ data: Data) {
        data.withUnsafeBytes { update(bytes: $0) }
    }

    public func update(bytes: UnsafeRawBufferPointer) {
        EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    }

    /// The hash of everything so far. The hasher must not be used afterwards.
    public func finalize() -> ContentHash {
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 32
        EVP_DigestFinal_ex(context, &digest, &length)
        return ContentHash(digest: digest)
    }
}
