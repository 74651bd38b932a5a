internal import Admin
internal import CommandLineSupport
internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import Identity

/// A ``JobBoard/Picture`` as lines of at most 79 columns.
struct BoardText {
    let lines: [String]

    private static let width = 79

    init(_ picture: JobBoard.Picture, style: LiveLines.Style) {
        let title = PlainText.truncated(PlainText.sanitised(picture.title), to: 77 - picture.job.rawValue.count)
        var lines = [
            style.paint(title, 1) + Self.gap(title, picture.job.rawValue) + style.paint(picture.job.rawValue, 2),
            Self.bar(picture, style),
        ]
        let nameWidth = min(30, picture.rows.map { $0.clinic.text.count }.max() ?? 0)
        for row in picture.rows { lines.append(Self.row(row, nameWidth, style)) }
        if picture.isStale {
            lines.append(style.paint("  The coordinator does not answer; asking again.", 33))
        } else if !picture.note.isEmpty {
            lines.append("  " + PlainText.truncated(PlainText.sanitised(picture.note), to: Self.width - 2))
        }
        self.lines = lines
    }

    private static func gap(_ left: String, _ right: String) -> String {
        String(repeating: " ", count: max(2, width - PlainText.width(left) - PlainText.width(right)))
    }

    private static func bar(_ picture: JobBoard.Picture, _ style: LiveLines.Style) -> String {
        var tail = picture.state == .proposed ? "waiting for approval" : "round \(picture.round)/\(picture.rounds)"
        tail += "  " + padded("\(Int((picture.fraction * 100).rounded(.down))) %", 5, right: true)
        tail += "  " + padded(Quantity.duration(seconds: picture.secondsElapsed), 5, right: true) + " elapsed"
        if let left = picture.secondsLeft {
            tail += "  \(padded(Quantity.duration(seconds: left), 5, right: true)) left"
        }
        let room = max(10, min(40, width - 4 - PlainText.width(tail)))
        let full = Int((Double(room) * picture.fraction).rounded(.down))
        let done = String(repeating: style.hasUnicode ? "█" : "#", count: full)
        let open = String(repeating: style.hasUnicode ? "░" : ".", count: room - full)
        return "[\(style.paint(done, 32))\(style.paint(open, 2))]  \(tail)"
    }

    private static func row(_ row: JobBoard.Row, _ nameWidth: Int, _ style: LiveLines.Style) -> String {
        let (mark, ascii, word, colour) = look(row.activity)
        let name = padded(PlainText.truncated(row.clinic.text, to: nameWidth), nameWidth)
        var text = "  \(name)  \(style.paint("\(style.hasUnicode ? mark : ascii) \(padded(word, 12))", colour))"
        text += padded(row.bytesReceived > 0 ? Quantity.bytes(Double(row.bytesReceived)) : "–", 10, right: true)
        if let heldOut = row.heldOut {
            text += "  \(Quantity.fixed(heldOut.base, 2)) → \(Quantity.fixed(heldOut.federated, 2)) bits/byte"
        } else if let seconds = row.secondsSinceSeen {
            text += style.paint(seconds < 2 ? "  seen now" : "  seen \(Quantity.duration(seconds: seconds)) ago", 2)
        } else {
            text += style.paint("  not seen yet", 2)
        }
        return text
    }

    private static func look(_ activity: JobBoard.Activity) -> (String, String, String, Int) {
        switch activity {
        case .asked: ("?", "?", "not approved", 33)
        case .denied: ("✗", "x", "denied", 31)
        case .approved: ("✓", "+", "approved", 32)
        case .training: ("●", "*", "training", 36)
        case .delivered: ("✓", "+", "delivered", 32)
        case .done: ("✓", "+", "done", 32)
        case .stopped: ("✗", "x", "stopped", 31)
        }
    }

    private static func padded(_ text: String, _ columns: Int, right: Bool = false) -> String {
        let padding = String(repeating: " ", count: max(0, columns - PlainText.width(text)))
        return right ? padding + text : text + padding
    }
}

/// Without a terminal: one line for each thing that happens.
extension BoardText {
    /// `nil` if nothing has happened that is worth a line.
    static func change(from old: JobBoard.Picture?, to new: JobBoard.Picture) -> String? {
        guard
            old?.state != new.state || old?.round != new.round || old?.isStale != new.isStale
                || old?.rows.map(\.activity) != new.rows.map(\.activity)
        else { return nil }
        if new.isStale { return "The coordinator does not answer; asking again." }
        func names(_ activity: JobBoard.Activity) -> String {
            new.rows.filter { $0.activity == activity }.map(\.clinic.text).joined(separator: ", ")
        }
        switch new.state {
        case .proposed:
            let approved = names(.approved)
            return "waiting for approval; approved by: \(approved.isEmpty ? "nobody yet" : approved)"
        case .running:
            let delivered = names(.delivered)
            let left = new.secondsLeft.map { ", \(Quantity.duration(seconds: $0)) left" } ?? ""
            return "round \(new.round) of \(new.rounds): "
                + (delivered.isEmpty ? "training at \(names(.training))" : "delivered by \(delivered)") + left
        case .finished: return "finished after \(new.rounds) rounds"
        case .stopped: return "stopped in round \(new.round): \(new.note)"
        }
    }

    static func conclusion(_ job: Overview.Job, seconds: Double?) -> String {
        let time = seconds.map { " in \(Quantity.duration(seconds: $0))" } ?? ""
        switch job.state {
        case .finished:
            return "“\(job.id)” finished: \(job.rounds) rounds\(time), adapter \(job.adapter.short)…"
        case .stopped: return "“\(job.id)” was stopped in round \(job.round): \(job.note)"
        default: return "“\(job.id)” is \(job.state.rawValue)."
        }
    }
}
