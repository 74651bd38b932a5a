internal import LanguageModels
internal import Tokenizers

/// The text of generated tokens as they come: whole characters only, ended before a stop string.
struct GeneratedText {
    private var decoder: StreamingDecoder
    private var filter: StopStringFilter
    /// All that was shown.
    private(set) var shown = ""

    init(tokenizer: Tokenizer, stops: [String]) {
        decoder = StreamingDecoder(tokenizer)
        filter = StopStringFilter(stops)
    }

    var isStopped: Bool { filter.isStopped }

    /// - Returns: what can be shown now.
    mutating func append(_ token: Int32) -> String { show(filter.take(decoder.append(token))) }

    /// - Returns: the rest, when no more tokens come.
    mutating func finish() -> String { show(filter.take(decoder.finish()) + filter.finish()) }

    private mutating func show(_ text: String) -> String {
        shown += text
        return text
    }
}
