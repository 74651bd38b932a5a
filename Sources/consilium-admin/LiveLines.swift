internal import CommandLineSupport
internal import Foundation

/// Some lines at the bottom of a terminal that are redrawn in place.
final class LiveLines {
    /// How the terminal wants its text.
    struct Style {
        var hasColour: Bool
        var hasUnicode: Bool

        static let plain = Style(hasColour: false, hasUnicode: true)

        func paint(_ text: String, _ code: Int) -> String { hasColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
    }

    let isTerminal: Bool
    let style: Style
    private var height = 0

    init(isTerminal: Bool, environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.isTerminal = isTerminal
        let locale = environment["LC_ALL"] ?? environment["LC_CTYPE"] ?? environment["LANG"] ?? ""
        style = Style(
            hasColour: isTerminal && environment["NO_COLOR"] == nil,
            hasUnicode: locale.uppercased().contains("UTF-8") || locale.uppercased().contains("UTF8"))
    }

    /// Replaces what was shown before. One write, so that nothing flickers.
    func show(_ lines: [String]) {
        var text = height > 0 ? "\u{1B}[\(height)A" : ""
        for line in lines { text += "\r\u{1B}[K\(line)\n" }
        // Lines that are not there any more.
        if height > lines.count { text += "\u{1B}[J" }
        height = lines.count
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
