extension Deidentifier {
    /// Whether a receipt was written under this very policy and these very rules. A text with an older receipt has to be
    /// de-identified again before it is used.
    public func isCurrent(_ receipt: DeidentificationReceipt) -> Bool {
        receipt.policyName == policy.name && receipt.policyVersion == policy.version
            && receipt.ruleVersion == RuleScanner.version && receipt.reviewBelow == policy.reviewBelow
    }
}
