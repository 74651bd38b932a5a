import CommandLineSupport
import Testing

@Suite("Text for terminals")
struct TextTests {
    @Test("a table aligns its columns, numbers to the right")
    func table() {
        var table = TextTable([.init("clinic"), .init("patients", .right), .init("perplexity", .right)])
        table.add(["lakeside", "412", "9.31"])
        table.add(["病院", "7"])
        table.add(["é", "1", "2", "left out"])
        #expect(
            table.render() == """
                clinic    patients  perplexity
                ────────  ────────  ──────────
                lakeside       412        9.31
                病院             7
                é                1           2
                """)
    }

    @Test("a cell can't break the table or colour the terminal")
    func cells() {
        var table = TextTable([.init("a")])
        table.add(["x\ny\u{1B}[31m"])
        #expect(table.render(ruler: "-") == "a\n--------\nx y\u{FFFD}[31m")
    }

    @Test(
        "the width counts columns, not bytes",
        arguments: [
            ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("病院", 4), ("🩻", 2), ("한국", 4), ("ｱ", 1),
            ("Ａ", 2),
        ])
    func width(text: String, columns: Int) {
        #expect(PlainText.width(text) == columns)
    }

    @Test(
        "a text that is cut says so",
        arguments: [
            ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("病院病院", 4, "病…"), ("ab", 1, "…"),
            ("ab", 0, ""),
        ])
    func truncated(text: String, columns: Int, expected: String) {
        #expect(PlainText.truncated(text, to: columns) == expected)
    }

    @Test(
        "bytes",
        arguments: [
            (0.0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (5_767_168, "5.5 MiB"), (3e12, "2.7 TiB"),
            (.nan, "–"),
        ])
    func bytes(count: Double, expected: String) {
        #expect(Quantity.bytes(count) == expected)
    }

    @Test(
        "durations",
        arguments: [
            (0.4, "0 s"), (59.4, "59 s"), (59.6, "1:00"), (245, "4:05"), (3909, "1:05:09"),
            (273_600, "3 d 4 h"),
            (-1, "–"), (.infinity, "–"),
        ])
    func durations(seconds: Double, expected: String) {
        #expect(Quantity.duration(seconds: seconds) == expected)
    }

    @Test(
        "counts",
        arguments: [
            (0, "0"), (7, "7"), (0.516, "0.52"), (12.34, "12.3"), (1204, "1,204"),
            (1_234_567.8, "1,234,568"),
            (-1500, "-1,500"), (.nan, "–"),
        ])
    func counts(value: Double, expected: String) {
        #expect(Quantity.count(value) == expected)
    }
}

@Suite("Wrapped text")
struct WrappedTextTests {
    @Test("lines are broken at spaces, and the rest is indented")
    func breaks() {
        #expect(PlainText.wrapped("one two three four", to: 9) == "one two\n  three\n  four")
        #expect(PlainText.wrapped("short\nlines stay", to: 20) == "short\nlines stay")
        #expect(PlainText.wrapped("averyveryverylongword x", to: 5) == "averyveryverylongword\n  x")
        #expect(PlainText.wrapped("", to: 10) == "")
    }
}
