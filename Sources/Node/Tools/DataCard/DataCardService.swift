public import ConsiliumCore
internal import Deidentification
public import Foundation
internal import Reports

/// `consilium-node data-card`: reads the whole vault and counts.
public enum DataCardService {
    /// - Throws: what concerns the vault, the site configuration or its terminology files.
    public static func card(_ services: NodeServices, progress: ProgressHandler = { _ in }) throws -> DataCard {
        let vault = try services.vault()
        let total = Double(try vault.counts().total)
        var files: [String: Int] = [:]
        let terms = try services.site.terms { files[$0] = $1.terms }
        var tally = DataCardTally(site: services.site, terms: terms)
        var done = 0.0
        func tell(_ activity: String) {
            done += 1
            progress(ProgressUpdate(activity: activity, completed: done, total: total, unit: "reports"))
        }
        var kinds: [String: Set<PatientPseudonym>] = [:]
        try vault.forEachReport { stored in
            tally.add(stored)
            if let kind = stored.report.kind, let patient = stored.patient { kinds[kind, default: []].insert(patient) }
            tell("count reports")
        }
        let deidentifier = try services.deidentifier(vault)
        // A kind is text of the record: it is shown only where many patients have it and nothing in it identifies.
        tally.showKinds { kind in
            let patients = kinds[kind]?.count ?? 0
            guard patients >= SuppressedCount.smallest, kind.utf8.count <= 40, !kind.contains(where: \.isNumber) else {
                return false
            }
            let result = try? deidentifier.deidentify(text: kind, known: [], patient: nil)
            return result?.spans.isEmpty == true
        }
        done = 0
        var filters = Filters(scope: services.site.duplicateScope(isPrivate: true))
        let maker = try ExampleMaker(
            templates: services.site.examples.templates + unused(services.site), catalog: services.site.sectionCatalog()
        )
        var patients: Set<PatientPseudonym> = []
        try vault.forEachDeidentified { id, report, patient in
            patients.insert(patient)
            tally.add(report)
            let kind = maker.needsKinds ? try vault.report(id)?.report.kind : nil
            for example in maker.examples(of: report, patient: patient, kind: kind) where filters.admit(example) {
                tally.examples[example.template, default: 0] += 1
            }
            tell("count examples")
        }
        var parts: [String: Int] = [:]
        if !patients.isEmpty {
            let split = try PatientSplit(patients: patients, key: services.vaultKey().splitting)
            for part in PatientSplit.Part.allCases { parts[part.rawValue] = split.patients(in: part).count }
        }
        return tally.card(
            clinic: services.site.clinic.name, used: services.site.examples.templates.map(\.name), parts: parts,
            own: filters.own.counts, across: filters.across, files: files)
    }

    /// Writes the card as Markdown.
    /// - Throws: ``CoreError`` if the file can't be written.
    public static func write(_ card: DataCard, to file: URL) throws {
        try DurableFile.write(Data(card.text.utf8), to: file, permissions: 0o644)
    }

    private static func unused(_ site: SiteConfiguration) -> [ExampleTemplate] {
        let names = Set(site.examples.templates.map(\.name))
        return ExampleTemplate.builtIn.filter { !names.contains($0.name) }
    }

    private struct Filters {
        var own: DuplicateFilter
        private var clinic = DuplicateFilter(scope: .clinic)
        var across = 0

        init(scope: DuplicateFilter.Scope) { own = DuplicateFilter(scope: scope) }

        mutating func admit(_ example: TrainingExample) -> Bool {
            let isKept = own.admit(example) == .kept
            if clinic.admit(example) != .kept, isKept { across += 1 }
            return isKept
        }
    }
}
