/// A text with numbered marks in it, for a person to judge: in color on a terminal, in brackets elsewhere.
///
/// Whatever the text holds can't move the cursor or recolor the terminal: control characters are shown as `�`, one for one,
/// so that offsets stay what they are.
public struct MarkedText: Sendable {
    public struct Mark: Sendable {
        public var number: Int
        public var label: String
        /// Shown in a way of its own.
        public var isWeak: Bool

        public init(number: Int, label: String, isWeak: Bool) {
            self.number = number
            self.label = label
            self.isWeak = isWeak
        }
    }

    public private(set) var pieces: [(text: String, mark: Mark?)] = []

    public init() {}

    public mutating func append(_ text: String, _ mark: Mark? = nil) { pieces.append((text, mark)) }

    /// `Seen by [1 NAME?|Tanaka] today.` without color; a question mark stands behind a weak mark's label.
    public func render(color: Bool) -> String {
        pieces.map { text, mark in
            let text = PlainText.sanitised(text)
            guard let mark else { return text }
            let caption = "\(mark.number) \(PlainText.sanitised(mark.label))\(mark.isWeak ? "?" : "")"
            guard color else { return "[\(caption)|\(text)]" }
            // Every line for itself: a pager that cuts lines must not lose the end of a mark.
            let shown = text.split(separator: "\n", omittingEmptySubsequences: false).map {
                "\u{1B}[\(mark.isWeak ? "1;30;43" : "30;46")m\($0)\u{1B}[0m"
            }.joined(separator: "\n")
            return "\(shown)\u{1B}[2m⟨\(caption)⟩\u{1B}[0m"
        }.joined()
    }
}
