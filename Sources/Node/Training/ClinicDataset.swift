internal import ConsiliumCore
internal import Deidentification
internal import Foundation
internal import Reports
internal import Tokenizers

/// A clinic's de-identified reports as tokens, split by patient.
///
/// Every document is `[begin] + tokens + [end]` where the tokenizer has those tokens. The order is that of the import, and the
/// patients are sorted by pseudonym, so that the same vault always gives the same dataset.
struct ClinicDataset: Sendable {
    struct Document: Sendable {
        let ids: [Int32]
        /// UTF-8 bytes of the text, for bits per byte.
        let bytes: Int
    }

    /// Documents of each patient, by part of the split.
    let train: [[Document]]
    let validation: [[Document]]
    let test: [[Document]]

    /// - Throws: ``NodeError`` `.tooFewPatients` if a split by patient is impossible.
    ///
    /// - Parameter isCurrent: whether a receipt is of the policy and rules in force; reports with older ones are left out until
    ///   “import” has de-identified them again.
    init(
        vault: Vault, splitKey: Data, tokenizer: Tokenizer, isCurrent: (DeidentificationReceipt) -> Bool = { _ in true }
    ) throws {
        var byPatient: [PatientPseudonym: [Document]] = [:]
        try vault.forEachDeidentified { _, report, patient in
            guard isCurrent(report.receipt) else { return }
            for example in TrainingExample.examples(of: report, patient: patient, kinds: [.text]) {
                var ids = try tokenizer.encode(example.response)
                if let begin = tokenizer.bosID { ids.insert(begin, at: 0) }
                if let end = tokenizer.eosID { ids.append(end) }
                byPatient[patient, default: []].append(Document(ids: ids, bytes: example.response.utf8.count))
            }
        }
        guard byPatient.count >= 3 else {
            throw NodeError(
                .tooFewPatients,
                "Only \(byPatient.count) patients have de-identified reports here; at least 3 are needed to train, tune and measure on "
                    + "different patients. Import more reports, or look at “consilium-node import” for why some are held back."
            )
        }
        let split = try PatientSplit(patients: byPatient.keys, key: splitKey)
        func part(_ part: PatientSplit.Part) -> [[Document]] {
            split.patients(in: part).compactMap { byPatient[$0] }
        }
        train = part(.train)
        validation = part(.validation)
        test = part(.test)
    }
}
