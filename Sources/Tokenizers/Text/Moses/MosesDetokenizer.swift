/// The way back from the words of ``MosesTokenizer`` to a text. Not exact: where blanks were is guessed from the
/// punctuation.
enum MosesDetokenizer {
    static func text(_ words: some Sequence<String>) -> String {
        var joined = " " + words.joined(separator: " ") + " "
        // The blank after a joined hyphen is used up: of two in a row the second stays.
        joined = replacing(" @-@ ", with: "-", in: joined)
        for (entity, text) in entities { joined = replacing(entity, with: text, in: joined) }
        let tokens = joined.unicodeScalars.split(whereSeparator: MosesCharacters.isSpace).map(Array.init)
        var writer = Writer()
        for index in tokens.indices { writer.write(tokens[index], after: index > 0 ? tokens[index - 1] : nil) }
        var text = writer.result
        while text.first == " " { text.removeFirst() }
        return String(String.UnicodeScalarView(text))
    }

    /// In the order in which they are undone: the ampersand last, so that it can't make new ones.
    private static let entities = [
        ("&bar;", "|"), ("&#124;", "|"), ("&lt;", "<"), ("&gt;", ">"), ("&bra;", "["), ("&ket;", "]"), ("&quot;", "\""),
        ("&apos;", "'"), ("&#91;", "["), ("&#93;", "]"), ("&amp;", "&"),
    ]

    private static func replacing(_ old: String, with new: String, in text: String) -> String {
        let bytes = Normalizer.replace(Array(old.utf8), with: Array(new.utf8)).apply(to: Array(text.utf8))
        return String(decoding: bytes, as: UTF8.self)
    }

    private struct Writer {
        var result: [Unicode.Scalar] = []
        private var blank = true
        private var quotes: [[Unicode.Scalar]: Int] = [:]

        init() {}

        private static let punctuation: Set<Unicode.Scalar> = [",", ".", "?", "!", ":", ";", "\\", "%", "}", "]", ")"]
        private static let quoteMarks: Set<Unicode.Scalar> = ["'", "\"", "„", "“", "`"]
        private static let curvedQuotes: Set<Unicode.Scalar> = ["„", "“"]

        mutating func write(_ token: [Unicode.Scalar], after previous: [Unicode.Scalar]?) {
            guard let first = token.first else { return }
            if MosesCharacters.isIdeographic(first) {
                let follows = previous?.last.map(MosesCharacters.isIdeographic) ?? false
                append(token, blankBefore: !follows && blank, blankAfter: true)
            } else if token.allSatisfy(MosesCharacters.isOpening) {
                append(token, blankBefore: blank, blankAfter: false)
            } else if token.allSatisfy(Self.punctuation.contains) {
                append(token, blankBefore: false, blankAfter: true)
            } else if previous != nil, first == "'", token.count > 1,
                MosesCharacters.isLetterInContraction(token[1])
            {
                append(token, blankBefore: false, blankAfter: true)
            } else if token.allSatisfy(Self.quoteMarks.contains) {
                writeQuote(token, after: previous)
            } else {
                append(token, blankBefore: blank, blankAfter: true)
            }
        }

        /// Quotes of a kind open and close in turns; one after an `s` is a possessive.
        private mutating func writeQuote(_ token: [Unicode.Scalar], after previous: [Unicode.Scalar]?) {
            let kind = token.allSatisfy(Self.curvedQuotes.contains) ? ["\""] : token
            let count = quotes[kind, default: 0]
            if count % 2 == 0, token == ["'"], previous?.last == "s" {
                append(token, blankBefore: false, blankAfter: true)
                return
            }
            quotes[kind] = count + 1
            if count % 2 == 0 {
                append(token, blankBefore: blank, blankAfter: false)
            } else {
                append(token, blankBefore: false, blankAfter: true)
            }
        }

        private mutating func append(_ token: [Unicode.Scalar], blankBefore: Bool, blankAfter: Bool) {
            if blankBefore { result.append(" ") }
            result.append(contentsOf: token)
            blank = blankAfter
        }
    }
}
