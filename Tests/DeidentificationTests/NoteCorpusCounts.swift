@testable import Deidentification

/// What was found against what is marked, by the definitions of the customer's scorer: letters and digits alone count,
/// neutral characters are left out, a span leaks when one of its counted characters is not covered.
struct NoteCorpusCounts {
    private(set) var notes = 0
    private(set) var covered = 0
    private(set) var uncovered = 0
    private(set) var wrong = 0
    private(set) var leaked = 0
    private(set) var notesWithIdentifiers = 0
    private(set) var cleanNotes = 0
    private(set) var wordsKept = 0
    private(set) var wordsLost = 0
    private(set) var hardNegatives = 0
    private(set) var hardNegativesTouched = 0
    private(set) var spans: [IdentifierLabel: (all: Int, leaked: Int)] = [:]

    var recall: Double { Self.ratio(covered, covered + uncovered) }
    var precision: Double { Self.ratio(covered, covered + wrong) }
    var leaksPerThousandNotes: Double { 1000 * Double(leaked) / Double(max(notes, 1)) }
    var cleanNoteShare: Double { Self.ratio(cleanNotes, notesWithIdentifiers) }
    var ordinaryWordsKept: Double { Self.ratio(wordsKept, wordsKept + wordsLost) }
    var hardNegativeShareTouched: Double {
        hardNegatives == 0 ? 0 : Double(hardNegativesTouched) / Double(hardNegatives)
    }

    func spanRecall(_ label: IdentifierLabel) -> Double {
        let (all, leaked) = spans[label] ?? (0, 0)
        return Self.ratio(all - leaked, all)
    }

    private static func ratio(_ part: Int, _ whole: Int) -> Double {
        whole == 0 ? 1 : Double(part) / Double(whole)
    }

    mutating func add(_ note: NoteCorpus.Note, found: [Range<Int>]) {
        let counted = note.scalars.map { $0.properties.isAlphabetic || $0.properties.numericType != nil }
        let gold = Self.mask(note.scalars.count, note.spans.map(\.range))
        let hit = Self.mask(note.scalars.count, found)
        let neutral = Self.mask(note.scalars.count, note.neutral)
        notes += 1
        for index in note.scalars.indices where counted[index] {
            if gold[index] {
                if hit[index] { covered += 1 } else { uncovered += 1 }
            } else if hit[index], !neutral[index] {
                wrong += 1
            }
        }
        addWords(counted, gold, lost: zip(hit, neutral).map { $0 && !$1 })
        var leaks = 0
        for span in note.spans {
            let isOpen = span.range.contains { counted[$0] && !hit[$0] }
            spans[span.label, default: (0, 0)].all += 1
            if isOpen {
                spans[span.label, default: (0, 0)].leaked += 1
                leaks += 1
            }
        }
        leaked += leaks
        if !note.spans.isEmpty {
            notesWithIdentifiers += 1
            cleanNotes += leaks == 0 ? 1 : 0
        }
        hardNegatives += note.hardNegatives.count
        hardNegativesTouched += note.hardNegatives.count { $0.contains { counted[$0] && hit[$0] } }
    }

    /// Runs of counted characters outside identifiers; one is lost when any of its characters is.
    private mutating func addWords(_ counted: [Bool], _ gold: [Bool], lost: [Bool]) {
        var index = 0
        while index < counted.count {
            guard counted[index], !gold[index] else {
                index += 1
                continue
            }
            let start = index
            while index < counted.count, counted[index], !gold[index] { index += 1 }
            if lost[start..<index].contains(true) { wordsLost += 1 } else { wordsKept += 1 }
        }
    }

    private static func mask(_ count: Int, _ ranges: [Range<Int>]) -> [Bool] {
        var mask = [Bool](repeating: false, count: count)
        for range in ranges { for index in range.clamped(to: 0..<count) { mask[index] = true } }
        return mask
    }
}
