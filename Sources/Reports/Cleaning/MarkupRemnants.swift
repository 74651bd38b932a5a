/// Takes HTML and RTF out of texts that were meant to be plain.
///
/// Only what is certainly markup goes: tags that HTML knows, entities that end with a semicolon, control words that RTF
/// knows. `p <0.05`, `<3 cm` and `A&P` stay.
enum MarkupRemnants {
    static func removed(from text: [UInt8], _ report: inout CleaningReport) -> [UInt8] {
        var text = text
        if text.contains(UInt8(ascii: "\\")) { text = RTFRemnants.removed(from: text, &report) }
        if text.contains(UInt8(ascii: "<")) { text = HTMLTags.removed(from: text, &report) }
        if text.contains(UInt8(ascii: "&")) { text = HTMLEntities.decoded(text, &report) }
        return text
    }
}
