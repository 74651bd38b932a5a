import Testing

@testable import Deidentification

@Suite("Edges of the rules' proposals")
struct RuleEdgesTests {
    /// What is left of `part`, with one probability for each of its tokens; 0 for all others.
    private static func trimmed(_ part: String, in sentence: String, _ probabilities: [Float]) throws -> String? {
        let (text, scalars) = try Fixtures.locate(part, in: sentence)
        let tokens = text.tokenRange(scalars.lowerBound, scalars.upperBound)
        #expect(tokens.count == probabilities.count)
        let labels = ChainLabels(kinds: [.location], marksBegins: false)
        var marginals = [Float](repeating: 0, count: text.tokens.count * labels.stride)
        for index in text.tokens.indices {
            let value = tokens.contains(index) ? probabilities[index - tokens.lowerBound] : 0
            marginals[index * labels.stride] = 1 - value
            marginals[index * labels.stride + labels.inside(0)] = value
        }
        let opinion = TaggedText(marginals: marginals, labels: labels, count: text.tokens.count)
        let candidate = Candidate(start: scalars.lowerBound, end: scalars.upperBound, label: .location, score: 0.99)
        return opinion.trimmed(candidate, in: text).map { text.string($0.start, $0.end) }
    }

    @Test("words at the edges that surely identify nobody are left out, with the marks beside them")
    func edges() throws {
        let line = "REPORT, Redstone Lab, MD here"
        #expect(
            try Self.trimmed("REPORT, Redstone Lab, MD", in: line, [0.01, 0, 0.99, 0.9, 0, 0.01]) == "Redstone Lab")
        #expect(try Self.trimmed("Redstone Lab", in: line, [0.99, 0.03]) == "Redstone Lab")
    }

    @Test("a word between two that identify stays")
    func middle() throws {
        #expect(try Self.trimmed("House on Canal", in: "at House on Canal", [0.9, 0.001, 0.9]) == "House on Canal")
    }

    @Test("without a likely word the proposal stays whole, and falls only where all is sure")
    func doubtful() throws {
        #expect(try Self.trimmed("she will drive", in: "and she will drive", [0.001, 0.3, 0.01]) == "she will drive")
        #expect(try Self.trimmed("she will drive", in: "and she will drive", [0.001, 0.001, 0.002]) == nil)
    }
}
