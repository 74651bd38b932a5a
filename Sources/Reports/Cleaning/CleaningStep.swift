/// One kind of cleaning. Each can be switched off by itself in the site configuration.
public enum CleaningStep: String, Sendable, Hashable, Codable, CaseIterable {
    /// UTF-8 that was read as Latin-1 or Windows-1252 (`JosÃ©`), repaired where the bytes prove it.
    case encoding
    /// What HTML and RTF leave in a text: tags, entities, control words.
    case markup
    /// Control characters, spaces without width, spaces of other widths, blanks at line ends.
    case characters
    /// Page numbers, and the headers and footers that stand on every page.
    case pages
    /// What text recognition confuses inside numbers and units, and ligatures. Only for scans and PDF unless asked for.
    case ocr
    /// Lines that were cut at a fixed width become paragraphs again.
    case reflow

    /// Safe on any text.
    public static let standard: Set<CleaningStep> = [.encoding, .markup, .characters, .pages, .reflow]

    /// The steps in the order in which they run.
    static let order = allCases
}
