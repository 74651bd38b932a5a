internal import ConsiliumCore
internal import Deidentification
public import Foundation
internal import Reports

/// Where a privacy officer decides about reports whose de-identification is unsure.
///
/// Every decision is recorded with its reviewer, and made on what the reviewer saw: if the report has changed since, the
/// decision is refused. Nothing of it leaves the clinic.
public struct ReviewDesk: Sendable {
    private let vault: Vault
    private let deidentifier: Deidentifier
    private let policy: DeidentificationPolicy
    private let now: @Sendable () -> Date

    public init(_ services: NodeServices, now: @escaping @Sendable () -> Date = { Date() }) throws {
        vault = try services.vault()
        deidentifier = try services.deidentifier(vault)
        policy = try DeidentificationPolicy.named(services.site.deidentification.policy)
        self.now = now
    }

    /// The riskiest first.
    /// - Parameter includingQuarantined: also reports that de-identification could not make safe.
    public func list(limit: Int = 50, offset: Int = 0, includingQuarantined: Bool = false) throws -> ReviewList {
        guard limit > 0, offset >= 0 else {
            throw NodeError(.badInput, "--limit must be at least 1, and --offset not negative.")
        }
        let entries = try vault.reviewQueue(limit: limit, offset: offset, includingUnsafe: includingQuarantined)
        let counts = try vault.counts()
        return ReviewList(
            waiting: counts.byStatus[.review] ?? 0, quarantined: counts.byStatus[.quarantined] ?? 0, offset: offset,
            reports: entries.map(ReviewList.Row.init))
    }

    /// - Parameter id: the report's id or its first digits.
    /// - Throws: ``ReportsError`` `.unknownReport`, `.ambiguousReport`.
    public func show(_ id: String, withText: Bool) throws -> ReviewPage {
        ReviewPage(try entry(id), withText: withText)
    }

    /// Approves a report, after corrections if there are any.
    ///
    /// The corrected text is checked again: one in which a known identifier would remain is refused. What the reviewer added
    /// is searched in the patient's other reports from the next import on.
    /// - Parameter seen: the page that the reviewer looked at; the report's present state if absent.
    /// - Throws: ``NodeError`` `.badInput`, `.stillIdentifying`, `.nothingToDecide`; ``DeidentificationError``
    ///   `.badCorrection`; ``ReportsError`` `.alreadyDecided`.
    public func approve(
        _ id: String, corrections: ReviewCorrections = ReviewCorrections(), reviewer: String, seen: ReviewPage? = nil
    ) throws -> ReviewOutcome {
        let reviewer = try Self.checked(reviewer)
        let entry = try entry(id)
        try requireUnchanged(entry, seen)
        guard entry.stored.status != .deidentified || !corrections.isEmpty else {
            let by = entry.receipt.review.map { " \($0.reviewer) approved it." } ?? ""
            throw NodeError(
                .nothingToDecide,
                "Report \(entry.stored.report.id.short) is in use already.\(by) Name corrections to change it, or reject it."
            )
        }
        let report = entry.stored.report, date = now()
        let spans = try corrections.resolved(in: report.text, found: entry.findings.spans)
        let known =
            try entry.stored.patient.map { try vault.knownIdentifiers(of: $0, includingFound: false).known } ?? []
        let result = try deidentifier.approve(
            text: report.text, found: entry.findings.spans, corrections: spans,
            known: known + report.knownIdentifiers.filter { !known.contains($0) }, patient: entry.stored.patient?.hex,
            reviewer: reviewer, at: date)
        guard result.report != nil else {
            throw NodeError(
                .stillIdentifying,
                "Report \(report.id.short) can't be approved: \(result.reasons.joined(separator: " ")) Redact it with --redact or --redact-text, or reject the report."
            )
        }
        // What was removed earlier stays removed when the report is de-identified anew.
        let earlier = entry.decision?.kind == .approved ? entry.decision?.corrections : nil
        let all = SpanCorrections(
            added: spans.added + (earlier?.added ?? []), removed: spans.removed + (earlier?.removed ?? []))
        let decision = ReviewDecision(
            kind: .approved, reviewer: reviewer, date: date, found: entry.findings.spans,
            certainty: entry.receipt.certainty, corrections: all,
            replaced: result.spans, ruleVersion: entry.receipt.ruleVersion)
        let mistakes = spans.removed.map { IdentifierSpan(start: $0.start, end: $0.end, label: $0.label, score: 1) }
        try vault.decide(
            decision, on: entry, result: result, remember: Self.values(spans.added, in: report.text),
            forget: deidentifier.distinctiveNames(in: report.text, spans: mistakes))
        return ReviewOutcome(
            id: report.id.hex, decision: decision.kind.rawValue, reviewer: reviewer, added: spans.added.count,
            removed: spans.removed.count)
    }

    /// Takes a report out of use for good.
    /// - Throws: ``NodeError`` `.badInput` without a reason; ``ReportsError`` `.alreadyDecided`.
    public func reject(_ id: String, reason: String, reviewer: String, seen: ReviewPage? = nil) throws -> ReviewOutcome
    {
        let reviewer = try Self.checked(reviewer)
        guard reason.contains(where: { !$0.isWhitespace }), reason.utf8.count <= 4096 else {
            throw NodeError(.badInput, "Say with --reason why the report is rejected, in at most 4,096 bytes.")
        }
        let entry = try entry(id)
        try requireUnchanged(entry, seen)
        let decision = ReviewDecision(
            kind: .rejected, reviewer: reviewer, date: now(), reason: reason, found: entry.findings.spans,
            certainty: entry.receipt.certainty, replaced: entry.findings.spans, ruleVersion: entry.receipt.ruleVersion)
        try vault.decide(decision, on: entry, result: nil)
        return ReviewOutcome(
            id: entry.stored.report.id.hex, decision: decision.kind.rawValue, reviewer: reviewer, added: 0, removed: 0)
    }

    // MARK: Audit

    /// The audit that is going on, or a new one.
    /// - Parameter count: how many reports a new sample has.
    public func audit(count: Int = 300) throws -> AuditReport {
        guard count > 0, count <= 100_000 else { throw NodeError(.badInput, "--count must be 1 to 100000.") }
        var audit = try vault.newestAudit()
        // Reports that were replaced or taken out of use since can't be looked at any more.
        if let open = audit, try open.left.allSatisfy({ try vault.status(of: $0) != .deidentified }) { audit = nil }
        return try report(on: audit ?? vault.startAudit(count: count))
    }

    /// Records what a person saw in a report of the sample. A leak takes it out of use until it is corrected.
    public func recordAudit(_ id: String, leaked: Bool, reviewer: String) throws -> AuditReport {
        let reviewer = try Self.checked(reviewer)
        let entry = try entry(id)
        let audit = try vault.recordAudit(entry.stored.report.id, leaked: leaked)
        if leaked, entry.stored.status == .deidentified {
            let decision = ReviewDecision(
                kind: .leaked, reviewer: reviewer, date: now(), found: entry.findings.spans,
                replaced: entry.findings.spans, ruleVersion: entry.receipt.ruleVersion)
            try vault.decide(decision, on: entry, result: nil)
        }
        return try report(on: audit)
    }

    private func report(on audit: ReviewAudit) throws -> AuditReport {
        AuditReport(audit, left: try audit.left.filter { try vault.status(of: $0) == .deidentified })
    }

    // MARK: Tuning

    /// What the clinic's decisions say about the review threshold; put in force unless it is only tried.
    public func tune(target: Double = 0.95, apply: Bool = true) throws -> ReviewTuning {
        var spans = ThresholdTuning.Spans()
        // Thresholds go on from those in force, so that only what was decided under them counts.
        let earlier = try vault.setting(ReviewTuning.setting, as: ReviewTuning.self)
        let decisions = try vault.decisions()
        for (_, decision) in decisions
        where decision.kind == .approved && decision.date > earlier?.date ?? .distantPast {
            spans.add(found: decision.found, decision.corrections)
        }
        let language = deidentifier.policy.languages.first ?? .english
        let current = deidentifier.taggers.thresholds(language.rawValue)
        let tuning = try ReviewTuning(
            try examples(decisions), current: deidentifier.policy.reviewBelow, target: target, date: now(),
            thresholds: (earlier?.thresholds ?? ThresholdTuning()).merging(ThresholdTuning(spans, current: current)))
        if apply { try vault.set(tuning, as: ReviewTuning.setting) }
        return tuning
    }

    /// Puts the policy's own threshold in force again.
    public func resetTuning() throws -> Double {
        try vault.set(nil as ReviewTuning?, as: ReviewTuning.setting)
        return policy.reviewBelow
    }

    private func examples(_ decisions: [(id: ContentHash, decision: ReviewDecision)]) throws -> [ReviewTuning.Example] {
        var newest: [ContentHash: ReviewTuning.Example] = [:]
        for (id, decision) in decisions {
            let wasOverlooked = newest[id]?.isOverlooked ?? false
            newest[id] = ReviewTuning.Example(
                certainty: decision.certainty,
                isOverlooked: wasOverlooked || decision.kind == .leaked || !decision.corrections.added.isEmpty)
        }
        if let audit = try vault.newestAudit() {
            for id in audit.sample where newest[id] == nil && audit.leaked[id.hex] == false {
                guard let entry = try vault.reviewEntry(id) else { continue }
                newest[id] = ReviewTuning.Example(certainty: entry.receipt.certainty, isOverlooked: false)
            }
        }
        return Array(newest.values)
    }

    // MARK: Parts

    private func entry(_ id: String) throws -> ReviewEntry {
        let ids = try vault.ids(beginningWith: id.trimmingCharacters(in: .whitespaces))
        guard let hash = ids.first else {
            throw ReportsError(
                .unknownReport,
                "The vault has no current report with this id. See the ids with “consilium-node review list”.")
        }
        guard ids.count == 1 else {
            throw ReportsError(
                .ambiguousReport, "Several reports have ids that begin like this. Give more of its digits.")
        }
        guard let entry = try vault.reviewEntry(hash) else {
            let status = try vault.report(hash)
            let why = status?.reason == Vault.rejected ? "was rejected" : "was not de-identified"
            throw NodeError(
                .nothingToDecide,
                "Report \(hash.short) \(why), so there is nothing to review. “consilium-node import” de-identifies what waits."
            )
        }
        return entry
    }

    private func requireUnchanged(_ entry: ReviewEntry, _ seen: ReviewPage?) throws {
        guard let seen else { return }
        let page = ReviewPage(entry, withText: false)
        guard
            page.spans.elementsEqual(
                seen.spans, by: { $0.start == $1.start && $0.end == $1.end && $0.label == $1.label }),
            page.status == seen.status, page.reviewer == seen.reviewer
        else {
            throw ReportsError(
                .alreadyDecided,
                "Report \(entry.stored.report.id.short) was decided by another person or de-identified anew meanwhile. Look at it again."
            )
        }
    }

    /// What an added span says of the patient: searched in the other reports, if it is more than a word or a number of few
    /// digits.
    private static func values(_ spans: [IdentifierSpan], in text: String) -> [KnownIdentifier] {
        let scalars = Array(text.unicodeScalars)
        return spans.compactMap { span in
            guard span.start >= 0, span.start < span.end, span.end <= scalars.count, span.end - span.start >= 4,
                span.label != .ageOver89
            else { return nil }
            let value = String(String.UnicodeScalarView(scalars[span.start..<span.end]))
            return KnownIdentifier(value: value, label: span.label)
        }
    }

    private static func checked(_ reviewer: String) throws -> String {
        let name = reviewer.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !name.isEmpty, name.utf8.count <= 200 else {
            throw NodeError(.badInput, "Name the reviewer with --reviewer, in at most 200 bytes.")
        }
        return name
    }
}
