/// Where capitals say nothing: notes in lower case throughout, and lines in capitals throughout.
extension RuleScanner {
    /// For each token, whether its case is that of everything around it.
    static func caseless(_ tokens: [Token]) -> [Bool] {
        var result = [Bool](repeating: false, count: tokens.count)
        var lower = 0
        var capital = 0
        for token in tokens where token.kind == .word && token.count >= 3 {
            if token.shape == .lower { lower += 1 } else { capital += 1 }
        }
        let isLower = lower > 8 && capital * 25 < lower
        var start = 0
        while start < tokens.count {
            var end = start + 1
            var lowerWords = 0
            var upperWords = 0
            while end < tokens.count, tokens[end].breaks == 0 { end += 1 }
            for token in tokens[start..<end] where token.kind == .word && token.count >= 3 {
                if token.shape == .upper { upperWords += 1 } else { lowerWords += 1 }
            }
            let isUpper = upperWords >= 4 && lowerWords * 5 <= upperWords
            for index in start..<end where tokens[index].kind == .word {
                switch tokens[index].shape {
                case .upper, .initial: result[index] = isUpper
                case .lower: result[index] = isLower
                default: break
                }
            }
            start = end
        }
        return result
    }

    /// Whether a token is written as a name is, as far as its surroundings let one tell.
    func isWrittenAsName(_ index: Int) -> Bool {
        guard let token = token(index), token.kind == .word else { return false }
        return token.isCapitalised || caseless[index]
    }
}
