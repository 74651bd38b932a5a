/// Which packs a text is searched with, and whether a person should look at it because of its language.
struct LanguageChoice: Sendable, Equatable {
    /// One, or both of a text in two languages. The first one also decides how dates are read: day or month first.
    let languages: [NoteLanguage]
    /// A sentence for the reviewer, without any of the text.
    let reason: String?

    /// - Parameter allowed: the languages of the policy, at least one. With a single one nothing is guessed; with
    ///   several, the first one is used for texts that are too short to tell.
    init(for text: ScalarText, allowed: [NoteLanguage]) {
        guard allowed.count > 1 else {
            languages = allowed.isEmpty ? [.english] : allowed
            reason = nil
            return
        }
        switch LanguageDetector.language(of: text) {
        case .undecided:
            languages = [allowed[0]]
            reason = nil
        case .one(let language) where allowed.contains(language):
            languages = [language]
            reason = nil
        case .mixed(let found) where found.allSatisfy(allowed.contains):
            languages = found
            reason = nil
        case .one, .mixed, .other:
            // Nobody has measured how much is found in such a text, so it may not pass on its own.
            languages = allowed
            let names = allowed.map(\.rawValue).joined(separator: ", ")
            reason =
                "The text seems to be in a language that the policy has no rules for (it has: \(names)). Check it by hand."
        }
    }
}
