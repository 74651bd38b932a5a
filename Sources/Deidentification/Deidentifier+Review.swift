public import Foundation

extension Deidentifier {
    /// Replaces the spans that a person approves, under the same policy, and looks at the output again.
    ///
    /// - Parameters:
    ///   - found: the spans that were shown to the person.
    ///   - known: the record's known identifiers. A text in which one would remain is never approved.
    /// - Returns: status `clean` with the review in the receipt; `quarantine`, with reasons, if the output still holds an
    ///   identifier or the text can't be read.
    /// - Throws: ``DeidentificationError`` `.badCorrection`.
    public func approve(
        text: String, found: [IdentifierSpan], corrections: SpanCorrections, known: [KnownIdentifier], patient: String?,
        reviewer: String, at date: Date
    ) throws -> DeidentificationResult {
        let spans = try corrections.applied(to: found, count: text.unicodeScalars.count)
        let review = DeidentificationReceipt.Review(
            reviewer: reviewer, date: date, added: corrections.added.count, removed: corrections.removed.count)
        return replaceApproved(text: text, spans: spans, known: known, patient: patient, review: review)
    }

    /// Carries an approval over to a result of newer rules or more known identifiers: what the person had replaced stays
    /// replaced, what is found besides is replaced too, and what the person restored stays restored.
    public func carryOver(
        _ review: DeidentificationReceipt.Review, approved: [IdentifierSpan], removed: [IdentifierSpan], text: String,
        result: DeidentificationResult, known: [KnownIdentifier], patient: String?
    ) -> DeidentificationResult {
        guard result.status != .quarantine else { return result }
        let more = result.spans.filter { span in !removed.contains { $0.start == span.start && $0.end == span.end } }
        return replaceApproved(
            text: text, spans: SpanCorrections.union(of: approved, and: more), known: known, patient: patient,
            review: review)
    }

    private func replaceApproved(
        text: String, spans: [IdentifierSpan], known: [KnownIdentifier], patient: String?,
        review: DeidentificationReceipt.Review
    ) -> DeidentificationResult {
        let date = now()
        if let refusal = refusal(of: text) { return result(text, "", [], .quarantine, [refusal], date) }
        let scanned = ScalarText(text)
        let inside = spans.filter { $0.start >= 0 && $0.start < $0.end && $0.end <= scanned.count }
        let (output, kept) = replacer(
            for: text, patient: patient, at: date, LanguageChoice(for: scanned, allowed: policy.languages)
        ).apply(inside, to: scanned)
        let leaks = OutputCheck(known: known).reasons(kept)
        if !leaks.isEmpty { return result(text, "", inside, .quarantine, leaks, date) }
        return result(text, output, inside, .clean, [], date, review: review)
    }
}

extension DeidentificationResult {
    /// The same result, but a person has to look at the text first. A quarantined one stays so.
    /// - Parameter reason: a sentence without any of the text.
    public func held(because reason: String) -> DeidentificationResult {
        guard status != .quarantine else { return self }
        return DeidentificationResult(
            spans: spans, text: text, status: .review, receipt: receipt.held(), report: nil, reasons: reasons + [reason]
        )
    }
}
