import ConsiliumCore
import ConsiliumTesting
import Evaluation
import Foundation
import Testing

@testable import Node

@Suite("The clinician's page")
struct PageTests {
    static let hostile = "<script>alert('x')</script> & \"q\"\u{0} {note}"

    @Test("nothing from outside becomes markup")
    func escaping() throws {
        let notice = ModelNotice(try ServingFixture().assistant)
        var state = PageHTML.State(report: Self.hostile, question: Self.hostile, message: Self.hostile)
        state.answer = PageDesk.Answer(
            id: Self.hostile, text: Self.hostile, isCut: false,
            support: SupportMeasure.measure(report: Self.hostile, answer: Self.hostile))
        for html in [PageHTML.page(notice, state), PageHTML.signIn(message: Self.hostile)] {
            #expect(!html.contains("<script>") && !html.contains("alert('x')") && !html.contains("\u{0}"))
            #expect(html.contains("&lt;script&gt;"))
            // Nothing from elsewhere and nothing inline, or the content security policy would refuse it.
            #expect(!html.contains("http:") && !html.contains("style=") && !html.contains("onclick"))
        }
    }

    @Test("the evaluation beside the model is shown, and its absence is said")
    func notice() throws {
        let fixture = try ServingFixture()
        #expect(ModelNotice(fixture.assistant).evaluation == nil)
        #expect(PageHTML.page(ModelNotice(fixture.assistant)).contains("nobody has measured"))
        try fixture.folder.write(
            "demo/\(EvaluationRecord.fileName)",
            #"{"task": "perplexity", "perplexity": 12.345678, "interval": [1, 2], "x": "<b>"}"#)
        let html = PageHTML.page(ModelNotice(fixture.assistant))
        #expect(html.contains("perplexity: 12.3457") && html.contains("x: &lt;b&gt;") && !html.contains("interval"))
        try fixture.folder.write("demo/\(EvaluationRecord.fileName)", "{")
        #expect(ModelNotice(fixture.assistant).evaluation == nil)
    }

    @Test(
        "a task asks as training examples ask, and leaves the report's own braces alone",
        arguments: ClinicalTask.allCases)
    func prompts(task: ClinicalTask) throws {
        let prompt = try task.prompt(report: " A {text} of {note}. ", question: "How much?")
        #expect(prompt.contains("A {text} of {note}."))
        #expect(task != .question || prompt.contains("How much?"))
        #expect(throws: NodeError(.badInput, "")) { try task.prompt(report: " \n", question: "How much?") }
    }

    @Test("an impression is written from the findings, not from the impression that is there")
    func findings() throws {
        let prompt = try ClinicalTask.impression.prompt(
            report: "FINDINGS: A nodule.\nIMPRESSION: Benign.", question: "")
        #expect(prompt.contains("A nodule.") && !prompt.contains("Benign"))
    }

    @Test(
        "forms are read as browsers send them",
        arguments: [
            ("a=1&b=x+y%20z", ["a": "1", "b": "x y z"]), ("a=%C3%A4%0D%0Ab", ["a": "ä\nb"]), ("a=1&a=2", ["a": "1"]),
            ("a", ["a": ""]), ("a=%", ["a": ""]), ("a=%FF", ["a": ""]), ("", ["a": ""]), ("=&&=%zz", ["a": ""]),
        ])
    func forms(body: String, expected: [String: String]) {
        let fields = FormFields(Data(body.utf8))
        for (name, value) in expected { #expect(fields[name] == value) }
    }

    @Test("an answer can be accepted, corrected and flagged, and is sealed", .timeLimit(.minutes(60)))
    func feedback() async throws {
        let fixture = try ServingFixture()
        let scheduler = try fixture.scheduler()
        let folder = fixture.folder.path("state")
        let desk = PageDesk(
            fixture.assistant, scheduler, try FeedbackBox(folder: folder), now: { Date(timeIntervalSince1970: 1000) })
        let question = PageDesk.Question(task: .summary, report: "Xylophone nodule of 2 cm.", question: "")
        var shown = ""
        let answer = try await desk.answer(desk.ask(question), to: question) { shown += $0 ?? "" }
        #expect(shown.trimmingCharacters(in: .whitespacesAndNewlines) == answer.text && !answer.text.isEmpty)
        try await desk.judge(answer.id, .accept, edited: nil, reason: "")
        try await desk.judge(answer.id, .edit, edited: "A nodule.", reason: nil)
        try await desk.judge(answer.id, .flag, edited: "A nodule.", reason: "wrong")
        for (id, decision, edited, reason) in [
            ("unknown", FeedbackRecord.Decision.accept, nil, nil), (answer.id, .edit, answer.text, nil),
            (answer.id, .edit, " ", nil), (answer.id, .flag, nil, " "),
            (answer.id, .flag, nil, String(repeating: "x", count: 5000)),
        ] as [(String, FeedbackRecord.Decision, String?, String?)] {
            await #expect(throws: NodeError(.badInput, "")) {
                try await desk.judge(id, decision, edited: edited, reason: reason)
            }
        }
        let records = try await FeedbackBox(folder: folder).records()
        #expect(records.map(\.decision) == [.accept, .edit, .flag])
        #expect(records.map(\.chosen) == [answer.text, "A nodule.", nil])
        #expect(records.map(\.rejected) == [nil, answer.text, answer.text])
        #expect(records.allSatisfy { $0.prompt.contains("Xylophone") && $0.base == "demo" })
        let stored = try Data(contentsOf: folder.appendingPathComponent("feedback.sealed"))
        #expect(stored.range(of: Data("Xylophone".utf8)) == nil)
        await #expect(throws: NodeError(.badInput, "")) {
            let long = PageDesk.Question(task: .summary, report: String(repeating: "word ", count: 2000), question: "")
            _ = try await desk.answer(desk.ask(long), to: long) { _ in }
        }
    }

    @Test("a box of feedback survives a torn write, and notices every change")
    func box() async throws {
        let folder = try TemporaryFolder()
        func record(_ text: String) -> FeedbackRecord {
            FeedbackRecord(
                date: Date(timeIntervalSince1970: 5), task: "summary", prompt: text, decision: .accept, base: "b")
        }
        let box = try FeedbackBox(folder: folder.url)
        for text in ["one", "two", "three"] { try await box.add(record(text)) }
        let file = folder.path("feedback.sealed")
        let whole = try Data(contentsOf: file)
        for name in ["feedback.sealed", "feedback.key"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path(name).path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
        // Half a record at the end, as a crash leaves it.
        try (whole + Data("AAAA".utf8)).write(to: file)
        let again = try FeedbackBox(folder: folder.url)
        try await again.add(record("four"))
        #expect(try await again.records().map(\.prompt) == ["one", "two", "three", "four"])
        // Two lines in each other's place, and one changed byte.
        let lines = whole.split(separator: 0x0a)
        try Data((lines[1] + [0x0a] + lines[0] + [0x0a]).map { $0 }).write(to: file)
        await #expect(throws: NodeError(.stateUnreadable, "")) { try await FeedbackBox(folder: folder.url).records() }
        var changed = whole
        changed[5] = changed[5] == 65 ? 66 : 65
        try changed.write(to: file)
        await #expect(throws: NodeError(.stateUnreadable, "")) { try await FeedbackBox(folder: folder.url).records() }
        try FileManager.default.removeItem(at: folder.path("feedback.key"))
        #expect(throws: NodeError(.stateUnreadable, "")) { try FeedbackBox(folder: folder.url) }
    }
}
