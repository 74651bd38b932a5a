public import ConsiliumCore
internal import Foundation

/// Where a ledger stands: what receipts carry, so that the other side notices a ledger that went back.
public struct LedgerHead: Sendable, Hashable, Codable {
    public var sequence: Int
    public var hash: ContentHash

    public init(sequence: Int, hash: ContentHash) {
        self.sequence = sequence
        self.hash = hash
    }

    /// - Parameter text: as ``text`` writes it; `nil` for anything else.
    public init?(text: String) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let sequence = Int(parts[0]), let hash = try? ContentHash(hex: String(parts[1])) else {
            return nil
        }
        self.init(sequence: sequence, hash: hash)
    }

    /// `sequence:hash`, as a node's own records keep it.
    public var text: String { "\(sequence):\(hash.hex)" }

    /// What the ledger's key signs besides the rows: without it, cutting rows off the end would leave a valid chain.
    var signedBytes: Data { Data("consilium ledger head \(sequence) \(hash.hex)".utf8) }
}
