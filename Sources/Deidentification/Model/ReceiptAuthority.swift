public import ConsiliumCore
public import Foundation

/// A receipt as it is stored: its exact text, and what shows that this clinic's node wrote it.
public struct SealedReceipt: Sendable, Equatable {
    /// Canonical JSON of a ``DeidentificationReceipt``.
    public let receipt: String
    /// HMAC-SHA256 over the receipt and what it belongs to.
    public let seal: ContentHash

    public init(receipt: String, seal: ContentHash) {
        self.receipt = receipt
        self.seal = seal
    }
}

/// Writes receipts that only the holder of its key can write, so that a row of a database that was edited by hand, or
/// moved to another report, makes nothing usable.
///
/// It can't notice that a whole database was put back to an older state.
public struct ReceiptAuthority: Sendable {
    private let keyed: KeyedHash

    /// - Parameter key: 16 bytes or more, secret, and used for nothing else.
    /// - Throws: ``DeidentificationError`` `.weakKey`.
    public init(key: Data) throws {
        guard key.count >= 16 else {
            throw DeidentificationError(
                .weakKey, "The key for receipts has \(key.count) bytes; give at least 16 random ones.")
        }
        keyed = KeyedHash(key: key)
    }

    /// - Parameter subject: names the one thing that the receipt is about, such as a report's id and patient.
    public func seal(_ receipt: DeidentificationReceipt, for subject: String) throws -> SealedReceipt {
        let text = String(decoding: try CanonicalJSON.encode(receipt), as: UTF8.self)
        return SealedReceipt(receipt: text, seal: try code(text, subject))
    }

    /// - Throws: ``DeidentificationError`` `.receiptForged` if a character of the receipt or its subject is another one.
    public func open(_ sealed: SealedReceipt, for subject: String) throws -> DeidentificationReceipt {
        guard try code(sealed.receipt, subject) == sealed.seal else {
            throw DeidentificationError(
                .receiptForged,
                "A receipt was not written by this node, or was changed since. Import the report again, and find out who edited the vault."
            )
        }
        return try CanonicalJSON.decode(DeidentificationReceipt.self, from: Data(sealed.receipt.utf8))
    }

    private func code(_ receipt: String, _ subject: String) throws -> ContentHash {
        try ContentHash(hex: keyed.bytes("consilium/receipt/v1", subject, receipt).hexadecimal)
    }
}
