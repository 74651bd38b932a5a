/// A language whose notes can be de-identified: there are rules, word lists and a tagger for it.
public enum NoteLanguage: String, Codable, Sendable, CaseIterable {
    case english = "en"
    case spanish = "es"
}
