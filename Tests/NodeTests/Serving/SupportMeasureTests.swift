import Foundation
import Testing

@testable import Node

@Suite("What a report says of an answer")
struct SupportMeasureTests {
    static let report = """
        FINDINGS: There is a 2.3 cm nodule in the right upper lobe. No pleural effusion.
        Hemoglobin 9.1 g/dL; sodium 139 mmol/L.
        """

    @Test(
        "texts are cut at the ends of sentences and lines, not inside of numbers",
        arguments: [
            (
                "A nodule of 2.3 cm. No effusion! Really?\nYes",
                ["A nodule of 2.3 cm.", "No effusion!", "Really?", "Yes"]
            ),
            ("one; two", ["one;", "two"]), ("", []), (" . \n - \n", []), ("No end", ["No end"]),
        ])
    func sentences(text: String, expected: [String]) {
        #expect(SupportMeasure.sentences(of: text) == expected)
    }

    @Test(
        "words keep decimal numbers whole",
        arguments: [
            ("Nodule, 2.3 cm.", ["nodule", "2.3", "cm"]), ("2,3 cm", ["2.3", "cm"]), ("5-mm", ["5", "mm"]),
            ("v. 1.", ["v", "1"]),
        ])
    func words(text: String, expected: [String]) { #expect(SupportMeasure.words(of: text) == expected) }

    @Test("a sentence is laid beside the one that has its words")
    func support() throws {
        let result = SupportMeasure.measure(
            report: Self.report, answer: "Nodule of 2.3 cm in the right upper lobe. The patient has gout.")
        try #require(result.answer.count == 2)
        let first = result.answer[0]
        #expect(first.share == 1 && first.sources.count == 1 && first.unknownNumbers.isEmpty)
        #expect(result.report[try #require(first.sources.first)].contains("2.3 cm nodule"))
        #expect(result.answer[1].sources.isEmpty && result.answer[1].share < SupportMeasure.leastShare)
    }

    @Test("two sentences can support one, and numbers that are nowhere are pointed out")
    func numbers() throws {
        let result = SupportMeasure.measure(
            report: Self.report, answer: "Hemoglobin 9.1 g/dL, sodium 193 mmol/L.\nNodule of 2.8 cm")
        #expect(result.answer[0].sources.count == 2)
        #expect(result.answer[0].unknownNumbers == ["193"])
        #expect(result.answer[1].unknownNumbers == ["2.8"])
    }

    @Test("a negation on one side alone is pointed out")
    func negation() {
        let result = SupportMeasure.measure(report: Self.report, answer: "Pleural effusion. No pleural effusion.")
        #expect(result.answer.map(\.negationDiffers) == [true, false])
    }

    @Test("a sentence that is repeated counts once, and long texts are cut")
    func repeated() {
        let result = SupportMeasure.measure(
            report: String(repeating: "Some line.\n", count: 5000),
            answer: String(repeating: "Heart normal. ", count: 400))
        #expect(result.answer.count == 1 && result.report.count == SupportMeasure.mostSentences)
        #expect(SupportMeasure.measure(report: "", answer: "Text.").answer.first?.share == 0)
        #expect(SupportMeasure.measure(report: "Text.", answer: "").answer.isEmpty)
    }
}
