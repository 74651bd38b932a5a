internal import ConsiliumCore
public import Foundation

/// Finds and replaces identifiers in clinical texts.
///
/// Stages: the record's known identifiers, rules for the eighteen identifiers of HIPAA's Safe Harbor, a learned tagger,
/// consistency within the text, replacement under the policy, and a separate re-scan of the output. What fails is
/// quarantined.
///
/// It promises that every known identifier is replaced in the forms it knows. It can't promise that a text holds no other
/// identifying circumstance: a policy's residual risk is for the clinic to judge.
public struct Deidentifier: Sendable {
    /// The policy it applies.
    public let policy: DeidentificationPolicy
    /// The learned stage.
    public let taggers: TaggerSet
    let keyed: KeyedHash
    let now: @Sendable () -> Date
    /// Names the taggers and thresholds in force; see ``DeidentificationReceipt/detection``.
    let detection: String

    /// - Parameters:
    ///   - siteKey: 16 bytes or more, secret and the clinic's own. Surrogates, date shifts and input tags depend on it.
    ///   - taggers: the learned stage; those of the program if absent, ``TaggerSet/none`` for rules alone.
    ///   - others: names the detectors whose finds come as `suggested`; with another name, receipts are outdated.
    ///   - now: where receipts take their date from.
    /// - Throws: ``DeidentificationError`` `.weakKey`, `.invalidPolicy` or `.invalidTagger`.
    public init(
        policy: DeidentificationPolicy, siteKey: Data, taggers: TaggerSet? = nil, others: String = "",
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        guard siteKey.count >= 16 else {
            throw DeidentificationError(
                .weakKey, "The site key has \(siteKey.count) bytes; give at least 16 random ones.")
        }
        try policy.validate()
        self.policy = policy
        let taggers = try taggers ?? .bundled()
        self.taggers = taggers
        detection = try taggers.fingerprint() + (others.isEmpty ? "" : "+" + others)
        self.now = now
        keyed = KeyedHash(key: siteKey)
    }

    /// De-identifies one text.
    ///
    /// - Parameters:
    ///   - known: the identifiers of the record the text comes from.
    ///   - patient: the key under which surrogates and date shifts are the same in all texts of a patient. Without one,
    ///     the text is a patient of its own.
    ///   - suggested: what another detector found in the text. It is replaced too.
    public func deidentify(
        text: String, known: [KnownIdentifier] = [], patient: String? = nil, suggested: [IdentifierSpan] = []
    ) throws -> DeidentificationResult {
        let date = now()
        if let refusal = refusal(of: text) { return result(text, "", [], .quarantine, [refusal], date) }
        let scanned = ScalarText(text)
        let choice = LanguageChoice(for: scanned, allowed: policy.languages)
        let detection = detect(in: scanned, known: known, languages: choice.languages, suggested: suggested)
        let spans = detection.spans
        let (output, kept) = replacer(for: text, patient: patient, at: date, choice).apply(spans, to: scanned)
        let leaks = OutputCheck(known: known).reasons(kept)
        if !leaks.isEmpty { return result(text, "", spans, .quarantine, leaks, date) }
        var reasons = choice.reason.map { [$0] } ?? []
        if let certainty = detection.certainty, certainty < policy.reviewBelow {
            reasons.append("An identifier may have been overlooked.")
        }
        if policy.requireKnownIdentifiers, known.isEmpty {
            reasons.append("The record has no known identifiers to search for.")
        }
        return result(
            text, output, spans, reasons.isEmpty ? .clean : .review, reasons, date, certainty: detection.certainty)
    }

    func detect(
        in text: ScalarText, known: [KnownIdentifier], languages: [NoteLanguage] = [.english],
        suggested: [IdentifierSpan] = []
    ) -> IdentifierDetector.Detection {
        let found = languages.map { language in
            IdentifierDetector(language: language.rawValue, taggers: taggers).detect(in: text, known: known)
        }
        let inside = suggested.filter { $0.start >= 0 && $0.start < $0.end && $0.end <= text.count }
        if let only = found.first, found.count == 1, inside.isEmpty { return only }
        let candidates = (found.flatMap(\.spans) + inside).map { span in
            Candidate(
                start: span.start, end: span.end, label: span.label, score: span.score, known: span.stage == .known,
                stage: span.stage)
        }
        // The detector that knows the text's language is the surer one; the others only add.
        return IdentifierDetector.Detection(
            spans: SpanResolver.resolve(candidates, in: text), certainty: found.compactMap(\.certainty).max())
    }

    func replacer(for text: String, patient: String?, at date: Date, _ choice: LanguageChoice) -> Replacer {
        Replacer(
            policy: policy, keyed: keyed, scope: patient.map { "patient:" + $0 } ?? "text:" + text,
            currentYear: CivilDay.date(Int((date.timeIntervalSince1970 / 86_400).rounded(.down))).year,
            language: choice.languages.first ?? .english)
    }

    /// Why a text can't be read at all, or `nil`.
    func refusal(of text: String) -> String? {
        guard text.utf8.count <= policy.maximumBytes else {
            return "The text has more than \(policy.maximumBytes) bytes."
        }
        if text.unicodeScalars.contains(where: { $0.value == 0 }) { return "The text holds a NUL character." }
        if text.unicodeScalars.contains(where: { $0.value == 0xfffd }) {
            return "The text was not decoded correctly: it holds a replacement character."
        }
        return nil
    }

    func result(
        _ input: String, _ output: String, _ spans: [IdentifierSpan], _ status: DeidentificationStatus,
        _ reasons: [String], _ date: Date, certainty: Double? = nil, review: DeidentificationReceipt.Review? = nil
    ) -> DeidentificationResult {
        var counts: [IdentifierLabel: Int] = [:]
        for span in spans { counts[span.label, default: 0] += 1 }
        let receipt = DeidentificationReceipt(
            policyName: policy.name, policyVersion: policy.version, ruleVersion: RuleScanner.version,
            reviewBelow: policy.reviewBelow, detection: detection,
            inputTag: keyed.hash(Array("input:".utf8) + Array(input.utf8)),
            output: ContentHash(of: Data(output.utf8)),
            counts: counts, status: status, certainty: certainty, date: date, review: review)
        return DeidentificationResult(
            spans: spans, text: output, status: status, receipt: receipt,
            report: DeidentifiedReport(text: output, receipt: receipt), reasons: reasons)
    }
}
