public import ConsiliumCore
public import Foundation

/// The proof that a text went through a policy, kept beside the text it speaks of. It holds nothing of the input.
public struct DeidentificationReceipt: Codable, Sendable, Equatable {
    /// The policy's name, such as `safe-harbor`.
    public let policyName: String
    /// The policy's version.
    public let policyVersion: Int
    /// The version of the rules and word lists that were built in.
    public let ruleVersion: String
    /// HMAC-SHA256 of the input under the clinic's key. Without the key it tells nothing, not even for a guessed input.
    public let inputTag: ContentHash
    /// SHA-256 of the UTF-8 of the output text.
    public let output: ContentHash
    /// How many spans of each kind were replaced. Kinds that did not occur are absent.
    public let counts: [IdentifierLabel: Int]
    /// What the checks decided.
    public let status: DeidentificationStatus
    /// When, in whole seconds.
    public let date: Date

    init(
        policyName: String, policyVersion: Int, ruleVersion: String, inputTag: ContentHash, output: ContentHash,
        counts: [IdentifierLabel: Int], status: DeidentificationStatus, date: Date
    ) {
        self.policyName = policyName
        self.policyVersion = policyVersion
        self.ruleVersion = ruleVersion
        self.inputTag = inputTag
        self.output = output
        self.counts = counts
        self.status = status
        self.date = Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down))
    }
}
