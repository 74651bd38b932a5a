extension TokenFacts {
    /// Lines: their capitals, the cue before a colon, the heading above, and the place of each token in them.
    static func addLines(_ facts: inout [TokenFacts], _ text: ScalarText) {
        let tokens = text.tokens
        let whole = letterCase(tokens[...], text)
        var lines = 0
        for token in tokens where token.breaks > 0 { lines += 1 }
        var start = 0
        var line = 0
        var heading: UInt64 = 0
        var openCue: UInt64 = 0
        while start < tokens.count {
            var end = start + 1
            while end < tokens.count, tokens[end].breaks == 0 { end += 1 }
            let caps = letterCase(tokens[start..<end], text) << 2 | whole
            let isHeading =
                end - start <= 6 && tokens[end - 1].isMark(":") || isCapitalHeading(tokens[start..<end], whole)
            // A line that ends with a colon announces the next one.
            var cue = openCue
            var cuePair: UInt64 = openCue
            var distance: UInt64 = openCue == 0 ? 0 : 4
            var index = start
            while index < end {
                facts[index].lineCase = caps
                facts[index].cue = cue
                facts[index].cuePair = cuePair
                facts[index].cueDistance = min(distance, 6)
                facts[index].heading = heading
                facts[index].linePlace = place(index - start, end - index, line, lines)
                if distance > 0 { distance += 1 }
                let token = tokens[index]
                if token.isMark(":") || token.isMark("#") || token.isMark("="), index > start {
                    let before = tokens[index - 1]
                    if before.kind == .word {
                        cue = before.hash
                        let second = index - 2 >= start && tokens[index - 2].kind == .word ? tokens[index - 2].hash : 7
                        cuePair = FeatureHash.join(cue, second)
                        distance = 1
                    }
                }
                index += 1
            }
            openCue = 0
            if isHeading {
                heading = headingHash(tokens[start..<end])
                if tokens[end - 1].isMark(":") { openCue = cue }
            }
            line += 1
            start = end
        }
    }

    private static func headingHash(_ line: ArraySlice<Token>) -> UInt64 {
        var hash: UInt64 = 0x77
        for token in line where token.kind == .word { hash = FeatureHash.join(hash, token.hash) }
        return hash
    }

    /// `HISTORY OF PRESENT ILLNESS` in a text that has small letters too.
    private static func isCapitalHeading(_ line: ArraySlice<Token>, _ whole: UInt64) -> Bool {
        guard whole != 1, line.count <= 6, let last = line.last, last.kind == .word else { return false }
        return line.allSatisfy { $0.kind != .number && ($0.kind == .mark || $0.shape == .upper) }
    }

    /// 1: capitals only; 2: small letters only; 3: too few letters to tell; 0: both.
    private static func letterCase(_ tokens: ArraySlice<Token>, _ text: ScalarText) -> UInt64 {
        var upper = 0
        var lower = 0
        for token in tokens where token.kind == .word && token.count > 1 {
            switch token.shape {
            case .upper: upper += 1
            case .lower: lower += 1
            case .capital: upper += 1; lower += 1
            default: break
            }
        }
        if upper + lower < 3 { return 3 }
        // A few abbreviations or units don't change what a text is.
        return lower * 12 <= upper ? 1 : upper * 12 <= lower ? 2 : 0
    }

    private static func place(_ before: Int, _ behind: Int, _ line: Int, _ lines: Int) -> UInt64 {
        let column: UInt64 = before < 3 ? UInt64(before) : before < 8 ? 3 : 4
        let rest: UInt64 = behind <= 2 ? UInt64(behind) : 3
        let row: UInt64 = line < 3 ? UInt64(line) : line < 8 ? 3 : lines - line <= 3 ? 4 : 5
        return column << 8 | rest << 4 | row
    }
}
