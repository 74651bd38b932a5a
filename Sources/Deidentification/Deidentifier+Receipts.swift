internal import ConsiliumCore
internal import Foundation

extension Deidentifier {
    /// Whether a receipt was written under this very policy, these very rules, taggers and thresholds. A text with another
    /// receipt has to be de-identified again before it is used.
    public func isCurrent(_ receipt: DeidentificationReceipt) -> Bool {
        receipt.policyName == policy.name && receipt.policyVersion == policy.version
            && receipt.ruleVersion == RuleScanner.version && receipt.reviewBelow == policy.reviewBelow
            && receipt.detection == detection
    }
}

extension TaggerSet {
    /// Twelve digits that change with the taggers and with any of their thresholds.
    func fingerprint() throws -> String {
        var bytes = Data()
        for language in languages {
            bytes.append(Data("\(language) \(self[language]?.model.buckets.count ?? 0) ".utf8))
            self[language]?.model.weights.withUnsafeBytes { bytes.append(ContentHash(of: Data($0)).bytes) }
            let limits = thresholds(language)
            bytes.append(try CanonicalJSON.encode(limits))
        }
        return ContentHash(of: bytes).short
    }
}
