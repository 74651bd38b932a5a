internal import Deidentification

/// Builds a text and notes where the identifiers in it are.
struct SampleText {
    private(set) var text = ""
    private(set) var spans: [SampleReport.Span] = []
    private(set) var length = 0

    mutating func add(_ piece: String) {
        text += piece
        length += piece.unicodeScalars.count
    }

    mutating func add(_ value: String, _ label: IdentifierLabel) {
        let start = length
        add(value)
        spans.append(SampleReport.Span(start: start, end: length, label: label))
    }

    /// Replaces `{a|b}` by a choice and `{x}` by a value. An unknown value stays visible, so that a test finds it.
    static func expand(_ template: String, _ values: [String: String], _ random: inout SampleRandom) -> String {
        var result = ""
        var rest = Substring(template)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let slot = rest[rest.index(after: open)..<close]
            if slot.contains("|") {
                result += random.pick(slot.split(separator: "|").map(String.init))
            } else {
                result += values[String(slot)] ?? "{\(slot)}"
            }
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}
