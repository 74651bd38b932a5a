internal import ConsiliumCore
internal import Foundation

/// A text that may be used: every check of ``Deidentifier`` passed, or a person approved it. Nothing else can make one, so
/// a function that takes a `DeidentifiedReport` can be given neither a raw text nor one that waits for review.
public struct DeidentifiedReport: Sendable, Equatable {
    /// The text with every found identifier replaced.
    public let text: String
    /// What was done to it, and by whom it was approved.
    public let receipt: DeidentificationReceipt

    /// - Returns: `nil` unless the receipt's status is ``DeidentificationStatus/clean``.
    init?(text: String, receipt: DeidentificationReceipt) {
        guard receipt.status == .clean else { return nil }
        self.text = text
        self.receipt = receipt
    }

    /// Makes a report again from what a vault stored.
    ///
    /// It promises that the receipt was written under the authority's key for this subject, and that the text is the very
    /// text it was written for.
    /// - Throws: ``DeidentificationError`` `.receiptForged`, `.receiptMismatch` if the text is another one, `.notClean` if
    ///   the text waits for a person or is quarantined.
    public static func restore(
        text: String, receipt: SealedReceipt, for subject: String, by authority: ReceiptAuthority
    ) throws -> DeidentifiedReport {
        let receipt = try authority.open(receipt, for: subject)
        guard ContentHash(of: Data(text.utf8)) == receipt.output else {
            throw DeidentificationError(
                .receiptMismatch,
                "This text is not the one its receipt was written for. Import and de-identify the report again.")
        }
        guard let report = DeidentifiedReport(text: text, receipt: receipt) else {
            throw DeidentificationError(
                .notClean,
                "This report has the status “\(receipt.status.rawValue)”; only clean ones can be used. Review it first."
            )
        }
        return report
    }
}
