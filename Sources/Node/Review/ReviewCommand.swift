public import Deidentification
internal import Foundation

/// What a reviewer types while going through the queue.
public enum ReviewCommand: Sendable, Equatable {
    case approve
    case reject(reason: String)
    case skip
    case quit
    /// Redact a piece of the text, wherever it occurs.
    case redact(String, IdentifierLabel)
    /// Redact a place: `START-END:LABEL`.
    case redactRange(String)
    /// The text of this span is no identifier.
    case keep(Int)
    /// Forget the corrections of this report.
    case undo
    /// The de-identified text.
    case output
    case help

    /// - Throws: ``NodeError`` `.badInput` with what can be typed.
    public init(_ line: String) throws {
        let line = line.trimmingCharacters(in: .whitespaces)
        let rest = line.dropFirst().trimmingCharacters(in: .whitespaces)
        switch line.first {
        case "a" where rest.isEmpty: self = .approve
        case "r" where !rest.isEmpty: self = .reject(reason: rest)
        case "s" where rest.isEmpty: self = .skip
        case "q" where rest.isEmpty: self = .quit
        case "u" where rest.isEmpty: self = .undo
        case "o" where rest.isEmpty: self = .output
        case "?", "h": self = .help
        case "=" where !rest.isEmpty: self = .redactRange(rest)
        case "+" where !rest.isEmpty: self = try Self.redaction(rest)
        case "k":
            guard let number = Int(rest) else {
                throw NodeError(.badInput, "Type k and the number of a span, such as k 3.")
            }
            self = .keep(number)
        default: throw NodeError(.badInput, Self.usage)
        }
    }

    /// `+ some text` is a name; `+PHONE: some text` is what it says.
    private static func redaction(_ text: String) throws -> ReviewCommand {
        let parts = text.split(separator: ":", maxSplits: 1)
        if parts.count == 2, let label = IdentifierLabel(rawValue: parts[0].uppercased()) {
            let piece = parts[1].trimmingCharacters(in: .whitespaces)
            if !piece.isEmpty { return .redact(piece, label) }
        }
        return .redact(text, .name)
    }

    public static let usage = """
        a            approve, with the corrections typed before
        r REASON     reject: the report is never used
        s            skip, decide later
        q            quit
        + TEXT       redact this text wherever it occurs; + PHONE: TEXT for another kind than NAME
        = 12-20:NAME redact a place, by its offsets
        k 3          span 3 is no identifier: keep its text
        u            undo the corrections of this report
        o            show the de-identified text
        """
}
