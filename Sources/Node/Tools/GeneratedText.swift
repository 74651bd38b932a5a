internal import LanguageModels
internal import Tokenizers

/// The text of generated tokens as they come: whole characters only, ended before a stop string.
struct GeneratedText {
    private let tokenizer: Tokenizer
    private var filter: StopStringFilter
    private(set) var tokens: [Int32] = []
    /// Bytes of UTF-8 of the text so far that went through the filter.
    private var decoded = 0
    /// All that was shown.
    private(set) var shown = ""

    init(tokenizer: Tokenizer, stops: [String]) {
        self.tokenizer = tokenizer
        filter = StopStringFilter(stops)
    }

    var isStopped: Bool { filter.isStopped }

    /// - Returns: what can be shown now.
    mutating func append(_ token: Int32) -> String {
        tokens.append(token)
        return show(filter.take(next(isLast: false)))
    }

    /// - Returns: the rest, when no more tokens come.
    mutating func finish() -> String { show(filter.take(next(isLast: true)) + filter.finish()) }

    private mutating func show(_ text: String) -> String {
        shown += text
        return text
    }

    /// What the tokens have added to the text; an unfinished character waits.
    private mutating func next(isLast: Bool) -> String {
        var bytes = Array(tokenizer.decode(tokens).utf8)
        if !isLast {
            while bytes.suffix(3).elementsEqual([0xEF, 0xBF, 0xBD]) { bytes.removeLast(3) }
        }
        guard bytes.count > decoded else { return "" }
        defer { decoded = bytes.count }
        return String(decoding: bytes[decoded...], as: UTF8.self)
    }
}
