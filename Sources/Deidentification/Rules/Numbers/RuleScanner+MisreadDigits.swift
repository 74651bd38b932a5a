/// Digits that a scanner read as letters: `l0/l2/2024`, `(2O9) 555-Ol44`.
extension RuleScanner {
    /// The numeric rules read the text once more with the digits put back; only what holds such a digit is kept.
    mutating func scanMisreadDigits() {
        guard let mended = mendedDigits() else { return }
        var scanner = RuleScanner(ScalarText(scalars: mended.scalars))
        scanner.datedMonths = datedMonths
        scanner.scanCuedIdentifiers()
        scanner.scanDates()
        scanner.scanNumbers()
        for candidate in scanner.found
        where mended.changed.contains(where: { candidate.start <= $0 && $0 < candidate.end }) {
            let digits = (candidate.start..<candidate.end).count { text.kinds[$0] == .digit }
            guard candidate.label == .date || digits >= 3 && candidate.score >= 0.8 else { continue }
            // What was read of it with the letters in place is a part.
            found.removeAll { $0.start >= candidate.start && $0.end <= candidate.end }
            add(candidate.start, candidate.end, candidate.label, min(candidate.score, 0.85), candidate.rule, take: true)
        }
    }

    private func mendedDigits() -> (scalars: [UInt32], changed: [Int])? {
        var scalars = text.scalars
        var changed: [Int] = []
        var index = 0
        while index < text.count {
            guard isDigitLike(index), index == 0 || !text.kinds[index - 1].isAlphanumeric else {
                index += 1
                continue
            }
            var end = index
            var digits = 0
            var letters = 0
            var joints = 0
            while end < text.count, isDigitLike(end) || isJoint(end) {
                digits += text.kinds[end] == .digit ? 1 : 0
                letters += text.kinds[end].isLetter ? 1 : 0
                joints += text.kinds[end].isAlphanumeric ? 0 : 1
                end += 1
            }
            if letters > 0, digits > 0, letters + digits >= 3, joints > 0 || digits + letters >= 4,
                end >= text.count || !text.kinds[end].isLetter
            {
                for position in index..<end where text.kinds[position].isLetter {
                    scalars[position] = text.folded[position] == 0x6f ? 0x30 : 0x31
                    changed.append(position)
                }
            }
            index = max(end, index + 1)
        }
        return changed.isEmpty ? nil : (scalars, changed)
    }

    /// A digit, or one of the letters that scanners read for 0 and 1.
    private func isDigitLike(_ index: Int) -> Bool {
        if text.kinds[index] == .digit { return true }
        let scalar = text.scalars[index]
        return scalar == 0x6c || scalar == 0x49 || scalar == 0x4f
    }

    private func isJoint(_ index: Int) -> Bool {
        [0x2f, 0x2d].contains(text.folded[index]) && index + 1 < text.count && isDigitLike(index + 1)
    }
}
