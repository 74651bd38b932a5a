/// Spanish clinical documents, of Spain first and of Latin America as far as their forms are the same.
struct SpanishPack: LanguagePack {
    let language = NoteLanguage.spanish
    var lexicon: Lexicon { .spanish }

    func candidates(in text: ScalarText) -> [Candidate] {
        var scanner = SpanishScanner(text)
        return scanner.scan()
    }

    func repetitions(of found: [Candidate], in text: ScalarText) -> [Candidate] {
        SpanishScanner(text).repetitions(of: found)
    }
}
