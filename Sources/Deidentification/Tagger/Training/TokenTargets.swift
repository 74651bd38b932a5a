/// Which labels a training text permits at each of its tokens, one bit for each.
enum TokenTargets {
    /// - Parameter candidates: of the rules; in an incomplete text, what they are rather sure of may be anything.
    static func masks(
        _ note: TrainingNote, _ text: ScalarText, _ candidates: [Candidate], _ labels: ChainLabels,
        neutralStays: Bool = false
    ) -> [UInt64] {
        let everything: UInt64 = labels.count == 64 ? .max : 1 << UInt64(labels.count) - 1
        var masks = [UInt64](repeating: 1, count: text.tokens.count)
        if note.isIncomplete {
            for candidate in candidates where candidate.score >= 0.6 {
                for index in text.tokenRange(candidate.start, candidate.end) { masks[index] = everything }
            }
        }
        for mark in note.neutral where !neutralStays {
            for index in text.tokenRange(mark.start, mark.end) { masks[index] = everything }
        }
        var owned = [Bool](repeating: false, count: text.tokens.count)
        for span in note.spans {
            guard let label = span.label, let kind = labels.kinds.firstIndex(of: label) else { continue }
            var isFirst = true
            for index in text.tokenRange(span.start, span.end) where !owned[index] {
                owned[index] = true
                masks[index] = 1 << UInt64(isFirst ? labels.begin(kind) : labels.inside(kind))
                isFirst = false
            }
        }
        return masks
    }
}
