/// Dates without a year in digits: `3/4`, `(2/15 0510)`, `7/20-8/9`, `1-14`.
extension RuleScanner {
    /// The index behind the date or the range of dates that begins at a token.
    ///
    /// `3/4` is also a ratio, a strength or a score: the words around decide, and whether the note dates its events.
    func monthAndDay(at index: Int) -> Int? {
        guard let pair = pair(at: index, separator: "/") else { return hyphenated(at: index) }
        var end = pair.end
        var isRange = false
        var next = end
        while isMark(next, "-") || isMark(next, "&")
            || isMark(next, ",") && self.pair(at: next + 1, separator: "/") != nil
        {
            if let more = self.pair(at: next + 1, separator: "/"), !isScore(more) {
                end = more.end
            } else if let date = DateParser(text: text).date(at: next + 1), date.day != nil, date.month != nil {
                end = date.next
            } else {
                break
            }
            isRange = true
            next = end
        }
        if isScore(pair) { return nil }
        if isRange || isDated(index, pair) { return end }
        return nil
    }

    private struct Pair {
        var month: Int
        var day: Int
        var start: Int
        /// Behind the last token.
        var end: Int
        /// Written with a leading zero.
        var isPadded: Bool
    }

    private func pair(at index: Int, separator: Unicode.Scalar) -> Pair? {
        guard let first = token(index), first.kind == .number, first.count <= 2, let mark = token(index + 1),
            mark.isMark(separator), !mark.spaced, let second = token(index + 2), second.kind == .number, !second.spaced,
            second.count <= 2, let month = text.number(first), let day = text.number(second), (1...12).contains(month),
            (1...31).contains(day)
        else { return nil }
        if let before = token(index - 1), !first.spaced,
            before.kind != .mark || [0x2f, 0x2e, 0x2b].contains(before.hash)
        {
            return nil
        }
        if let before = token(index - 1), !first.spaced, before.isMark("-"), token(index - 2)?.kind == .number,
            separator == "-"
        {
            return nil
        }
        if let after = token(index + 3), !after.spaced, after.breaks == 0 {
            let isGlued =
                after.kind != .mark || after.isMark("/") || after.isMark("%") || after.isMark("+")
                || after.isMark(".") && token(index + 4)?.kind == .number && token(index + 4)?.spaced == false
            if isGlued { return nil }
        }
        if isMark(index + 3, "%") { return nil }
        let isPadded =
            text.folded[first.start] == 0x30 && first.count == 2
            || text.folded[second.start] == 0x30 && second.count == 2
        return Pair(month: month, day: day, start: index, end: index + 3, isPadded: isPadded)
    }

    /// A grade, a ratio or a part, by the words around.
    private func isScore(_ pair: Pair) -> Bool {
        for step in 1...3 {
            guard let before = token(pair.start - step) else { break }
            if before.kind == .word, Self.scoreWords.contains(before.hash) { return true }
            if before.kind == .number || before.isMark(".") || before.isMark(";") || before.breaks > 0 && step > 1 {
                break
            }
            if tokens[pair.start - step + 1].breaks > 0 { break }
        }
        if let after = token(pair.end), after.breaks == 0, after.kind == .word,
            Self.behindScores.contains(after.hash) || after.flags.has(.unit) && !Self.notUnits.contains(after.hash)
        {
            return true
        }
        return false
    }

    private static let scoreWords = words(
        """
        pain strength power motor murmur bp vision va od os ou gleason reflexes reflex pulses pulse dtr dtrs grade apgar
        apgars score scale katz lawton moca mmse ratio gait station sva class level intensity rated severity systolic
        diastolic visual acuity sats gcs phq gad scored points tone stage ishihara tinetti grip feeds orientation
        wk wks week weeks day days hd pod dol ga eega cycle visit session course unit units insulin lispro novolog humalog flow peak oriented recall response responses objects words item items hla rh match lymph nodes node cores levels mile cup
        tab tablet carp dose volume fio iop pressure pressures ext extremity extremities biceps triceps deltoid quad
        bishop allred aldrete cincinnati gds stop bristol boston naming sit stand lift gr cage prep comfort rass slums faq
        clock nottingham hoehn yahr drawing figure job copies page pages rai banff fontaine rutherford seattle brighton hughes mayo
        phq9 bims cdr gcs nihss waterlow braden barthel berg mallampati centor wells heart curb ottawa must frail cfs
        quads ankle ip ehl ham hamstrings dorsiflexion plantarflexion flexion extension
        """)
    private static let behindScores = words(
        """
        strength murmur systolic diastolic power motor pulses reflexes grade scale bilaterally throughout pain intensity
        of tab tabs tablet tablets inch inches ppd pack packs mile miles cup cups day days hour hours doses dose week
        claims pages bottles sets strong brisk wk wks d views visits gpc gnr
        weeks ns saline ss lpm cores nodes equal symmetric symmetrical bilat intact objects words mg ml carp dextrose
        """)
    private static let notUnits = words("am pm a p in on at by with will does")

    private func isDated(_ index: Int, _ pair: Pair) -> Bool {
        let isSmall = [(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (2, 6), (3, 6), (1, 6)].contains {
            $0 == (pair.month, pair.day)
        }
        let isOutOf = (pair.day == 5 && pair.month <= 5 || pair.day == 10 && pair.month <= 10) && !pair.isPadded
        if isTime(pair.end) || isWord(pair.end, Self.halves) && token(pair.end)?.breaks == 0 { return true }
        var before = index - 1
        if isMark(before, "=") { return false }
        if isMark(before, "\u{2192}") || isMark(before, ">") && isMark(before - 1, "-") {
            return datedMonths.contains(pair.month) && !isScoreBefore(before) || pair.day > 12
        }
        if isMark(before, ":") || isMark(before, "-") || isMark(before, "@") || isMark(before, "=")
            || isMark(before, "#")
        {
            before -= 1
        }
        if isWord(before, Self.eventWords) || flags(before).has([.weekday]) || isWord(before, Self.shortWeekdays) {
            return true
        }
        if flags(before).has(.dateCue), tokens[index].breaks == 0 || isMark(index - 1, ":") { return true }
        let leads =
            tokens[index].breaks > 0 || isMark(index - 1, ",")
            || isMark(index - 1, ".") && tokens[index].spaced && token(pair.end)?.kind == .word
            || isMark(index - 1, "(") && isMark(pair.end, ")")
        if isOutOf, leads, datedMonths.contains(pair.month) { return true }
        if isOutOf { return false }
        if isSmall, tokens[index].breaks == 0, !datedMonths.contains(pair.month) { return false }
        if pair.isPadded || pair.day > 12 && pair.day != 20 && pair.day != 24 && pair.day != 30 { return true }
        if tokens[index].breaks > 0, token(pair.end).map({ $0.breaks == 0 && !$0.isMark(".") }) ?? false { return true }
        return !datedMonths.isDisjoint(with: [pair.month, pair.month % 12 + 1, (pair.month + 10) % 12 + 1])
    }

    /// `0510`, `14:30`, `9am`, `@ 0900`
    private func isTime(_ index: Int) -> Bool {
        var next = index
        if isMark(next, "@") || isWord(next, Self.at) { next += 1 }
        guard let token = token(next), token.kind == .number, token.breaks == 0 else { return false }
        if token.count == 4, let value = text.number(token), value < 2400, value % 100 < 60,
            self.token(next + 1)?.flags.has(.unit) != true
        {
            return !(1900...2100).contains(value) || index != next
        }
        guard token.count <= 2 else { return false }
        if isMark(next + 1, ":"), self.token(next + 2)?.count == 2, self.token(next + 2)?.kind == .number {
            return true
        }
        return isWord(next + 1, Self.halves)
    }

    private static let at = words("at")
    private static let halves = words("am pm")
    static let shortWeekdays = words("mon tue tues wed thu thur thurs fri sat sun")
    private static let eventWords = words(
        """
        f u fu followup xr or cxr ct mri us echo last til until til since exp expires accept accepted given updated
        recheck started stopped start stop held out trigger vor lmp biopsy bx iep ppd bm call called seen seeing turns
        turned passed born b due done drawn return returns returned rtc fever admitted discharged adm dc d surgery appt dose ordered hus repeat rpt redo prob plan next scheduled old comparison pet
        extub listed today dated off tonight cx stent fill filled offer transferred bronch tst quantiferon
        smear typed dictated intake release released referral wedding procedure echo tte tee eeg mra pft mammo colonoscopy egd
        dexa whipple adm admit prev previous prior rhogam dnacpr closed hcv vl consult conf mtg meeting hearing court expired
        session sent restage termed notified
        visit labs lab inr inrs tdap neg pos placed removed picked will by on event from to before after cert as
        """)

    /// `Labs 7-15:`, `punched wall 1-14`: behind a word of events only.
    private func hyphenated(at index: Int) -> Int? {
        guard let pair = pair(at: index, separator: "-"), !isScore(pair) else { return nil }
        if isMark(pair.end, "-"), token(pair.end)?.spaced == false { return nil }
        // `9-27 biopsy` at the head of two lines or more: a log.
        if tokens[index].breaks > 0, isLog, token(pair.end)?.breaks == 0 || isMark(pair.end, ":") { return pair.end }
        if let time = token(pair.end), time.breaks == 0, time.count == 4, time.kind == .number, isTime(pair.end) {
            return pair.end
        }
        guard let before = token(index - 1), tokens[index].breaks == 0 else { return nil }
        if isWord(index - 1, Self.hyphenWords) || before.flags.has(.weekday) || isWord(index - 1, Self.shortWeekdays) {
            return pair.end
        }
        guard isMark(index - 1, "("), isMark(pair.end, ")"), datedMonths.contains(pair.month) else { return nil }
        return pair.end
    }

    private static let hyphenWords = words(
        """
        labs on since seen last use wall dated date until thru admitted visit verified exam f u edc edd lmp interrogated called
        typed dictated release released referral tel adm admit c dc next tb conf meeting mtg notified repeat rpt due
        """)

    /// `pain 8/10 -> 3/10`: the arrow leads from another score.
    private func isScoreBefore(_ index: Int) -> Bool {
        let next = isMark(index, ">") ? index - 2 : index - 1
        guard let second = token(next), second.kind == .number, isMark(next - 1, "/") else { return false }
        return pair(at: next - 2, separator: "/").map { isScore($0) || $0.day == 10 } ?? true
    }

    /// The months of the dates of the note in digits that can be nothing else.
    static func datedMonths(_ text: ScalarText) -> Set<Int> {
        var months: Set<Int> = []
        let parser = DateParser(text: text)
        for index in text.tokens.indices where text.tokens[index].kind == .number && text.tokens[index].count <= 4 {
            if let date = parser.date(at: index), date.year != nil, date.day != nil, let month = date.month {
                months.insert(month)
            } else if let month = certainMonth(text.tokens, index, text) {
                months.insert(month)
            }
        }
        return months
    }
}

extension RuleScanner {
    /// Two lines or more begin with a month, a hyphen and a day, and go on.
    static func isLog(_ text: ScalarText) -> Bool {
        var lines = 0
        for index in text.tokens.indices.dropLast(3)
        where text.tokens[index].breaks > 0 && text.tokens[index].kind == .number && text.tokens[index].count <= 2 {
            let dash = text.tokens[index + 1]
            let day = text.tokens[index + 2]
            guard dash.isMark("-"), !dash.spaced, day.kind == .number, !day.spaced, day.count <= 2,
                let month = text.number(text.tokens[index]), (1...12).contains(month),
                let value = text.number(day), (1...31).contains(value), text.tokens[index + 3].breaks == 0,
                text.tokens[index + 3].spaced
            else { continue }
            lines += 1
        }
        return lines >= 2
    }

    /// The month of `3/28`, whose second part is no usual end of a scale.
    private static func certainMonth(_ tokens: [Token], _ index: Int, _ text: ScalarText) -> Int? {
        guard index + 2 < tokens.count, tokens[index].count <= 2, tokens[index].spaced, tokens[index + 1].isMark("/"),
            !tokens[index + 1].spaced, !tokens[index + 2].spaced, tokens[index + 2].kind == .number,
            let month = text.number(tokens[index]), (1...12).contains(month),
            let day = text.number(tokens[index + 2]), (16...31).contains(day), ![18, 20, 24, 25, 30].contains(day)
        else { return nil }
        if index + 3 < tokens.count, !tokens[index + 3].spaced,
            tokens[index + 3].kind != .mark || tokens[index + 3].isMark("/") || tokens[index + 3].isMark("%")
        {
            return nil
        }
        return month
    }
}
