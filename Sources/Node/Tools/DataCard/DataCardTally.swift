internal import Deidentification
internal import Foundation
internal import Reports

/// Counts for a data card, before small ones are hidden.
struct DataCardTally {
    private let site: SiteConfiguration
    private let catalog: SectionCatalog
    private let terms: ClinicalTerms

    private var formats: [String: Int] = [:]
    private var statuses: [String: Int] = [:]
    private var kinds: [String: Int] = [:]
    private var years: [String: Int] = [:]
    private var languages: [String: Int] = [:]
    private var sections: [String: Int] = [:]
    private var mentions: [String: Int] = [:]
    private var replaced: [String: Int] = [:]
    private var policies: Set<String> = []
    private var lengths: [Int] = []
    private var perPatient: [PatientPseudonym: Int] = [:]
    var examples: [String: Int] = [:]

    init(site: SiteConfiguration, terms: ClinicalTerms) {
        self.site = site
        self.terms = terms
        catalog = (try? site.sectionCatalog()) ?? .standard
    }

    mutating func add(_ stored: StoredReport) {
        let report = stored.report
        formats[report.source.format.rawValue, default: 0] += 1
        statuses[stored.status.rawValue, default: 0] += 1
        kinds[report.kind ?? "not given", default: 0] += 1
        years[Self.year(of: report.date) ?? "not given", default: 0] += 1
        languages[TextLanguage.of(report.text), default: 0] += 1
        lengths.append(report.text.split(whereSeparator: \.isWhitespace).count)
        if let patient = stored.patient { perPatient[patient, default: 0] += 1 }
    }

    mutating func add(_ report: DeidentifiedReport) {
        policies.insert("\(report.receipt.policyName) version \(report.receipt.policyVersion)")
        for (label, count) in report.receipt.counts { replaced[label.rawValue, default: 0] += count }
        for kind in ReportSections(of: report.text, catalog: catalog).kinds { sections[kind.rawValue, default: 0] += 1 }
        for kind in Set(terms.matches(in: report.text).map(\.kind)) { mentions[kind.rawValue, default: 0] += 1 }
    }

    /// Kinds that may not be shown are counted as “not shown”.
    mutating func showKinds(_ mayShow: (String) -> Bool) {
        var shown: [String: Int] = [:]
        for (kind, count) in kinds {
            shown[kind == "not given" || mayShow(kind) ? kind : "not shown", default: 0] += count
        }
        kinds = shown
    }

    func card(
        clinic: String, used: [String], parts: [String: Int], own: DuplicateFilter.Counts, across: Int,
        files: [String: Int]
    ) -> DataCard {
        var sizes: [String: Int] = [:]
        for count in perPatient.values {
            let size =
                count == 1 ? "1" : count < 5 ? "2 to 4" : count < 10 ? "5 to 9" : count < 50 ? "10 to 49" : "50 or more"
            sizes[size, default: 0] += 1
        }
        return DataCard(
            clinic: clinic, reports: SuppressedCount(lengths.count), patients: SuppressedCount(perPatient.count),
            reportsPerPatient: SuppressedTable(parts: sizes), byFormat: SuppressedTable(parts: formats),
            byStatus: SuppressedTable(parts: statuses), byKind: SuppressedTable(parts: kinds),
            byYear: SuppressedTable(parts: years), byLanguage: SuppressedTable(parts: languages), lengths: quantiles,
            sections: SuppressedTable(overlapping: sections), terms: SuppressedTable(overlapping: mentions),
            examples: DataCard.Examples(
                byTemplate: SuppressedTable(overlapping: examples), used: used,
                duplicates: SuppressedCount(own.duplicates), nearDuplicates: SuppressedCount(own.nearDuplicates),
                repeatedAcrossPatients: SuppressedCount(across)),
            patientsByPart: SuppressedTable(parts: parts),
            deidentification: DataCard.Deidentification(
                policies: policies.sorted(), replaced: SuppressedTable(overlapping: replaced)),
            terminology: files)
    }

    private var quantiles: DataCard.Lengths? {
        guard lengths.count >= SuppressedCount.smallest else { return nil }
        let sorted = lengths.sorted()
        func rounded(_ share: Double) -> Int {
            let words = sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
            return (words + 5) / 10 * 10
        }
        return DataCard.Lengths(medianWords: rounded(0.5), nineInTenWords: rounded(0.9))
    }

    private static func year(of date: String?) -> String? {
        guard let year = date?.prefix(4), year.utf8.count == 4, let number = Int(year), (1900...2100).contains(number)
        else {
            return nil
        }
        return String(year)
    }
}

/// The language of a text by its commonest words; English and Spanish are told, any other is “other”.
enum TextLanguage {
    private static let english: Set<Substring> = [
        "the", "of", "and", "is", "was", "with", "for", "to", "in", "patient", "no", "are", "were", "has", "this",
    ]
    private static let spanish: Set<Substring> = [
        "de", "la", "el", "que", "los", "las", "con", "por", "del", "se", "una", "paciente", "sin", "para", "al",
    ]

    static func of(_ text: String) -> String {
        var first = 0, second = 0, words = 0
        for word in text.prefix(4000).lowercased().split(whereSeparator: { !$0.isLetter }) {
            words += 1
            if english.contains(word) { first += 1 }
            if spanish.contains(word) { second += 1 }
        }
        let most = max(first, second)
        // A table of values has no language.
        guard words >= 5, most * 20 >= words, first != second else { return "not told" }
        return first > second ? "English" : "Spanish"
    }
}
