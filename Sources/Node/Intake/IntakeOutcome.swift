internal import ConsiliumCore
internal import Deidentification
public import Reports

/// What an import and the de-identification after it did. Counts, files and reasons; never a report's text.
public struct IntakeOutcome: Codable, Sendable {
    /// Counts by what came of the de-identification.
    public struct Deidentified: Codable, Sendable, Equatable {
        public var clean = 0
        public var review = 0
        public var quarantined = 0
        /// Why reports are held back, with counts.
        public var reasons: [String: Int] = [:]
        /// Replaced identifiers, by label.
        public var replaced: [String: Int] = [:]
        /// Reports among them that had been de-identified before and were again, because a value that became known later
        /// occurs in them.
        public var searchedAgain = 0

        mutating func add(_ result: DeidentificationRun.Result) {
            switch result.status {
            case .clean: clean += 1
            case .review: review += 1
            case .quarantine: quarantined += 1
            }
            if result.status != .clean { for reason in Set(result.reasons) { reasons[reason, default: 0] += 1 } }
            for (label, count) in result.counts { replaced[label.rawValue, default: 0] += count }
            if result.isRescan { searchedAgain += 1 }
        }
    }

    public var imported: ImportSummary
    public var deidentified: Deidentified
    public var vault: VaultCounts

    public var hasRejections: Bool { imported.rejectedCount > 0 }

    public var line: String {
        let held = deidentified.review + deidentified.quarantined + imported.quarantinedCount
        return
            "\(imported.reports) reports, \(deidentified.clean) de-identified, \(held) held back, \(imported.rejectedCount) rejected; "
            + "\(deidentified.replaced.values.reduce(0, +)) identifiers replaced"
    }

    public var text: String {
        var lines = [
            "\(imported.files) files, \(imported.reports) reports: \(imported.new) new, \(imported.changed) changed, "
                + "\(imported.unchanged) unchanged"
        ]
        let formats = imported.byFormat.sorted { $0.key.rawValue < $1.key.rawValue }.map {
            "\($0.key.rawValue) \($0.value)"
        }
        if !formats.isEmpty { lines.append("by format: " + formats.joined(separator: ", ")) }
        lines.append(
            "de-identified: \(deidentified.clean) clean, \(deidentified.review) for review, \(deidentified.quarantined) quarantined"
        )
        if deidentified.searchedAgain > 0 {
            lines.append(
                "\(deidentified.searchedAgain) of them again, because other records of the same patients brought more to search for"
            )
        }
        for (reason, count) in deidentified.reasons.sorted(by: { $0.key < $1.key }) {
            lines.append("  \(count) × \(reason)")
        }
        let labels = deidentified.replaced.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" }
        if !labels.isEmpty { lines.append("replaced: " + labels.joined(separator: ", ")) }
        if imported.quarantinedCount > 0 {
            lines.append(
                "\(imported.quarantinedCount) reports name no patient and are quarantined; see reports.patientKeyFallback in node.yaml"
            )
        }
        if imported.rejectedCount > 0 {
            lines.append("\(imported.rejectedCount) records rejected:")
            for rejection in imported.rejected.prefix(20) {
                let place = rejection.locator.isEmpty ? rejection.file : "\(rejection.file) \(rejection.locator)"
                lines.append("  \(place): \(rejection.sentence)")
            }
            if imported.rejectedCount > 20 {
                lines.append("  … and \(imported.rejectedCount - 20) more (all with --rejections FILE)")
            }
        }
        if imported.skippedCount > 0 {
            lines.append(
                "\(imported.skippedCount) hidden files, links or devices passed over (listed with --json or --rejections FILE)"
            )
        }
        let statuses = vault.byStatus.sorted { $0.key.rawValue < $1.key.rawValue }.map {
            "\($0.value) \($0.key.rawValue)"
        }
        lines.append(
            "vault: \(vault.total) reports of \(vault.patients) patients (" + statuses.joined(separator: ", ") + ")")
        return lines.joined(separator: "\n")
    }
}
