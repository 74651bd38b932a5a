internal import ConsiliumCore
internal import Crypto
internal import Dispatch
internal import Foundation
internal import Synchronization

/// Checks signatures and reads bodies on all cores: the part of verification that costs time.
enum RowVerifier {
    struct Verified: Sendable {
        var hash: ContentHash
        var isSigned: Bool
        /// `nil` if the body is not a row of a known form.
        var row: LedgerRow?
    }

    static func verify(_ rows: [StoredRow], publicKey: Curve25519.Signing.PublicKey?) -> [Verified] {
        let pieces = (rows.count + 511) / 512
        let results = Mutex<[Int: [Verified]]>([:])
        DispatchQueue.concurrentPerform(iterations: pieces) { piece in
            let range = piece * 512..<min(rows.count, (piece + 1) * 512)
            let part = rows[range].map { stored in
                Verified(
                    hash: stored.hash,
                    isSigned: publicKey?.isValidSignature(stored.signature, for: stored.body) ?? false,
                    row: try? CanonicalJSON.decode(LedgerRow.self, from: stored.body))
            }
            results.withLock { $0[piece] = part }
        }
        return results.withLock { results in (0..<pieces).flatMap { results[$0] ?? [] } }
    }

    /// The key that row 0 names.
    static func genesisKey(_ rows: [StoredRow]) -> Curve25519.Signing.PublicKey? {
        guard let first = rows.first, let row = try? CanonicalJSON.decode(LedgerRow.self, from: first.body),
            let bytes = row.genesis.flatMap({ Data(hexadecimal: $0.publicKey) })
        else { return nil }
        return try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
    }
}
