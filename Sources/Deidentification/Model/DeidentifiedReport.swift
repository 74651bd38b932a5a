internal import ConsiliumCore
internal import Foundation

/// A text that went through ``Deidentifier``, with its receipt. Nothing else can make one, so a function that takes a
/// `DeidentifiedReport` can't be given a raw text.
public struct DeidentifiedReport: Sendable, Equatable {
    /// The text with every found identifier replaced.
    public let text: String
    /// What was done to it.
    public let receipt: DeidentificationReceipt

    init(text: String, receipt: DeidentificationReceipt) {
        self.text = text
        self.receipt = receipt
    }

    /// Makes a report again from what a vault stored.
    ///
    /// It promises that the text is the very text the receipt was written for. It can't tell who wrote the receipt: the
    /// vault must be authenticated storage.
    /// - Throws: ``DeidentificationError`` `.receiptMismatch` if the text is another one, `.notClean` if the receipt's
    ///   status is not ``DeidentificationStatus/clean``.
    public static func restore(text: String, receipt: DeidentificationReceipt) throws -> DeidentifiedReport {
        guard ContentHash(of: Data(text.utf8)) == receipt.output else {
            throw DeidentificationError(
                .receiptMismatch,
                "This text is not the one its receipt was written for. Import and de-identify the report again.")
        }
        guard receipt.status == .clean else {
            throw DeidentificationError(
                .notClean,
                "This report has the status “\(receipt.status.rawValue)”; only clean ones can be used. Review it first."
            )
        }
        return DeidentifiedReport(text: text, receipt: receipt)
    }
}
