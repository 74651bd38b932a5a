/// Roads by number, post boxes and the postcodes of Britain and Canada.
extension RuleScanner {
    func isPlaceForm(_ index: Int) -> Bool {
        Self.forms.contains(tokens[index].hash) || tokens[index].count == 1
            || tokens[index].count == 2 && tokens[index].shape == .upper && token(index + 1)?.spaced == false
                && token(index + 1)?.kind == .number
    }

    private static let forms = words(
        "route rte rt hwy highway interstate us sr cr i state box rr r rural star hc p po mm milepost exit corner sector lot trlr sp"
    )
    private static let roads = words("route rte rt hwy highway interstate sr cr exit i")
    private static let routes = words("rr rt route hc star rural r")

    mutating func placeForm(at index: Int) {
        let token = tokens[index]
        if postcode(at: index) { return }
        if Self.roads.contains(token.hash), token.count > 1 || isMark(index + 1, "-") {
            road(at: index)
        } else if Self.box.contains(token.hash) {
            postBox(at: index)
        }
    }

    private static let box = words("box")
    private static let compassWords = words("n s e w nb sb eb wb north south east west mm exit mile marker milepost")

    /// `Route 9W`, `I-64 WB MM 182`, `Navajo Route 15`, `Hwy 61`
    private mutating func road(at index: Int) {
        var next = index + 1
        if isMark(next, "-") || isMark(next, ".") { next += 1 }
        guard let number = token(next), number.kind == .number, number.count <= 4, number.breaks == 0,
            isWrittenAsName(index)
        else { return }
        if isWord(index, Self.short), token(index)?.shape == .lower, !caseless[index] { return }
        if tokens[index].count <= 2,
            tokens[index].count == 1 ? !isMark(index + 1, "-") || number.spaced || number.count < 2 : number.count < 2
        {
            return
        }
        if isWord(index, Self.exits), !isPlaceCue(before: index), token(next + 1)?.isCapitalised != true { return }
        var end = next + 1
        if let letter = token(end), !letter.spaced, letter.kind == .word, letter.count == 1 { end += 1 }
        while let more = token(end), more.breaks == 0, end - next < 7,
            Self.compassWords.contains(more.hash) && more.kind == .word
                || more.kind == .number && Self.compassWords.contains(token(end - 1)?.hash ?? 0)
        { end += 1 }
        var start = index
        if index > 0, tokens[index].breaks == 0, token(index - 1)?.shape == .capital,
            flags(index - 1).has(.state) || flags(index - 1).isEmpty || isWord(index - 1, Self.owners)
        {
            start -= 1
        }
        add(tokens[start].start, tokens[end - 1].end, .location, 0.7, .street)
        if isMark(end, ","), let box = token(end + 1), Self.box.contains(box.hash) { postBox(at: end + 1) }
    }

    private static let short = words("rt i exit")
    private static let exits = words("exit")
    private static let owners = words("state county navajo us federal bia indian")

    /// `P O Box 81296`, `R.R. 1 Box 245`, `Star Route 4 Box 981`, `Unit 8182 Box 305, APO AE`
    private mutating func postBox(at index: Int) {
        var next = index + 1
        if isMark(next, "#") || isMark(next, ".") { next += 1 }
        guard let number = token(next), number.kind == .number, number.breaks == 0, number.count <= 6 else { return }
        var start = index
        var steps = 0
        while start > 0, steps < 8, tokens[start].breaks == 0 {
            let before = tokens[start - 1]
            let isPart =
                before.isMark(".") || before.isMark(",") || before.isMark("#")
                || before.kind == .number && before.count <= 5
                || before.kind == .word && (Self.boxLeads.contains(before.hash))
            guard isPart else { break }
            start -= 1
            steps += 1
        }
        while start < index, tokens[start].kind == .mark || tokens[start].kind == .number { start += 1 }
        guard start < index || isWrittenAsName(index) && (isPlaceCue(before: index) || isMark(next + 1, ",")) else {
            return
        }
        var end = next + 1
        if let letter = token(end), !letter.spaced, letter.kind == .word, letter.count == 1 { end += 1 }
        // Road and town behind the box.
        if isMark(end, ",") {
            var tail = end + 1
            while let word = token(tail), word.breaks <= 1, tail - end < 9,
                word.kind == .word && (word.isCapitalised || word.flags.has(.stateCode)) && !word.flags.has(.function)
                    || word.kind == .number && (word.count == 5 || word.count == 4) || word.isMark(",")
                    || word.isMark("-")
            { tail += 1 }
            while tail > end, tokens[tail - 1].kind == .mark { tail -= 1 }
            end = max(end, tail)
        }
        add(tokens[start].start, tokens[end - 1].end, .location, 0.85, .dwelling, take: true)
    }

    private static let boxLeads = words(
        "p o po rr r rural route rt rte star hc highway contract unit psc cmr post office hcr rfd")

    /// `L4G 6L1`, `SW1A 1AA`
    private mutating func postcode(at index: Int) -> Bool {
        let token = tokens[index]
        guard
            token.shape == .initial || token.shape == .upper && token.count == 2 || caseless[index] && token.count <= 2,
            let digits = self.token(index + 1), digits.kind == .number, !digits.spaced, digits.count <= 2
        else { return false }
        var next = index + 2
        var isCanadian = false
        if let letter = self.token(next), letter.kind == .word, !letter.spaced, letter.count == 1,
            letter.shape == token.shape || caseless[next]
        {
            isCanadian = digits.count == 1
            next += 1
        }
        guard let second = self.token(next), second.kind == .number, second.count == 1, second.spaced,
            second.breaks == 0,
            let tail = self.token(next + 1), tail.kind == .word, !tail.spaced, tail.shape != .capital
        else { return false }
        if isCanadian, tail.count == 1, let last = self.token(next + 2), last.kind == .number, last.count == 1,
            !last.spaced
        {
            add(token.start, last.end, .location, 0.85, .postalCode, take: true)
            return true
        }
        guard tail.count == 2, tail.shape == .upper, !tail.flags.has(.unit) else { return false }
        add(token.start, tail.end, .location, 0.75, .postalCode, take: true)
        return true
    }
}
