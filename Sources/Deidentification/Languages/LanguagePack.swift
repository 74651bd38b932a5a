/// What one language brings to the search for identifiers: everything but the identifiers known from the record, which
/// are searched in the same way in every language.
///
/// ``Deidentifier`` asks ``LanguageChoice`` for the packs of a text, gives each the text with the flags of its own word
/// list (``ScalarText/relabeled(with:)``), and unites what they find. A pack's learned tagger belongs to its
/// ``candidates(in:)``.
protocol LanguagePack: Sendable {
    var language: NoteLanguage { get }
    /// What the words of the language are.
    var lexicon: Lexicon { get }
    /// Rules, tagger and vetoes over one text, which carries the flags of ``lexicon``.
    func candidates(in text: ScalarText) -> [Candidate]
    /// Other places of what was found anywhere in the text, by whichever stage.
    func repetitions(of found: [Candidate], in text: ScalarText) -> [Candidate]
    /// Whether what the tagger took for an identifier is surely none: the name of a sign, a test or a device that everybody
    /// in medicine knows, a score, a part, a code that is public.
    func isOrdinary(_ tokens: Range<Int>, as label: IdentifierLabel, in text: ScalarText) -> Bool
    /// A candidate with what belongs to it on both sides, and without what doesn't.
    func completed(_ candidate: Candidate, in text: ScalarText) -> Candidate
}

struct EnglishPack: LanguagePack {
    let language = NoteLanguage.english
    var lexicon: Lexicon { .shared }

    func candidates(in text: ScalarText) -> [Candidate] {
        var scanner = RuleScanner(text)
        return scanner.scan()
    }

    func repetitions(of found: [Candidate], in text: ScalarText) -> [Candidate] {
        DocumentConsistency.candidates(found, in: text)
    }

    func isOrdinary(_ tokens: Range<Int>, as label: IdentifierLabel, in text: ScalarText) -> Bool {
        switch label {
        case .name, .location: EponymPairs.contain(tokens, in: text)
        case .date: Ratios.isOne(tokens, in: text)
        case .email, .url, .ipAddress, .ageOver89, .socialSecurityNumber: false
        default: PublicCodes.isOne(tokens, in: text)
        }
    }

    func completed(_ candidate: Candidate, in text: ScalarText) -> Candidate {
        FindEdges.mended(IdentifierGroups.completed(candidate, in: text), in: text)
    }
}

extension LanguagePack {
    func isOrdinary(_ tokens: Range<Int>, as label: IdentifierLabel, in text: ScalarText) -> Bool { false }
    func completed(_ candidate: Candidate, in text: ScalarText) -> Candidate { candidate }
}

extension NoteLanguage {
    var pack: any LanguagePack {
        switch self {
        case .english: EnglishPack()
        case .spanish: SpanishPack()
        }
    }
}
