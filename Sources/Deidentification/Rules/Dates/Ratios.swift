/// Two small numbers that are a part, a score or a span of time: `1/2 tab`, `7/10 pain`, `10-14 d`.
///
/// For what was taken for a date by its form: only words that leave no doubt.
enum Ratios {
    /// Whether these tokens are such a pair and nothing else.
    static func isOne(_ tokens: Range<Int>, in text: ScalarText) -> Bool {
        let all = text.tokens
        guard tokens.count == 3, tokens.lowerBound >= 0, tokens.upperBound <= all.count else { return false }
        let (first, mark, second) = (all[tokens.lowerBound], all[tokens.lowerBound + 1], all[tokens.lowerBound + 2])
        guard first.kind == .number, second.kind == .number, first.count <= 2, second.count <= 2, !mark.spaced,
            !second.spaced
        else { return false }
        let behind = word(tokens.upperBound, text)
        if mark.isMark("-") {
            return behind.map { durations.contains($0.hash) } ?? false
        }
        guard mark.isMark("/"), let part = text.number(first), let whole = text.number(second) else { return false }
        // No month: `24/7`, `20/20`, `17/24`. A day may stand first, so one of the two has to be a month.
        if part > 12, whole > 12 || part == 24 && whole == 7 { return true }
        if let behind, counted.contains(behind.hash) { return true }
        if let before = before(tokens.lowerBound, text), counting.contains(before.hash) { return true }
        if ScaleResults.isOne(part, of: whole, at: tokens.lowerBound, in: text) { return true }
        if whole == 7, (1...6).contains(part), isBehindWeeks(tokens.lowerBound, text) { return true }
        if isFraction(part, whole), isFractionHere(tokens, text) { return true }
        return whole == 10 && part <= 10 && (isFelt(tokens.lowerBound, text) || isChange(tokens, text))
    }

    private static func isFraction(_ part: Int, _ whole: Int) -> Bool {
        (part == 1 || part == whole - 1) && (2...4).contains(whole)
    }

    /// `27 3/7`: weeks and days of a pregnancy.
    private static func isBehindWeeks(_ start: Int, _ text: ScalarText) -> Bool {
        guard let before = before(start, text), text.tokens[start].spaced, before.spaced,
            let weeks = text.number(before)
        else { return false }
        return (4...44).contains(weeks)
    }

    /// `3 1/2 hrs`, `1/2 of it`
    private static func isFractionHere(_ tokens: Range<Int>, _ text: ScalarText) -> Bool {
        if let before = before(tokens.lowerBound, text), let units = text.number(before), units <= 24 {
            let isGlued = tokens.lowerBound > 1 && !before.spaced && text.tokens[tokens.lowerBound - 2].kind == .mark
            if !isGlued { return true }
        }
        return word(tokens.upperBound, text).map { halved.contains($0.hash) || durations.contains($0.hash) } ?? false
    }

    /// `7/10 -> 3/10`, `8 → 2/10`
    private static func isChange(_ tokens: Range<Int>, _ text: ScalarText) -> Bool {
        func isTip(_ token: Token) -> Bool { token.isMark(">") || token.isMark("\u{2192}") }
        if let before = before(tokens.lowerBound, text), before.breaks == 0, isTip(before) { return true }
        let behind = text.tokens[tokens.upperBound...].prefix(2)
        guard let first = behind.first, first.breaks == 0 else { return false }
        return isTip(first) || first.isMark("-") && behind.dropFirst().first?.isMark(">") == true
    }

    /// The word for something that is felt stands shortly before it.
    private static func isFelt(_ start: Int, _ text: ScalarText) -> Bool {
        let all = text.tokens
        var index = start
        for step in 1...6 {
            if all[index].breaks > 0 { return false }
            index -= 1
            guard index >= 0 else { return false }
            if all[index].isMark(";") || all[index].isMark(".") && step > 1 { return false }
            guard all[index].kind == .word else { continue }
            if felt.contains(all[index].hash) { return true }
            // `pain since 7/10`
            if dating.contains(all[index].hash) { return false }
        }
        return false
    }

    /// What stands before an index in the same line.
    private static func before(_ index: Int, _ text: ScalarText) -> Token? {
        index > 0 && text.tokens[index].breaks == 0 ? text.tokens[index - 1] : nil
    }

    /// The word at an index, if it stands in the same line.
    private static func word(_ index: Int, _ text: ScalarText) -> Token? {
        guard index < text.tokens.count, text.tokens[index].kind == .word, text.tokens[index].breaks == 0 else {
            return nil
        }
        return text.tokens[index]
    }

    private static let durations = RuleScanner.words(
        "d day days wk wks week weeks mo mos month months h hr hrs hour hours min mins minute minutes sec secs yr yrs year years"
    )
    private static let counted = RuleScanner.words(
        """
        visits sessions shifts doses pills demands cortices cores canisters canister apps steps used filled teeth bottles
        episodes nights meals checks stages strokes blocks criteria correct digits fingers toes strength throughout bilaterally cores nodes pts points words objects items
        """)
    private static let counting = RuleScanner.words(
        "missed misses missing chance chances odds qty tube tubes photic bag fx cycle")
    private static let halved = RuleScanner.words(
        """
        tab tabs tablet pill patch block mile cup can bottle banana slot palm page write denture dentures flight step dose bag
        sandwich plate pack bsa full way body less waffle cookie pizza apple muffin
        """)
    private static let dating = RuleScanner.words(
        "since on from until till til starting started began after before by seen dated last due")
    private static let felt = RuleScanner.words(
        """
        pain ache aches itch cravings craving fatigue mood anxiety severity discomfort nausea stress dyspnea readiness worst best
        rates rated rating phantom headache tightness throbbing burning thermometer ha cp
        """)
}
