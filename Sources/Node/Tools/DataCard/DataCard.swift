/// What a clinic's data are, in counts: no text, no identifiers, no small numbers. It may be shown to the consortium.
public struct DataCard: Sendable, Equatable, Codable {
    public struct Lengths: Sendable, Equatable, Codable {
        /// Words of half of the reports, and of nine in ten, at most; rounded to tens.
        public var medianWords: Int
        public var nineInTenWords: Int
    }

    public struct Examples: Sendable, Equatable, Codable {
        /// Examples by template, without those left out as duplicates. Templates that are built in but not used are told too.
        public var byTemplate: SuppressedTable
        /// The templates that training uses.
        public var used: [String]
        /// Left out: word for word, and nearly, what the same patient's reports said before.
        public var duplicates: SuppressedCount
        public var nearDuplicates: SuppressedCount
        /// The same across patients. Left out only if “examples.duplicates” is clinic, and never under differential privacy.
        public var repeatedAcrossPatients: SuppressedCount
    }

    public struct Deidentification: Sendable, Equatable, Codable {
        public var policies: [String]
        public var replaced: SuppressedTable
    }

    public var clinic: String
    public var reports: SuppressedCount
    public var patients: SuppressedCount
    public var reportsPerPatient: SuppressedTable
    public var byFormat: SuppressedTable
    /// Waiting, de-identified, in review, quarantined.
    public var byStatus: SuppressedTable
    public var byKind: SuppressedTable
    public var byYear: SuppressedTable
    public var byLanguage: SuppressedTable
    /// `nil` for fewer than ten reports.
    public var lengths: Lengths?
    /// Reports with each section.
    public var sections: SuppressedTable
    /// Reports that mention a drug, a finding, a procedure.
    public var terms: SuppressedTable
    public var examples: Examples
    public var patientsByPart: SuppressedTable
    public var deidentification: Deidentification
    /// What the clinic's terminology files brought, by file.
    public var terminology: [String: Int]

    /// For people, as Markdown.
    public var text: String {
        var lines = ["# Data card: \(clinic)", ""]
        lines.append("\(reports) reports of \(patients) patients. Counts only; numbers from 1 to 9 are not shown.")
        if let lengths {
            lines.append(
                "Half of the reports have at most \(lengths.medianWords) words, nine in ten at most \(lengths.nineInTenWords)."
            )
        }
        func table(_ title: String, _ table: SuppressedTable) {
            guard !table.rows.isEmpty else { return }
            lines += ["", "## \(title)", "", "| | number |", "|---|---:|"]
            lines += table.rows.map { "| \($0.name) | \($0.count) |" }
        }
        table("Reports by state", byStatus)
        table("Reports by format", byFormat)
        table("Reports by kind", byKind)
        table("Reports by year", byYear)
        table("Reports by language", byLanguage)
        table("Patients by number of reports", reportsPerPatient)
        table("Patients by part", patientsByPart)
        table("Reports with each section", sections)
        table("Reports with terms", terms)
        table("Examples by template", examples.byTemplate)
        lines += [
            "",
            "Used for training: \(examples.used.joined(separator: ", ")). Left out as a patient's duplicates: "
                + "\(examples.duplicates), near-duplicates: \(examples.nearDuplicates). Repeated across patients: "
                + "\(examples.repeatedAcrossPatients).",
        ]
        table("Replaced identifiers", deidentification.replaced)
        if !deidentification.policies.isEmpty {
            lines += ["", "De-identified by: \(deidentification.policies.joined(separator: ", "))."]
        }
        for (file, terms) in terminology.sorted(by: { $0.key < $1.key }) {
            lines += ["", "\(file): \(terms) terms loaded."]
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
