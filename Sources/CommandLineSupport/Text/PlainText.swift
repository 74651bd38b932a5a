/// Text on a terminal: how wide it is, and what must not get there.
public enum PlainText {
    /// Removes control characters but line feeds and tabs: a file name or a message from another machine must not move
    /// the cursor or recolour the terminal.
    public static func sanitised(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isUnwanted) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isUnwanted($0) ? "\u{FFFD}" : $0 }))
    }

    /// Columns that `text` takes: 2 for East Asian wide characters and emoji, 0 for combining marks, else 1.
    /// An approximation; terminals themselves disagree.
    public static func width(_ text: some StringProtocol) -> Int {
        text.reduce(0) { $0 + width($1) }
    }

    /// At most `columns` wide, ending in `…` if something is missing.
    public static func truncated(_ text: String, to columns: Int) -> String {
        guard width(text) > columns else { return text }
        guard columns > 1 else { return columns == 1 ? "…" : "" }
        var result = ""
        var used = 0
        for character in text {
            let next = width(character)
            if used + next > columns - 1 { break }
            result.append(character)
            used += next
        }
        return result + "…"
    }

    /// Breaks every line at spaces so that none is wider than `columns`; what follows a break is indented by two. A word that is
    /// wider by itself stays whole.
    public static func wrapped(_ text: String, to columns: Int) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var lines: [String] = []
            var current = ""
            for word in line.split(separator: " ", omittingEmptySubsequences: false) {
                if !current.isEmpty, width(current) + 1 + width(word) > columns {
                    lines.append(current)
                    current = "  " + word
                } else {
                    current += (current.isEmpty ? "" : " ") + word
                }
            }
            return (lines + [current]).joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private static func width(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        if first.properties.isEmojiPresentation { return 2 }
        return isWide(first.value) ? 2 : 1
    }

    // The large blocks of Unicode Standard Annex #11 that are Wide or Fullwidth.
    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            true
        default: false
        }
    }

    private static func isUnwanted(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value == 10 || value == 9 { return false }
        // Also the marks that turn the reading direction, with which a text can show another order than it has.
        return value < 32 || (127...159).contains(value) || (0x202A...0x202E).contains(value)
            || (0x2066...0x2069).contains(value)
    }
}
