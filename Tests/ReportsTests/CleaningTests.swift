import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import Reports

@Suite("Cleaning")
struct CleaningTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let step: CleaningStep
        let before: String
        let after: String
        var testDescription: String { name }
    }

    static let changed: [Case] = [
        Case(name: "UTF-8 read as Latin-1", step: .encoding, before: "JosÃ© GarcÃ\u{AD}a", after: "José García"),
        Case(
            name: "UTF-8 read as Windows-1252", step: .encoding, before: "patientâ€™s 38Â°C â‰¥ 2",
            after: "patient’s 38°C ≥ 2"),
        Case(name: "read wrongly twice", step: .encoding, before: "JosÃƒÂ©", after: "José"),
        Case(name: "quotes of Windows in Latin-1", step: .encoding, before: "\u{93}mild\u{94}", after: "“mild”"),
        Case(
            name: "spaces of all widths", step: .characters, before: "5\u{A0}mg\u{2009}daily\u{200B} \nok",
            after: "5 mg daily\nok"),
        Case(name: "control characters", step: .characters, before: "a\u{0}b\u{7}c\u{B}d\r\ne", after: "abc\nd\ne"),
        Case(name: "soft hyphens and marks", step: .characters, before: "\u{FEFF}dia\u{AD}betes", after: "diabetes"),
        Case(
            name: "HTML", step: .markup, before: "<p>FINDINGS:<br/>A &lt;5&nbsp;mm cyst &amp; more</p><b>Plan</b>",
            after: "FINDINGS:\nA <5\u{A0}mm cyst & more\nPlan"),
        Case(
            name: "an HTML table", step: .markup, before: "<table><tr><td>Na</td><td class=\"v\">131</td></tr></table>",
            after: "Na\t131\n"),
        Case(
            name: "RTF", step: .markup,
            before: "{\\rtf1\\ansi{\\fonttbl\\f0 Arial;}\\pard Caf\\'e9 \\b bold\\b0\\par next \\u8805? 2}",
            after: "Café bold\nnext ≥ 2"),
        Case(
            name: "RTF words left over", step: .markup, before: "\\f0\\fs20 Normal heart.\\par Clear lungs.",
            after: "Normal heart.\nClear lungs."),
        Case(
            name: "page numbers", step: .pages, before: "End of one.\nPage 1 of 2\nSecond.\nPage 2 of 2\n",
            after: "End of one.\nSecond.\n"),
        Case(
            name: "a header on every page", step: .pages,
            before:
                "Lakeside Clinic  p. 1\nA first.\n\u{C}Lakeside Clinic  p. 2\nB second.\n\u{C}Lakeside Clinic  p. 3\nC third.",
            after: "Lakeside Clinic  p. 1\nA first.\nB second.\nC third."),
        Case(
            name: "a footer with a page number in it", step: .pages,
            before: "One.\nNorth Lab   Page 1 of 2\n\u{C}Two.\nNorth Lab   Page 2 of 2",
            after: "One.\nNorth Lab   Page 1 of 2\nTwo."),
        Case(
            name: "a paragraph after a page break", step: .pages, before: "Clear lungs.\n\n\u{C}\nNormal heart.",
            after: "Clear lungs.\n\nNormal heart."),
        Case(
            name: "a sentence over a page break", step: .pages, before: "The lungs\n\n\u{C}\nare clear.",
            after: "The lungs\nare clear."),
        Case(
            name: "zeros and ones before a unit", step: .ocr, before: "take 1O mg, O.5 mL, l2 cm and I5 %",
            after: "take 10 mg, 0.5 mL, 12 cm and 15 %"),
        Case(name: "units", step: .ocr, before: "a 5 rng dose, 12 crn, 3 rnL", after: "a 5 mg dose, 12 cm, 3 mL"),
        Case(name: "a broken decimal point", step: .ocr, before: "about 1 .5 cm", after: "about 1.5 cm"),
        Case(name: "ligatures", step: .ocr, before: "ﬁbrosis and eﬀusion", after: "fibrosis and effusion"),
        Case(name: "a spaced heading", step: .ocr, before: "H I S T O R Y :\nPain.", after: "HISTORY:\nPain."),
        Case(
            name: "hard-wrapped lines", step: .reflow,
            before: "The patient is a woman who was seen for a cough that has\nlasted three weeks without a fever.",
            after: "The patient is a woman who was seen for a cough that has lasted three weeks without a fever."),
        Case(
            name: "a cut word", step: .reflow,
            before:
                "The examination of the abdomen by computed tomog-\nraphy shows no abnormality and is follow-\nup to it.",
            after: "The examination of the abdomen by computed tomography shows no abnormality and is follow-up to it."),
    ]

    @Test("what each step repairs", arguments: changed)
    func repairs(sample: Case) {
        let result = ReportCleaner(steps: [sample.step]).clean(sample.before)
        #expect(result.text == sample.after)
        #expect(!result.report.isUnchanged)
    }

    @Test(
        "what looks damaged but is not stays",
        arguments: [
            "CAFÉ» dit-il, « naïve »", "Ängström Ø 5 µm, 37 °C, São Paulo", "p <0.05, <3 cm, A&P, 5<x and x>2",
            "C:\\par and D:\\temp",
            "AT&T; x &notanentity; &", "O2 2 L/min, T10 lesion, IO access, O negative blood",
            "B12 level, L1 fracture, vitamin D 1O25",
            "MRN lO2345O", "Take 1 . 5 tablets", "Pages 3 and 4 are missing.", "<3 I think> it is", "3 < 5 > 2",
        ])
    func untouched(text: String) {
        #expect(ReportCleaner(steps: Set(CleaningStep.allCases)).clean(text).text == text)
    }

    @Test("lists, tables, headings and labels keep their lines")
    func structure() {
        let text = """
            MEDICATIONS:
            1. Aspirin 81 mg daily by mouth with food in the morning hours
            2. Metoprolol 25 mg twice daily by mouth with food every day
            - no known drug allergies at this time as far as anyone knows
            Sodium      131     135-145        mmol/L       low       flag
            Potassium   4.1     3.5-5.1        mmol/L       ok        flag
            Blood pressure: 120/80 and stable for the whole of this visit
            Pulse: 72

            IMPRESSION
            Normal.
            """
        #expect(ReportCleaner().clean(text).text == text)
    }

    @Test("a line that repeats inside its pages is content, and so is a compound cut at its hyphen")
    func repeatedContent() {
        let page = "Hospital North\nSpecimen A\nIntensity grade: 2\nBlock A\n"
        let pages = page + "\u{C}" + page.replacing(" A\n", with: " B\n") + "\u{C}Hospital North\nDone."
        let cleaned = ReportCleaner(steps: [.pages]).clean(pages).text
        #expect(
            cleaned
                == "Hospital North\nSpecimen A\nIntensity grade: 2\nBlock A\nSpecimen B\nIntensity grade: 2\nBlock B\nDone."
        )
        let wrapped =
            "The specimen is an irregular aggregate of rubbery pink-\ntan tissue that is received fresh in a labeled jar."
        #expect(ReportCleaner(steps: [.reflow]).clean(wrapped).text == wrapped.replacing("\n", with: ""))
    }

    @Test("numbers that differ between pages are content, not furniture")
    func countingNumbers() {
        let text =
            "Hemoglobin 9.2 today\nBody one.\n\u{C}Hemoglobin 14.8 today\nBody two.\n\u{C}Hemoglobin 7.1 today\nBody three."
        let cleaned = ReportCleaner(steps: [.pages]).clean(text).text
        for value in ["9.2", "14.8", "7.1"] { #expect(cleaned.contains(value)) }
    }

    @Test("a known identifier that is found before is found after; the step that would hide it is undone")
    func known() {
        let text = "Seen by Dr. JosÃ© today, box 1O mg of it."
        let cleaner = ReportCleaner(steps: Set(CleaningStep.allCases))
        #expect(cleaner.clean(text, protecting: ["José"]).text == "Seen by Dr. José today, box 10 mg of it.")
        let kept = cleaner.clean(text, protecting: ["box 1O mg"])
        #expect(kept.text == "Seen by Dr. José today, box 1O mg of it.")
        #expect(kept.report.undone == [.ocr])
        let wrapped =
            "The patient is a pleasant woman whose name is Anna\nMaria Smith-\nJones and who lives in the northern part of town."
        let flowed = cleaner.clean(wrapped, protecting: ["Anna Maria"]).text
        #expect(flowed.contains("Anna Maria Smith-Jones and"))
    }

    @Test("scans and PDF are repaired for text recognition, other formats are not", arguments: ReportFormat.allCases)
    func formats(format: ReportFormat) {
        let isScan = format == .pdf || format == .image
        #expect(ReportCleaner(for: format).steps.contains(.ocr) == isScan)
        #expect(ReportCleaner(for: format).clean("1O mg").text == (isScan ? "10 mg" : "1O mg"))
    }

    @Test("steps that are off do nothing")
    func off() {
        let text = Self.changed.map(\.before).joined(separator: "\n\n")
        #expect(ReportCleaner(steps: []).clean(text) == CleanedText(text: text, report: CleaningReport()))
    }

    /// Letters and digits in their order.
    private func content(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }

    /// Texts made of pieces that steps look for, so that they meet in all orders.
    private func noise(_ generator: inout ReproducibleGenerator, pieces count: Int) -> String {
        let pieces =
            Self.changed.map(\.before) + [
                "\n", "\n\n", " ", "\t", "\u{C}", "-\n", "&amp;", "lt;", "&", "<b>", "</p>", "<", ">", "\\par ", "\\",
                "{", "}", "Ã", "â",
                "€", "\u{A0}", "Page 3 of 9\n", "1O", " mg", "FINDINGS:", "- item", "1. ",
                "The lungs are clear and well aerated today",
                "héron", "\u{0}", "\u{2028}", "ﬁ", "🙂", "漢字", "é",
            ]
        return (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
    }

    @Test("a cleaned text comes back unchanged, whatever it was", arguments: 0..<40)
    func idempotent(seed: Int) {
        var generator = ReproducibleGenerator(seed: UInt64(seed), label: "cleaning")
        let cleaner = ReportCleaner(steps: Set(CleaningStep.allCases))
        for _ in 0..<25 {
            let text = noise(&generator, pieces: Int.random(in: 1...40, using: &generator))
            let once = cleaner.clean(text)
            let twice = cleaner.clean(once.text)
            #expect(twice.text == once.text)
        }
    }

    @Test("characters and line breaks alone never cost a letter or a digit", arguments: 0..<20)
    func keepsContent(seed: Int) {
        var generator = ReproducibleGenerator(seed: UInt64(seed), label: "content")
        for _ in 0..<25 {
            let text = noise(&generator, pieces: Int.random(in: 1...40, using: &generator))
            #expect(content(ReportCleaner(steps: [.characters, .reflow]).clean(text).text) == content(text))
        }
    }

    @Test("without page marks, markup and damage, no step of the standard costs a letter or a digit", arguments: 0..<20)
    func standardKeepsContent(seed: Int) {
        var generator = ReproducibleGenerator(seed: UInt64(seed), label: "standard")
        let pieces = [
            "word ", "Plan: ", "12.5 mg ", "\n", "\n\n", "a-\nb ", "  ", "\t", "<5 ", "& ",
            "The heart is of normal size and shape and its rhythm is regular ",
        ]
        for _ in 0..<25 {
            let text = (0..<30).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
            #expect(content(ReportCleaner().clean(text).text) == content(text))
        }
    }

    @Test("random bytes as text never trap, and cleaning them again changes nothing", arguments: 0..<10)
    func fuzz(seed: Int) {
        var generator = ReproducibleGenerator(seed: UInt64(seed), label: "bytes")
        let alphabet =
            Array("<>&;\\{}'*#=-_:. \n\t\u{C}0Ol1Iabp".utf8) + [
                0xC2, 0xC3, 0xE2, 0x80, 0x93, 0xA9, 0xEF, 0xAC, 0x81, 0, 0xFF,
            ]
        let cleaner = ReportCleaner(steps: Set(CleaningStep.allCases))
        for round in 0..<60 {
            let bytes = (0..<300).map { _ in
                round.isMultiple(of: 2)
                    ? UInt8.random(in: 0...255, using: &generator)
                    : alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            let once = cleaner.clean(String(decoding: bytes, as: UTF8.self)).text
            #expect(cleaner.clean(once).text == once)
        }
    }

    @Test(
        "time grows with the length, not with its square", .timeLimit(.minutes(60)),
        arguments: [
            "The heart is of normal size and shape and its rhythm is regular\n", "<b ", "&amp;", "&", "\\par ", "{",
            "Ã", "\u{C}", "1O ", "-\n",
            "Page 1 of 2\n", " ", "a", "<!-- ", "<style>", "{\\rtf1 {\\b x} ",
        ])
    func linear(piece: String) {
        // Of this thread's processor time: what else the machine does must not count.
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
        }
        func seconds(_ bytes: Int) -> Double {
            let text = String(repeating: piece, count: max(1, bytes / piece.utf8.count))
            let start = now()
            _ = ReportCleaner(steps: Set(CleaningStep.allCases)).clean(text)
            return now() - start
        }
        let small = seconds(100_000), large = seconds(400_000)
        #expect(large < 0.25 + 12 * small)
    }
}
