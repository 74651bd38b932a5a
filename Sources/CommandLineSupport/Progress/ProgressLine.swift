internal import ConsiliumCore

/// The text of one state of progress.
struct ProgressLine {
    var update: ProgressUpdate
    /// Units a second.
    var rate: Double?

    /// `train round 3 [█████░░░░░]  50 %  1,204 tokens/s  3:20 left  loss 2.31`, at most `width` columns.
    ///
    /// What does not fit goes in this order: the note, the rate, the bar, the end of the activity.
    func bar(width: Int, hasUnicode: Bool) -> String {
        let percentage = fraction.map { pad("\(Int(($0 * 100).rounded(.down))) %", to: 5) } ?? amount(update.completed)
        let rate = rateText
        let left = timeLeft.map { "\($0) left" }
        let note = update.note.isEmpty ? nil : update.note
        for tail in [[percentage, rate, left, note], [percentage, rate, left], [percentage, left]] {
            let tail = tail.compactMap { $0 }.joined(separator: "  ")
            let room = width - PlainText.width(update.activity) - PlainText.width(tail) - 5
            guard fraction != nil else {
                if room >= 0 { return "\(update.activity)  \(tail)" }
                continue
            }
            if room >= 10 { return "\(update.activity) [\(blocks(min(room, 40), hasUnicode))]  \(tail)" }
        }
        let short = [percentage, left].compactMap { $0 }.joined(separator: "  ")
        let activity = PlainText.truncated(update.activity, to: max(0, width - PlainText.width(short) - 2))
        return PlainText.truncated(activity.isEmpty ? short : "\(activity)  \(short)", to: width)
    }

    /// `train round 3: 50 % (500 of 1,000 tokens), 1,204 tokens/s, 3:20 left, loss 2.31`.
    var plain: String {
        var parts: [String] = []
        if let fraction, let total = update.total {
            parts.append("\(Int((fraction * 100).rounded(.down))) % (\(number(update.completed)) of \(amount(total)))")
        } else {
            parts.append(amount(update.completed))
        }
        if let rateText { parts.append(rateText) }
        if let timeLeft { parts.append("\(timeLeft) left") }
        if !update.note.isEmpty { parts.append(update.note) }
        return "\(update.activity): \(parts.joined(separator: ", "))"
    }

    private var fraction: Double? {
        guard let total = update.total, total > 0, update.completed.isFinite, total.isFinite else { return nil }
        return min(max(update.completed / total, 0), 1)
    }

    private var rateText: String? {
        guard let rate, rate > 0 else { return nil }
        return update.unit == "bytes" ? "\(Quantity.bytes(rate))/s" : "\(Quantity.count(rate)) \(update.unit)/s"
    }

    private var timeLeft: String? {
        guard let total = update.total, let rate, rate > 0, update.completed < total else { return nil }
        return Quantity.duration(seconds: (total - update.completed) / rate)
    }

    private func amount(_ value: Double) -> String {
        update.unit == "bytes" ? Quantity.bytes(value) : "\(Quantity.count(value)) \(update.unit)"
    }

    private func number(_ value: Double) -> String {
        update.unit == "bytes" ? Quantity.bytes(value) : Quantity.count(value)
    }

    private func blocks(_ count: Int, _ hasUnicode: Bool) -> String {
        let full = Int((Double(count) * (fraction ?? 0)).rounded(.down))
        return String(repeating: hasUnicode ? "█" : "#", count: full)
            + String(repeating: hasUnicode ? "░" : ".", count: count - full)
    }

    private func pad(_ text: String, to columns: Int) -> String {
        String(repeating: " ", count: max(0, columns - PlainText.width(text))) + text
    }
}
