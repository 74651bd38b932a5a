public import ConsiliumCore
public import Foundation

/// The proof that a text went through a policy, kept beside the text it speaks of. It holds nothing of the input.
public struct DeidentificationReceipt: Codable, Sendable, Equatable {
    /// Who approved a text that had to be looked at, and how much that person changed.
    public struct Review: Codable, Sendable, Equatable {
        /// As given by the reviewer; not authenticated.
        public let reviewer: String
        /// When, in whole seconds.
        public let date: Date
        /// Spans that the reviewer added, and found ones whose text the reviewer restored.
        public let added: Int
        public let removed: Int

        public init(reviewer: String, date: Date, added: Int, removed: Int) {
            self.reviewer = reviewer
            self.date = Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down))
            self.added = added
            self.removed = removed
        }
    }

    /// The policy's name, such as `safe-harbor`.
    public let policyName: String
    /// The policy's version.
    public let policyVersion: Int
    /// The version of the rules and word lists that were built in.
    public let ruleVersion: String
    /// The certainty below which a text went to review: the policy's, or what the clinic's reviews made of it.
    public let reviewBelow: Double
    /// Names the taggers and their thresholds; another name for others.
    public let detection: String
    /// HMAC-SHA256 of the input under the clinic's key. Without the key it tells nothing, not even for a guessed input.
    public let inputTag: ContentHash
    /// SHA-256 of the UTF-8 of the output text.
    public let output: ContentHash
    /// How many spans of each kind were replaced. Kinds that did not occur are absent.
    public let counts: [IdentifierLabel: Int]
    /// What the checks, or the person of ``review``, decided.
    public let status: DeidentificationStatus
    /// By the tagger's probabilities, how likely it is that no identifier was overlooked; `nil` if nothing told.
    public let certainty: Double?
    /// When, in whole seconds.
    public let date: Date
    /// `nil` unless a person approved the text.
    public let review: Review?

    init(
        policyName: String, policyVersion: Int, ruleVersion: String, reviewBelow: Double, detection: String,
        inputTag: ContentHash, output: ContentHash, counts: [IdentifierLabel: Int], status: DeidentificationStatus,
        certainty: Double? = nil, date: Date, review: Review? = nil
    ) {
        self.policyName = policyName
        self.policyVersion = policyVersion
        self.ruleVersion = ruleVersion
        self.reviewBelow = reviewBelow
        self.detection = detection
        self.inputTag = inputTag
        self.output = output
        self.counts = counts
        self.status = status
        self.certainty = certainty
        self.date = Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down))
        self.review = review
    }

    /// The receipt of the same text, which is not to be used until a person has looked at it again.
    public func held() -> DeidentificationReceipt {
        DeidentificationReceipt(
            policyName: policyName, policyVersion: policyVersion, ruleVersion: ruleVersion, reviewBelow: reviewBelow,
            detection: detection, inputTag: inputTag, output: output, counts: counts, status: .review,
            certainty: certainty, date: date, review: nil)
    }
}
