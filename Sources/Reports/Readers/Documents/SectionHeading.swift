/// A section's title as a line of text.
enum SectionHeading {
    /// With a colon, unless it ends in a mark of its own. `nil` for an empty title.
    static func line(_ title: String) -> String? {
        let words = title.split { $0.isWhitespace }
        guard let last = words.last?.last else { return nil }
        let title = words.joined(separator: " ")
        return last.isLetter || last.isNumber || last == ")" ? "\(title):" : title
    }
}
