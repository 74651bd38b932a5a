public import ConsiliumCore

/// How a round's sum was opened, as part of the signed result: a clinic compares it with what it signed itself.
public struct SecureSumReceipt: Codable, Sendable, Equatable {
    /// The session of the attempt that was opened.
    public var session: ContentHash
    public var attempt: Int
    /// SHA-256 of the statement about the survivors that they signed.
    public var statement: ContentHash
    /// SHA-256 of the sum, little-endian words of 32 bits.
    public var sum: ContentHash

    public init(session: ContentHash, attempt: Int, statement: ContentHash, sum: ContentHash) {
        self.session = session
        self.attempt = attempt
        self.statement = statement
        self.sum = sum
    }
}
