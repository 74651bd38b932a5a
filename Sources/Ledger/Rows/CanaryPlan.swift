public import ConsiliumCore
public import Foundation
public import Privacy

/// What an empirical audit of one job fixes before the job's first step; a row of the ledger.
///
/// The canaries and the coins that say which of them are trained on stay secret until the end, or nobody could tell a guess
/// from knowledge; the row holds their hash, so that they can't be chosen afterwards.
public struct CanaryPlan: Sendable, Hashable, Codable {
    /// How a canary's score is computed from what training released. Fixed in advance: the best of several scores would need a
    /// correction.
    public enum Score: String, Sendable, Codable, CaseIterable {
        /// The loss before training less the loss afterwards.
        case loss
        /// How far the adapter moved along the canary's own gradient: sees what the loss does not show yet.
        case gradient
    }

    public var job: String
    /// ``CanaryOpening/commitment``.
    public var commitment: ContentHash
    public var audit: OneRunAudit
    public var score: Score
    /// Reports of each synthetic patient, all with the same secret.
    public var reports: Int
    /// Random tokens of the secret.
    public var tokens: Int
    /// ``CanaryPlan/standardRule``.
    public var rule: String

    /// The r/2 highest scores are guessed “in”, the r/2 lowest “out”; see `CanaryOutcome`.
    public static let standardRule = "extremes"

    public init(
        job: String, commitment: ContentHash, audit: OneRunAudit, score: Score, reports: Int, tokens: Int
    ) {
        self.job = job
        self.commitment = commitment
        self.audit = audit
        self.score = score
        self.reports = reports
        self.tokens = tokens
        rule = Self.standardRule
    }
}

/// What opens a ``CanaryPlan``'s commitment.
public struct CanaryOpening: Sendable, Hashable, Codable {
    /// 32 random bytes, hexadecimal: without them the few coins of a small audit could be guessed from their hash.
    public var salt: String
    /// A bit a canary, the first one the highest of the first byte, hexadecimal; set where the canary is trained on.
    public var coins: String
    /// SHA-256 of the file with the canaries.
    public var canaries: ContentHash

    public init(salt: Data, included: [Bool], canaries: ContentHash) {
        var bits = Data(count: (included.count + 7) / 8)
        for (index, isIn) in included.enumerated() where isIn { bits[index / 8] |= 0x80 >> UInt8(index % 8) }
        self.salt = salt.hexadecimal
        coins = bits.hexadecimal
        self.canaries = canaries
    }

    /// SHA-256 of `consilium canaries v1`, a line feed and this value's canonical JSON.
    public var commitment: ContentHash {
        get throws { ContentHash(of: Data("consilium canaries v1\n".utf8) + (try CanonicalJSON.encode(self))) }
    }

    /// The coins of `count` canaries; `nil` if this value has another number of them.
    public func included(count: Int) -> [Bool]? {
        guard let bits = Data(hexadecimal: coins), count >= 0, bits.count == (count + 7) / 8 else { return nil }
        let flags = (0..<bits.count * 8).map { bits[$0 / 8] & (0x80 >> UInt8($0 % 8)) != 0 }
        return flags[count...].contains(true) ? nil : Array(flags[..<count])
    }
}

/// The end of an empirical audit: the coins, and what the scores show. A row of the ledger.
public struct CanaryResult: Sendable, Hashable, Codable {
    /// The sequence number of the plan's row.
    public var plan: Int
    public var opening: CanaryOpening
    /// The hash of what was scored: of the adapter, or of the clinic's updates added up.
    public var subject: ContentHash
    /// SHA-256 of the file with the scores, from which anyone can count the right guesses again.
    public var scores: ContentHash
    public var outcome: CanaryOutcome

    public init(
        plan: Int, opening: CanaryOpening, subject: ContentHash, scores: ContentHash, outcome: CanaryOutcome
    ) {
        self.plan = plan
        self.opening = opening
        self.subject = subject
        self.scores = scores
        self.outcome = outcome
    }
}
