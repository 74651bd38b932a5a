internal import ConsiliumCore
public import Federation
public import Foundation
internal import Identity

/// The data card of a released adapter (Gebru et al. 2021): what it was trained on, in counts alone.
///
/// The signed job says how examples were made. How many reports there were only the clinics know: each may hand over the
/// card that `consilium-node data-card --json` prints, in which small numbers are hidden already.
public struct ReleasedDataCard: Sendable {
    /// A number that a clinic's card shows, or hides because it is small.
    public struct Count: Decodable, Sendable, Equatable {
        public static let smallest = 10
        public let shown: Int?

        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            let number = try? container.decode(Int.self)
            guard
                number.map({ $0 == 0 || $0 >= Self.smallest })
                    ?? ((try? container.decode(String.self)) == "<\(Self.smallest)")
            else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "a number that should be hidden")
            }
            shown = number
        }

        var text: String { shown.map(String.init) ?? "<\(Self.smallest)" }
    }

    public struct Table: Decodable, Sendable, Equatable {
        public struct Row: Decodable, Sendable, Equatable {
            public let name: String
            public let count: Count
        }

        public let rows: [Row]
    }

    /// The part of a clinic's card that goes into this one.
    public struct ClinicCounts: Decodable, Sendable, Equatable {
        public let clinic: String
        public let reports: Count
        public let patients: Count
        public let byKind: Table
        public let byLanguage: Table

        /// - Throws: ``AdminError`` `.invalidOption` for a file that is no data card, or shows numbers from 1 to 9.
        public static func load(from url: URL) throws -> ClinicCounts {
            let data = try DurableFile.read(url, limit: 1 << 20)
            guard let counts = try? JSONDecoder().decode(ClinicCounts.self, from: data) else {
                throw AdminError(
                    .invalidOption,
                    "\(url.lastPathComponent) is no data card of a clinic, or shows numbers from 1 to 9. Ask the clinic for what “consilium-node data-card --json” prints."
                )
            }
            return counts
        }
    }

    public let manifest: JobManifest
    public let exported: ModelExport.Exported
    public let clinics: [ClinicCounts]

    /// - Throws: ``AdminError`` `.invalidOption` for a card of a clinic that is not in the job, or two of one.
    public init(manifest: JobManifest, exported: ModelExport.Exported, clinics: [ClinicCounts]) throws {
        let admitted = Set(manifest.clinics.map(\.text))
        guard Set(clinics.map(\.clinic)).count == clinics.count, clinics.allSatisfy({ admitted.contains($0.clinic) })
        else {
            throw AdminError(
                .invalidOption, "The data cards must be of different clinics that the job admits. Leave out the others."
            )
        }
        self.manifest = manifest
        self.exported = exported
        self.clinics = clinics
    }

    public var markdown: String {
        let recipe = manifest.recipe
        var lines = [
            "# Data card: \(ModelCard.line(manifest.title))", "",
            "What the adapter with the SHA-256 `\(exported.adapter)` was trained on. Counts only: no text, no identifier, no numbers from 1 to 9, no names of clinics.",
            "", "## Where the data are", "",
            "- Clinical reports of \(manifest.clinics.count) clinics. They never left them; nobody outside has seen one, the writer of this card neither.",
            "- De-identified before use, by each clinic's policy; reports that were in doubt were looked at by a person or left out.",
            "- \(exported.round) rounds; clinics in the average of each: \(exported.participants.map(String.init).joined(separator: ", ")).",
            "", "## How examples were made", "",
            "- Objective `\(recipe.objective.rawValue)`, at most \(recipe.sequenceLength) tokens a sequence.",
            "- Split by patient: a patient's reports are either trained on or held out.", "", "## How many there were",
            "",
        ]
        if clinics.isEmpty {
            lines.append(
                "Not told: no clinic handed over its counts. `consilium-node data-card` prints them in the clinic.")
        } else {
            lines += ["| clinic | reports | patients |", "|---|---:|---:|"]
            let ordered = clinics.sorted { ($0.reports.shown ?? 0, $1.clinic) > ($1.reports.shown ?? 0, $0.clinic) }
            lines += ordered.enumerated().map { "| \($0 + 1) | \($1.reports.text) | \($1.patients.text) |" }
            if clinics.allSatisfy({ $0.reports.shown != nil && $0.patients.shown != nil }) {
                let reports = clinics.reduce(0) { $0 + ($1.reports.shown ?? 0) }
                let patients = clinics.reduce(0) { $0 + ($1.patients.shown ?? 0) }
                lines.append("| together | \(reports) | \(patients) |")
            }
            if clinics.count < manifest.clinics.count {
                lines += ["", "\(manifest.clinics.count - clinics.count) clinics did not hand over their counts."]
            }
            lines += table("Kinds of reports", clinics.map(\.byKind)) + table("Languages", clinics.map(\.byLanguage))
        }
        lines += [
            "", "## What to keep in mind", "",
            "- A patient who was in two clinics is counted twice.",
            "- Reports are what was written in routine care: their errors and habits are in the adapter.", "",
        ]
        return lines.joined(separator: "\n")
    }

    /// Sums of what the cards show; a hidden number adds nothing, so that none can be found by subtraction.
    private func table(_ title: String, _ tables: [Table]) -> [String] {
        var sums: [String: Int] = [:]
        for row in tables.flatMap(\.rows) { sums[row.name, default: 0] += row.count.shown ?? 0 }
        let rows = sums.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        guard !rows.isEmpty else { return [] }
        return ["", "| \(title) | at least |", "|---|---:|"]
            + rows.map { "| \(ModelCard.line($0.key).replacing("|", with: "/")) | \($0.value) |" }
    }
}
