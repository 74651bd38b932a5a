/// A tagger's opinion on the tokens of one text.
struct TaggedText {
    /// The probability that the token is a part of an identifier.
    let probability: [Float]
    /// The likeliest kind, if it is one.
    let kind: [IdentifierLabel]
    /// Whether an identifier rather begins here than goes on.
    let begins: [Bool]

    /// - Parameter marginals: `[tokens, stride]`
    init(marginals: [Float], labels: ChainLabels, count: Int) {
        var probability = [Float](repeating: 0, count: count)
        var kind = [IdentifierLabel](repeating: .name, count: count)
        var begins = [Bool](repeating: false, count: count)
        let stride = labels.stride
        for token in 0..<min(count, marginals.count / stride) {
            let row = token * stride
            let identifies = max(0, min(1, 1 - marginals[row]))
            probability[token] = identifies
            guard identifies > 0.01 else { continue }
            var most: Float = -1
            for index in labels.kinds.indices {
                let inside = marginals[row + labels.inside(index)]
                let begin = labels.marksBegins ? marginals[row + labels.begin(index)] : 0
                if inside + begin > most {
                    most = inside + begin
                    kind[token] = labels.kinds[index]
                    begins[token] = begin > inside
                }
            }
        }
        self.probability = probability
        self.kind = kind
        self.begins = begins
    }

    /// The identifiers whose tokens pass their kind's threshold, completed: a half-covered identifier is a leak.
    func candidates(in text: ScalarText, thresholds: DetectionThresholds) -> [Candidate] {
        var kind = kind
        var accepted = probability.indices.map { Double(probability[$0]) >= thresholds.accepted(kind[$0]) }
        /// Beside an accepted token, a part of the threshold is enough.
        func joins(_ index: Int, _ neighbor: Int) -> Bool {
            guard !accepted[index], accepted[neighbor] else { return false }
            if isGlued(index, neighbor, kind[neighbor], text) { return true }
            return kind[index] == kind[neighbor]
                && Double(probability[index]) >= thresholds.accepted(kind[index]) * Self.completion
        }
        for index in accepted.indices.dropFirst() where joins(index, index - 1) && !begins[index] {
            accepted[index] = true
            kind[index] = kind[index - 1]
        }
        for index in accepted.indices.dropLast().reversed() where joins(index, index + 1) && !begins[index + 1] {
            accepted[index] = true
            kind[index] = kind[index + 1]
        }
        var found: [Candidate] = []
        var start = 0
        while start < accepted.count {
            guard accepted[start] else {
                start += 1
                continue
            }
            var end = start + 1
            while end < accepted.count, accepted[end], kind[end] == kind[start], !begins[end] { end += 1 }
            // Marks alone identify nobody.
            var (first, last) = (start, end)
            while first < last, text.tokens[first].kind == .mark, !isOpening(text.tokens[first], kind[start]) {
                first += 1
            }
            while last > first, text.tokens[last - 1].kind == .mark { last -= 1 }
            while last - first > 1, isLoose(first, kind[start], text) { first += 1 }
            while last - first > 1, isLoose(last - 1, kind[start], text) { last -= 1 }
            if first < last {
                found.append(
                    Candidate(
                        start: text.tokens[first].start, end: text.tokens[last - 1].end, label: kind[start],
                        score: mean(first..<last, text), stage: .tagger))
            }
            start = end
        }
        return found
    }

    /// The share of its threshold that a token needs beside an accepted one.
    private static let completion = 0.35

    /// Letters and digits without anything between them, as in `x8v0868`, are one number. Not `76yo` or `3/4pm`.
    private func isGlued(_ index: Int, _ neighbor: Int, _ kind: IdentifierLabel, _ text: ScalarText) -> Bool {
        guard kind != .date, kind != .ageOver89 else { return false }
        let (left, right) = (text.tokens[min(index, neighbor)], text.tokens[max(index, neighbor)])
        return left.kind != .mark && right.kind != .mark && left.end == right.start
    }

    /// A word of the sentence that was taken along with the name beside it: `PER BECKWITH`.
    private func isLoose(_ index: Int, _ kind: IdentifierLabel, _ text: ScalarText) -> Bool {
        guard kind == .name else { return false }
        let token = text.tokens[index]
        if token.kind == .mark { return true }
        return token.flags.has(.function) && !token.flags.has(.anyName) && probability[index] < 0.9
    }

    private func isOpening(_ token: Token, _ kind: IdentifierLabel) -> Bool {
        (kind == .phone || kind == .fax) && (token.isMark("(") || token.isMark("+"))
    }

    /// The mean probability of the words and numbers among some tokens.
    func mean(_ tokens: Range<Int>, _ text: ScalarText) -> Double {
        var (sum, count) = (0.0, 0.0)
        for index in tokens where text.tokens[index].kind != .mark {
            sum += Double(probability[index])
            count += 1
        }
        return count > 0 ? sum / count : 0
    }

    /// The probability that no word or number outside of the spans identifies, as if they were independent.
    func certainty(outside spans: [IdentifierSpan], _ text: ScalarText) -> Double {
        var certainty = 1.0
        var next = 0
        for (index, token) in text.tokens.enumerated() where token.kind != .mark {
            while next < spans.count, spans[next].end <= token.start { next += 1 }
            if next < spans.count, spans[next].start < token.end { continue }
            certainty *= 1 - Double(probability[index])
        }
        return certainty
    }

    /// The highest probability of the words and numbers among some tokens.
    func most(_ tokens: Range<Int>, _ text: ScalarText) -> Double {
        var most: Float = 0
        for index in tokens where text.tokens[index].kind != .mark { most = max(most, probability[index]) }
        return Double(most)
    }
}
