extension ScalarText {
    /// The first token for which `isBehind` holds, which must hold for all tokens after one for which it does; the number of
    /// tokens if there is none.
    func firstToken(where isBehind: (Token) -> Bool) -> Int {
        var low = 0
        var high = tokens.count
        while low < high {
            let middle = (low + high) / 2
            if isBehind(tokens[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The tokens that overlap a span of scalars.
    func tokenRange(_ start: Int, _ end: Int) -> Range<Int> {
        let first = firstToken { $0.end > start }
        var last = first
        while last < tokens.count, tokens[last].start < end { last += 1 }
        return first..<last
    }
}
