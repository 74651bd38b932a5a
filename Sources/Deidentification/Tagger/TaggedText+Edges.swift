extension TaggedText {
    /// A rule's candidate without the words at its edges of which the tagger is sure that they identify nobody: `Drive` in
    /// `she will drive`, `REPORT` before a laboratory, `MD` behind a name.
    ///
    /// - Returns: `nil` if that holds for all of its words. Where the tagger finds nothing likely in it, it doesn't know
    ///   what the rule means, and the candidate stays whole.
    func trimmed(_ candidate: Candidate, in text: ScalarText) -> Candidate? {
        let tokens = text.tokenRange(candidate.start, candidate.end)
        let most = most(tokens, text)
        if most < Self.nobody { return nil }
        guard most >= Self.likely else { return candidate }
        var first = tokens.lowerBound
        var last = tokens.upperBound
        while first < last, isEmpty(first, text) { first += 1 }
        while last > first, isEmpty(last - 1, text) { last -= 1 }
        guard first < last else { return candidate }
        var candidate = candidate
        if first > tokens.lowerBound { candidate.start = text.tokens[first].start }
        if last < tokens.upperBound { candidate.end = text.tokens[last - 1].end }
        return candidate
    }

    private func isEmpty(_ index: Int, _ text: ScalarText) -> Bool {
        text.tokens[index].kind == .mark || Double(probability[index]) < Self.surelyNot
    }

    /// A whole candidate falls below it.
    private static let nobody = 0.005
    /// A word at the edge falls below it.
    private static let surelyNot = 0.02
    /// The tagger agrees that there is something.
    private static let likely = 0.5
}
