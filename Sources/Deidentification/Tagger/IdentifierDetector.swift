/// Puts the stages together: rules, tagger, record, consistency.
struct IdentifierDetector {
    let language: String
    let tagger: Tagger?
    let thresholds: DetectionThresholds

    init(language: String, taggers: TaggerSet) {
        self.language = language
        tagger = taggers[language]
        thresholds = taggers.thresholds(language)
    }

    /// What the rules of a language propose: also what its tagger is trained beside.
    static func ruleCandidates(_ text: ScalarText, language: String) -> [Candidate] {
        pack(language).candidates(in: text)
    }

    /// A text with the flags of the language's word lists, which rules and tagger read.
    static func text(_ scalars: [UInt32], language: String) -> ScalarText {
        ScalarText(scalars: scalars, lexicon: pack(language).lexicon)
    }

    /// A language without a pack is read as English.
    static func pack(_ language: String) -> any LanguagePack { (NoteLanguage(rawValue: language) ?? .english).pack }

    struct Detection {
        /// Sorted, disjoint, over the Unicode scalars of the text.
        var spans: [IdentifierSpan]
        /// How likely it is, by the tagger, that none of the tokens outside of the spans identifies; as if they were
        /// independent. `nil` without a tagger.
        var certainty: Double?
    }

    func detect(in text: ScalarText, known: [KnownIdentifier]) -> Detection {
        let pack = Self.pack(language)
        // Texts come with the flags of English.
        let text = pack.language == .english ? text : text.relabeled(with: pack.lexicon)
        let proposed = Self.ruleCandidates(text, language: language)
        let certain = KnownMatcher(known).candidates(in: text)
        guard let tagger, !text.tokens.isEmpty else {
            let found = proposed + certain
            return Detection(spans: SpanResolver.resolve(found + repeated(found, text), in: text))
        }
        // Who is known tells about the words beside: a sure name is as good as a rule's.
        let opinion = tagger.read(text, candidates: proposed + certain)
        var found = proposed.compactMap { standing($0, opinion, text) }
        found += opinion.candidates(in: text, thresholds: thresholds).filter { candidate in
            !pack.isOrdinary(text.tokenRange(candidate.start, candidate.end), as: candidate.label, in: text)
        }
        found = found.map { pack.completed($0, in: text) }
        found += certain
        found += repeated(found, text).filter { stands($0, opinion, text) }
        let spans = SpanResolver.resolve(found, in: text)
        let certainty = opinion.certainty(outside: spans, text)
        let scored = spans.map { span in
            guard span.stage != .known else { return span }
            var span = span
            span.score = min(1, max(0, opinion.mean(text.tokenRange(span.start, span.end), text)))
            return span
        }
        return Detection(spans: scored, certainty: certainty)
    }

    private func repeated(_ found: [Candidate], _ text: ScalarText) -> [Candidate] {
        Self.pack(language).repetitions(of: found, in: text).map { candidate in
            var candidate = candidate
            candidate.stage = .consistency
            return candidate
        }
    }

    /// What of a rule's proposal is left beside the tagger's opinion.
    private func standing(_ candidate: Candidate, _ opinion: TaggedText, _ text: ScalarText) -> Candidate? {
        guard stands(candidate, opinion, text) else { return nil }
        if candidate.label == .date, candidate.score < thresholds.strongRule,
            Self.pack(language).isOrdinary(text.tokenRange(candidate.start, candidate.end), as: .date, in: text)
        {
            return nil
        }
        guard candidate.label == .name || candidate.label == .location else { return candidate }
        return opinion.trimmed(candidate, in: text)
    }

    /// A strong rule stands whatever the tagger says. A weak one falls where the tagger is sure that nothing identifies.
    private func stands(_ candidate: Candidate, _ opinion: TaggedText, _ text: ScalarText) -> Bool {
        if candidate.score >= thresholds.strongRule { return true }
        return opinion.most(text.tokenRange(candidate.start, candidate.end), text)
            >= thresholds.vetoed(candidate.label)
    }
}
