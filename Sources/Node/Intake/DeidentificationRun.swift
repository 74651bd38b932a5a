internal import ConsiliumCore
internal import Deidentification
internal import Foundation
internal import Reports

/// De-identifies what waits in a vault: new reports, those with an older receipt, and those in which values that became
/// known later occur.
///
/// All records of a patient help each other: the identifiers of each, and names that are certain in one note, are searched
/// in all. A person's decisions are kept: what was approved stays approved as corrected, what an audit took out of use stays
/// out of use.
struct DeidentificationRun {
    /// What became of one report.
    struct Result {
        var status: DeidentificationStatus
        var reasons: [String]
        var counts: [IdentifierLabel: Int]
        /// It had been de-identified before, and another record of the patient brought a value that occurs in it.
        var isRescan: Bool
    }

    private struct Work: Sendable {
        var stored: StoredReport
        var known: [KnownIdentifier]
        /// Without what came from texts and may be a mistake.
        var certain: [KnownIdentifier]
        var knownUpTo: Int64
        var decisionNumber: Int64
        var decision: ReviewDecision?
    }

    private struct Done: Sendable {
        var toStore: ResultToStore
        var names: [KnownIdentifier]
    }

    private let vault: Vault
    private let deidentifier: Deidentifier
    private let loadClassifier: () throws -> TokenClassifier?
    private let threads: Int
    private let progress: ProgressHandler
    private var loaded: TokenClassifier??
    private(set) var results: [ContentHash: Result] = [:]
    private var known: [PatientPseudonym: (known: [KnownIdentifier], certain: [KnownIdentifier], upTo: Int64)] = [:]

    init(
        _ vault: Vault, _ deidentifier: Deidentifier, classifier: @escaping () throws -> TokenClassifier?, threads: Int,
        progress: @escaping ProgressHandler
    ) {
        self.vault = vault
        self.deidentifier = deidentifier
        loadClassifier = classifier
        self.threads = threads
        self.progress = progress
    }

    /// Loaded only when there is something for it to read: it takes seconds and a gigabyte.
    private mutating func classifier() throws -> TokenClassifier? {
        if let loaded { return loaded }
        let classifier = try loadClassifier()
        loaded = .some(classifier)
        return classifier
    }

    /// Values found in one report may occur in another and lead to further ones; after this many rounds it is left to the
    /// next import.
    private static let rounds = 4

    mutating func run() throws {
        try deidentify(try vault.pending(deidentifier.isCurrent), isRescan: false)
        for _ in 0..<Self.rounds {
            let affected = try affectedByNewIdentifiers()
            if affected.isEmpty { return }
            try deidentify(affected, isRescan: true)
        }
    }

    /// Reports in which values occur that became known after they were de-identified.
    private mutating func affectedByNewIdentifiers() throws -> [ContentHash] {
        let behind = try vault.behindOnIdentifiers()
        var affected: [ContentHash] = []
        for start in stride(from: 0, to: behind.count, by: 256) {
            var searched: [(id: ContentHash, upTo: Int64)] = []
            for (id, knownUpTo) in behind[start..<min(start + 256, behind.count)] {
                guard let entry = try vault.reviewEntry(id), let patient = entry.stored.patient else { continue }
                let new = try vault.knownIdentifiers(of: patient, after: knownUpTo)
                if deidentifier.occurs(new.known, in: entry.stored.report.text, outside: entry.findings.spans) {
                    affected.append(id)
                } else {
                    searched.append((id, new.upTo))
                }
            }
            try vault.markSearched(searched)
        }
        return affected
    }

    private mutating func deidentify(_ ids: [ContentHash], isRescan: Bool) throws {
        guard !ids.isEmpty else { return }
        let classifier = try classifier()
        let size = 64 * threads
        for start in stride(from: 0, to: ids.count, by: size) {
            let batch = Array(ids[start..<min(start + size, ids.count)])
            let work = try collect(batch)
            let deidentifier = deidentifier
            let done = try OrderedWork.map(work, threads: threads) { try Self.process($0, deidentifier, classifier) }
            try vault.store(done.map(\.toStore))
            try remember(zip(work, done).map { ($0.stored, $1.names) }, areFound: true)
            for item in done {
                let result = item.toStore.result
                results[item.toStore.id] = Result(
                    status: result.status, reasons: result.reasons, counts: result.receipt.counts, isRescan: isRescan)
            }
            progress(
                ProgressUpdate(
                    activity: isRescan ? "search again" : "de-identify", completed: Double(start + batch.count),
                    total: Double(ids.count), unit: "reports"))
        }
    }

    private mutating func collect(_ ids: [ContentHash]) throws -> [Work] {
        var reports: [StoredReport] = []
        for id in ids {
            if let stored = try vault.report(id), stored.patient != nil { reports.append(stored) }
        }
        try remember(reports.map { ($0, $0.report.knownIdentifiers) }, areFound: false)
        return try reports.compactMap { stored in
            guard let patient = stored.patient else { return nil }
            let all = try known[patient] ?? values(of: patient)
            known[patient] = all
            let (number, decision) = try vault.newestDecision(of: stored.report.id)
            // The record's own values are searched even where the patient has more than the vault keeps.
            let own = stored.report.knownIdentifiers.filter { !all.known.contains($0) }
            return Work(
                stored: stored, known: all.known + own, certain: all.certain + own, knownUpTo: all.upTo,
                decisionNumber: number, decision: decision)
        }
    }

    private func values(of patient: PatientPseudonym) throws -> (
        known: [KnownIdentifier], certain: [KnownIdentifier], upTo: Int64
    ) {
        let all = try vault.knownIdentifiers(of: patient)
        return (all.known, try vault.knownIdentifiers(of: patient, includingFound: false).known, all.upTo)
    }

    private mutating func remember(_ values: [(StoredReport, [KnownIdentifier])], areFound: Bool) throws {
        let named = values.compactMap { stored, known in stored.patient.map { (patient: $0, known: known) } }
        guard try vault.remember(named, areFound: areFound) > 0 else { return }
        for (patient, known) in named where !known.isEmpty { self.known[patient] = nil }
    }

    private static func process(
        _ work: Work, _ deidentifier: Deidentifier, _ classifier: TokenClassifier?
    ) throws -> Done {
        let report = work.stored.report, patient = work.stored.patient?.hex
        var result = try deidentifier.deidentify(
            text: report.text, known: work.known, patient: patient,
            suggested: try classifier?.spans(in: report.text) ?? [])
        // What a person restored is no name.
        let restored = work.decision?.corrections.removed ?? []
        let names = deidentifier.distinctiveNames(
            in: report.text,
            spans: result.spans.filter { span in
                !restored.contains { $0.start == span.start && $0.end == span.end }
            })
        if let quality = report.quality, quality.needsReview {
            result = result.held(
                because:
                    "The text comes from a scan, and \(quality.lowConfidencePages.count) of its pages could not be read well."
            )
        }
        switch work.decision?.kind {
        case .approved:
            if let decision = work.decision {
                result = decision.carriedOver(to: result, work.certain, work.stored, deidentifier)
            }
        case .leaked: result = result.held(because: "An audit found an identifier in the text.")
        case .rejected, nil: break
        }
        let risk = ResidualRisk(
            result, characters: report.text.unicodeScalars.count, hasKnownIdentifiers: !work.known.isEmpty,
            quality: report.quality.map { $0.confidence / 100 })
        return Done(
            toStore: ResultToStore(
                id: report.id, result: result, risk: risk.value, knownUpTo: work.knownUpTo,
                decisionNumber: work.decisionNumber), names: names)
    }
}

extension ReviewDecision {
    /// The approval applied to a result of newer rules or more known identifiers.
    fileprivate func carriedOver(
        to result: DeidentificationResult, _ known: [KnownIdentifier], _ stored: StoredReport,
        _ deidentifier: Deidentifier
    ) -> DeidentificationResult {
        deidentifier.carryOver(
            DeidentificationReceipt.Review(
                reviewer: reviewer, date: date, added: corrections.added.count, removed: corrections.removed.count),
            approved: replaced, removed: corrections.removed, text: stored.report.text, result: result, known: known,
            patient: stored.patient?.hex)
    }
}
