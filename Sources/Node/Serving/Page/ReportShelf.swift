internal import ConsiliumCore
internal import Deidentification
internal import Foundation
internal import Reports

/// The clinic's own reports, for the page to choose from: those that may be used, and of these the de-identified text alone.
///
/// Nobody can leaf through it: a report is found by its patient's number.
struct ReportShelf: Sendable {
    struct Entry: Sendable, Equatable, Encodable {
        var id: String
        /// Date and kind, as far as the record had them.
        var title: String
    }

    private let vault: Vault
    private let key: VaultKey

    static let mostEntries = 200
    /// What is said beside a report that was chosen.
    static let note = "De-identified: names, numbers and dates in it are not the patient's own."

    init(vault: Vault, key: VaultKey) {
        self.vault = vault
        self.key = key
    }

    /// - Parameters:
    ///   - patient: the number under which the clinic knows the patient.
    ///   - filter: words that date and kind must have, such as `2024-03 ct`; may be empty.
    /// - Throws: ``NodeError`` `.badInput` if there is no number, or no such report. The message is the same for a patient
    ///   that is not known and one without reports.
    func reports(ofPatient patient: String, filter: String) throws -> [Entry] {
        guard patient.utf8.count <= 200, let pseudonym = key.pseudonym(ofPatientKey: patient) else {
            throw NodeError(.badInput, "Give the patient's number, as the clinic's records have it.")
        }
        let words = filter.lowercased().split(whereSeparator: \.isWhitespace)
        let entries = try vault.deidentified(of: pseudonym, limit: Self.mostEntries).map { listing in
            Entry(
                id: listing.id.hex,
                title: "\(listing.date ?? "without a date") · \(listing.kind.map { String($0.prefix(60)) } ?? "report")"
            )
        }.filter { entry in words.allSatisfy { entry.title.lowercased().contains($0) } }
        guard !entries.isEmpty else {
            throw NodeError(
                .badInput, "There is no approved report of this patient here with that date and kind.")
        }
        return entries
    }

    /// - Throws: ``NodeError`` `.badInput` for a report that is not, or no longer, to be used.
    func text(_ id: String) throws -> String {
        guard let id = try? ContentHash(hex: id), let report = try vault.deidentified(id) else {
            throw NodeError(.badInput, "This report is not here any more. Search again.")
        }
        return report.text
    }
}
