import LanguageModels
import Testing

@Suite("Stop strings in streamed text")
struct StopStringFilterTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var stops: [String]
        var shown: String
        var stopped = true
        var testDescription: String { "\(text) with \(stops)" }
    }

    static let cases = [
        Case(text: "a finding. END more", stops: ["END"], shown: "a finding. "),
        Case(text: "no stop here", stops: ["END"], shown: "no stop here", stopped: false),
        Case(text: "ends with EN", stops: ["END"], shown: "ends with EN", stopped: false),
        Case(text: "END", stops: ["END"], shown: ""),
        Case(text: "ababac", stops: ["abac"], shown: "ab"),
        Case(text: "aaab", stops: ["aab"], shown: "a"),
        Case(text: "one\n\ntwo", stops: ["\n\n"], shown: "one"),
        Case(text: "windows\r\n\r\nlines", stops: ["\n"], shown: "windows\r"),
        // The stop string that is complete first counts, not the one that began first.
        Case(text: "abcd", stops: ["abcd", "bc"], shown: "a"),
        Case(text: "xabc", stops: ["c", "abc", "bc"], shown: "x"),
        Case(text: "größer als", stops: ["ß"], shown: "grö"),
        Case(text: "a👩‍⚕️b", stops: ["⚕"], shown: "a👩\u{200D}"),
        Case(text: "kept", stops: [], shown: "kept", stopped: false),
    ]

    /// Feeds `pieces` and gives back what was shown after each, and the rest.
    static func stream(_ pieces: [String], _ stops: [String]) -> (shown: [String], stopped: Bool) {
        var filter = StopStringFilter(stops)
        var shown = pieces.map { filter.take($0) }
        shown.append(filter.finish())
        return (shown, filter.isStopped)
    }

    @Test("text ends before the first stop string, in one piece and in single characters", arguments: cases)
    func ends(_ example: Case) {
        let whole = Self.stream([example.text], example.stops)
        #expect(Array(whole.shown.joined().utf8) == Array(example.shown.utf8))
        #expect(whole.stopped == example.stopped)
        let scalars = Self.stream(example.text.unicodeScalars.map { String($0) }, example.stops)
        #expect(Array(scalars.shown.joined().utf8) == Array(example.shown.utf8))
        #expect(scalars.stopped == example.stopped)
    }

    @Test("where the text is cut changes nothing", arguments: cases)
    func cuts(_ example: Case) {
        let scalars = Array(example.text.unicodeScalars)
        func text(_ part: ArraySlice<Unicode.Scalar>) -> String { String(String.UnicodeScalarView(part)) }
        for first in scalars.indices {
            for second in first..<scalars.count {
                let pieces = [text(scalars[..<first]), text(scalars[first..<second]), text(scalars[second...])]
                let found = Self.stream(pieces, example.stops)
                #expect(Array(found.shown.joined().utf8) == Array(example.shown.utf8))
                #expect(found.stopped == example.stopped)
            }
        }
    }

    @Test("only what may become a stop string is held back")
    func holding() {
        var filter = StopStringFilter(["<end>"])
        #expect(filter.take("text <") == "text ")
        #expect(filter.take("en") == "")
        #expect(filter.take("ter> <e") == "<enter> ")
        #expect(filter.take("nd> tail") == "")
        #expect(filter.isStopped)
        #expect(filter.take("nothing more") == "")
        #expect(filter.finish() == "")
    }

    @Test("what was held back comes out at the end")
    func rest() {
        var filter = StopStringFilter(["<end>"])
        #expect(filter.take("a <e") == "a ")
        #expect(filter.finish() == "<e")
        #expect(filter.finish() == "")
    }
}
