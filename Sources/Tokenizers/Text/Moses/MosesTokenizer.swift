/// English text as words with blanks between them, as the tokenizer of the Moses translation system writes it (Koehn et
/// al. 2007) in the form that BioGPT was trained with: hyphens between letters become `@-@`, and characters with a
/// meaning in XML become entities.
///
/// The rules run one after the other over the whole text, each from left to right; a character that a rule has used is
/// not looked at again by the same rule. Tested to be equal to the Python package sacremoses 0.2.
enum MosesTokenizer {
    private typealias Text = [Unicode.Scalar]

    /// - Returns: words with single blanks between them.
    static func tokenize(_ text: String) -> String {
        var text = collapsed(Array(text.unicodeScalars).filter { $0.value >= 0x20 || MosesCharacters.isSpace($0) })
        text = paddedSymbols(text)
        text = splitHyphens(text)
        text = markedDots(text)
        text = splitCommas(text)
        text = splitApostrophes(text)
        text = splitPeriods(text)
        text = splitLastQuote(text)
        text = restoredDots(text)
        return String(String.UnicodeScalarView(escaped(text)))
    }

    /// Runs of white space become one blank; none at the ends.
    private static func collapsed(_ text: Text) -> Text {
        var result: Text = []
        result.reserveCapacity(text.count)
        for scalar in text {
            if !MosesCharacters.isSpace(scalar) {
                result.append(scalar)
            } else if let last = result.last, last != " " {
                result.append(" ")
            }
        }
        if result.last == " " { result.removeLast() }
        return result
    }

    private static func paddedSymbols(_ text: Text) -> Text {
        var result: Text = []
        result.reserveCapacity(text.count + text.count / 2)
        for scalar in text {
            let kinds = MosesCharacters.kinds(scalar)
            if kinds.contains(.letterOrDigit) || kinds.contains(.space) || [".", "'", "`", ",", "-"].contains(scalar) {
                result.append(scalar)
            } else {
                result.append(contentsOf: [" ", scalar, " "])
            }
        }
        return result
    }

    private static func splitHyphens(_ text: Text) -> Text {
        var result: Text = []
        var index = 0
        while index < text.count {
            result.append(text[index])
            if index + 2 < text.count, text[index + 1] == "-", MosesCharacters.isLetterOrDigit(text[index]),
                MosesCharacters.isLetterOrDigit(text[index + 2])
            {
                result.append(contentsOf: " @-@ ".unicodeScalars)
                index += 1
            }
            index += 1
        }
        return result
    }

    /// Runs of dots hide behind a word, so that the other rules let them be.
    private static func markedDots(_ text: Text) -> Text {
        var result: Text = []
        var index = 0
        while index < text.count {
            var end = index
            while end < text.count, text[end] == "." { end += 1 }
            guard end - index > 1 else {
                result.append(text[index])
                index += 1
                continue
            }
            result.append(" ")
            for _ in index..<end { result.append(contentsOf: "DOT".unicodeScalars) }
            result.append(contentsOf: "MULTI".unicodeScalars)
            if end < text.count { result.append(" ") }
            index = end
        }
        return result
    }

    private static func restoredDots(_ text: Text) -> Text {
        var result: Text = []
        var index = 0
        while index < text.count {
            var dots = 0
            while text[(index + 3 * dots)...].starts(with: "DOT".unicodeScalars) { dots += 1 }
            if dots > 0, text[(index + 3 * dots)...].starts(with: "MULTI".unicodeScalars) {
                result.append(contentsOf: repeatElement(".", count: dots))
                index += 3 * dots + 5
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }

    /// Commas stand alone unless they are between numbers.
    private static func splitCommas(_ text: Text) -> Text {
        typealias Kind = MosesCharacters
        var result = replacedPairs(text) {
            $1 == "," && !Kind.isNumber($0)
        } with: {
            [$0, " ", $1, " "]
        }
        result = replacedPairs(result) {
            $0 == "," && !Kind.isNumber($1)
        } with: {
            [" ", $0, " ", $1]
        }
        if result.count > 1, result.last == ",", MosesCharacters.isNumber(result[result.count - 2]) {
            result.removeLast()
            result.append(contentsOf: [" ", ",", " "])
        }
        return result
    }

    private static func replacedPairs(
        _ text: Text, _ matches: (Unicode.Scalar, Unicode.Scalar) -> Bool,
        with replacement: (Unicode.Scalar, Unicode.Scalar) -> Text
    ) -> Text {
        guard text.contains(",") else { return text }
        var result: Text = []
        result.reserveCapacity(text.count + text.count / 8)
        var index = 0
        while index < text.count {
            if index + 1 < text.count, matches(text[index], text[index + 1]) {
                result.append(contentsOf: replacement(text[index], text[index + 1]))
                index += 2
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }

    /// An apostrophe stays with the letters after it (`patient 's`) and stands alone everywhere else.
    private static func splitApostrophes(_ text: Text) -> Text {
        guard text.contains("'") else { return text }
        typealias Kind = MosesCharacters
        let alone: Text = [" ", "'", " "]
        let attached: Text = [" ", "'"]
        var result = replacedApostrophes(text, with: alone) { !Kind.isLetter($0) && !Kind.isLetter($1) }
        result = replacedApostrophes(result, with: alone) {
            !Kind.isLetter($0) && !Kind.isNumber($0) && Kind.isLetter($1)
        }
        result = replacedApostrophes(result, with: alone) { Kind.isLetter($0) && !Kind.isLetter($1) }
        result = replacedApostrophes(result, with: attached) { Kind.isLetter($0) && Kind.isLetter($1) }
        return replacedApostrophes(result, with: attached) { Kind.isNumber($0) && $1 == "s" }
    }

    /// - Parameter matches: looks at the characters before and after an apostrophe; both are used up.
    private static func replacedApostrophes(
        _ text: Text, with replacement: Text, _ matches: (Unicode.Scalar, Unicode.Scalar) -> Bool
    ) -> Text {
        var result: Text = []
        result.reserveCapacity(text.count + 16)
        var index = 0
        while index < text.count {
            result.append(text[index])
            if index + 2 < text.count, text[index + 1] == "'", matches(text[index], text[index + 2]) {
                result.append(contentsOf: replacement)
                result.append(text[index + 2])
                index += 2
            }
            index += 1
        }
        return result
    }

    /// A period at the end of a word stands alone, unless the word is an abbreviation or the sentence goes on.
    private static func splitPeriods(_ text: Text) -> Text {
        let words = text.split(whereSeparator: MosesCharacters.isSpace)
        var result: Text = []
        result.reserveCapacity(text.count + 16)
        for (index, word) in words.enumerated() {
            if index > 0 { result.append(" ") }
            let stem = word.dropLast()
            guard word.last == ".", !stem.isEmpty else {
                result.append(contentsOf: word)
                continue
            }
            result.append(contentsOf: stem)
            let next = index + 1 < words.count ? words[index + 1].first : nil
            if !keepsPeriod(stem, before: next) { result.append(" ") }
            result.append(".")
        }
        return result
    }

    private static func keepsPeriod(_ stem: ArraySlice<Unicode.Scalar>, before next: Unicode.Scalar?) -> Bool {
        if stem.contains("."), stem.contains(where: MosesCharacters.isLetter) { return true }
        if let next, MosesCharacters.kinds(next).contains(.lowercase) { return true }
        guard stem.count <= 6, stem.allSatisfy({ $0.isASCII }) else { return false }
        let name = String(String.UnicodeScalarView(stem))
        if abbreviations.contains(name) { return true }
        return numbering.contains(name) && next.map { ("0"..."9").contains($0) } ?? false
    }

    /// Titles, ranks and other words that a period doesn't end a sentence after.
    private static let abbreviations = Set(
        (ranks + " Con Hr Op Ord Ph Rs Nos Nr rev v vs i.e e.g Jan Feb Mar Apr Jun Jul Aug Sep Oct Nov Dec")
            .split(separator: " ").map(String.init) + (65...90).map { String(Unicode.Scalar(UInt8($0))) })
    private static let ranks = """
        Mr Mrs Ms MR MRS MS Mme Mlle MM Messrs Msgr Dr DR Drs Prof Hon Rev Sr St Rt Supt Surg Insp Hosp Bldg Corp Bros Bart \
        Adj Adm Adv Asst Brig Capt Cmdr Col Comdr Cpl Ens Gen Gov Lt Maj Pfc Pvt Rep Reps Res Sen Sens Sfc Sgt
        """
    /// Abbreviations only in front of a number.
    private static let numbering: Set<String> = ["No", "Art", "pp"]

    private static func splitLastQuote(_ text: Text) -> Text {
        var text = text
        guard text.count >= 2, text.last == "'", text[text.count - 2] == "." else { return text }
        text.removeLast(2)
        return text + Text(" . ' ".unicodeScalars)
    }

    private static func escaped(_ text: Text) -> Text {
        let entities: [Unicode.Scalar: String] = [
            "&": "&amp;", "|": "&#124;", "<": "&lt;", ">": "&gt;", "'": "&apos;", "\"": "&quot;", "[": "&#91;",
            "]": "&#93;",
        ]
        var result: Text = []
        result.reserveCapacity(text.count + 16)
        for scalar in text {
            if let entity = scalar.isASCII ? entities[scalar] : nil {
                result.append(contentsOf: entity.unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return result
    }
}
