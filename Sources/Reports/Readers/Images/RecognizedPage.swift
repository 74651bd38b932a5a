/// One page as Tesseract recognized it.
struct RecognizedPage {
    private(set) var text = ""
    /// The mean of its words, by their length; 0 where there are none.
    private(set) var confidence = 0.0
    private(set) var letters = 0
    /// The share of words below the limit.
    private(set) var doubtfulShare = 0.0

    private struct Word {
        var place: [Substring]
        var left: Int
        var right: Int
        var height: Int
        var confidence: Double
        var text: Substring
    }

    /// Reads Tesseract's table of words (level, page, block, paragraph, line, word, left, top, width, height, confidence,
    /// text). Lines stay lines, paragraphs are separated by an empty line, wide gaps by several spaces.
    static func pages(table: String, doubtful: Double) -> [RecognizedPage] {
        var words: [Substring: [Word]] = [:]
        var order: [Substring] = []
        for row in table.split(separator: "\n").dropFirst() {
            let fields = row.split(separator: "\t", maxSplits: 11, omittingEmptySubsequences: false)
            guard fields.count >= 11, let level = Int(fields[0]) else { continue }
            if words[fields[1]] == nil {
                words[fields[1]] = []
                order.append(fields[1])
            }
            guard level == 5, fields.count == 12, let confidence = Double(fields[10]), confidence >= 0,
                let left = Int(fields[6]), let width = Int(fields[8]), let height = Int(fields[9]),
                fields[11].contains(where: { !$0.isWhitespace })
            else { continue }
            words[fields[1]]?.append(
                Word(
                    place: Array(fields[2...4]), left: left, right: left &+ width, height: height, confidence: confidence,
                    text: fields[11]))
        }
        return order.map { RecognizedPage(words[$0] ?? [], doubtful: doubtful) }
    }

    private init(_ words: [Word], doubtful: Double) {
        var last: Word?
        var sum = 0.0
        for word in words {
            if let last {
                if last.place.prefix(2) != word.place.prefix(2) {
                    text += "\n\n"
                } else if last.place != word.place {
                    text += "\n"
                } else {
                    // Columns of a table: a gap of more than two letters' heights.
                    text += word.left &- last.right > 2 &* max(last.height, word.height) ? "    " : " "
                }
            }
            text += word.text
            let length = word.text.unicodeScalars.count
            letters += length
            sum += word.confidence * Double(length)
            last = word
        }
        guard letters > 0 else { return }
        confidence = sum / Double(letters)
        doubtfulShare = Double(words.count { $0.confidence < doubtful }) / Double(words.count)
    }

    /// Several pages of one picture as one.
    init(merging pages: [RecognizedPage]) {
        letters = pages.reduce(0) { $0 + $1.letters }
        text = pages.map(\.text).filter { !$0.isEmpty }.joined(separator: "\n\n")
        guard letters > 0 else { return }
        confidence = pages.reduce(0) { $0 + $1.confidence * Double($1.letters) } / Double(letters)
        doubtfulShare = pages.map(\.doubtfulShare).max() ?? 0
    }

    func isBetter(than other: RecognizedPage) -> Bool {
        confidence * Double(letters) >= other.confidence * Double(other.letters)
    }
}
