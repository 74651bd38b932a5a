import CommandLineSupport
import ConsiliumCore
import Synchronization
import Testing

private final class TestClock: Sendable {
    private let seconds = Mutex(0.0)
    var now: Double { seconds.withLock { $0 } }
    func advance(_ by: Double) { seconds.withLock { $0 += by } }
}

@Suite("Progress")
struct ProgressTests {
    private func update(_ completed: Double, total: Double? = 1000, note: String = "")
        -> ProgressUpdate
    {
        ProgressUpdate(
            activity: "train round 3", completed: completed, total: total, unit: "tokens", note: note)
    }

    @Test("a terminal shows activity, bar, percentage, rate, time left and note")
    func bar() {
        let recorder = Recorder()
        let clock = TestClock()
        let progress = ConsoleProgress(
            console: recorder.console(isTerminal: true, width: 100), isSilent: false
        ) {
            clock.now
        }
        progress.show(update(0))
        clock.advance(1)
        progress.show(update(250, note: "loss 2.31"))
        progress.finish()
        let last = recorder.error.split(separator: "\r").last ?? ""
        #expect(last.contains("train round 3 ["))
        #expect(last.contains(" 25 %  250 tokens/s  3 s left  loss 2.31"))
        #expect(last.hasSuffix("\n"))
    }

    @Test("no line is wider than the terminal", arguments: [10, 12, 20, 30, 41, 60, 80, 200])
    func width(columns: Int) {
        let recorder = Recorder()
        let clock = TestClock()
        let progress = ConsoleProgress(
            console: recorder.console(isTerminal: true, width: columns), isSilent: false
        ) {
            clock.now
        }
        for step in 0..<5 {
            progress.show(
                update(
                    Double(step) * 100, total: step == 4 ? nil : 1000, note: "loss 2.31 病院 on the held-out"))
            clock.advance(1)
        }
        progress.finish()
        let lines = recorder.error.split(whereSeparator: { $0 == "\r" || $0 == "\n" })
            .map { $0.replacing("\u{1B}[K", with: "") }.filter { !$0.isEmpty }
        #expect(lines.count >= 5)
        for line in lines { #expect(PlainText.width(line) <= columns) }
    }

    @Test("a terminal is redrawn ten times a second at most, and always at the end")
    func redraws() {
        let recorder = Recorder()
        let clock = TestClock()
        let progress = ConsoleProgress(console: recorder.console(isTerminal: true), isSilent: false) {
            clock.now
        }
        for step in 0...1000 {
            progress.show(update(Double(step)))
            clock.advance(0.001)
        }
        progress.finish()
        let draws = recorder.error.split(separator: "\r").count
        #expect((10...13).contains(draws))
        #expect(recorder.error.contains("100 %"))
    }

    @Test("without a terminal a plain line comes every five seconds and at the end")
    func lines() {
        let recorder = Recorder()
        let clock = TestClock()
        let progress = ConsoleProgress(console: recorder.console(), isSilent: false) { clock.now }
        for step in 0...12 {
            progress.show(update(Double(step) * 1000 / 12))
            clock.advance(1)
        }
        progress.finish()
        let lines = recorder.error.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines.first == "train round 3: 0 % (0 of 1,000 tokens)")
        #expect(lines.last == "train round 3: 100 % (1,000 of 1,000 tokens), 83.3 tokens/s")
        #expect(!recorder.error.contains("\u{1B}"))
    }

    @Test("notes stand above the bar, and --quiet shows neither")
    func notes() {
        let recorder = Recorder()
        let output = Output(console: recorder.console(isTerminal: true))
        output.progress(update(10))
        output.note("round 2 done")
        output.stopProgress()
        #expect(recorder.error.contains("\r\u{1B}[Kround 2 done\n"))
        let silent = Recorder()
        let quiet = Output(quiet: true, console: silent.console(isTerminal: true))
        quiet.progress(update(10))
        quiet.note("round 2 done")
        quiet.stopProgress()
        #expect(silent.error.isEmpty)
        quiet.warn("the clock is wrong")
        #expect(silent.error == "warning: the clock is wrong\n")
    }

    @Test("control characters of others don't reach the terminal")
    func escapes() {
        let recorder = Recorder()
        let output = Output(console: recorder.console(isTerminal: true))
        output.note("file \u{1B}[2J\u{7}\u{202E}.txt\r")
        output.progress(
            ProgressUpdate(
                activity: "read \u{1B}]0;x", completed: 1, total: 2, unit: "files", note: "\u{9B}31m"))
        output.stopProgress()
        let text = recorder.error.replacing("\u{1B}[K", with: "").replacing(
            "\r", with: "", maxReplacements: 2)
        for bad in ["\u{1B}", "\u{7}", "\u{202E}", "\u{9B}"] { #expect(!text.contains(bad)) }
    }

    @Test("numbers that can't be shown do no harm")
    func oddNumbers() {
        let recorder = Recorder()
        let clock = TestClock()
        let progress = ConsoleProgress(console: recorder.console(), isSilent: false) { clock.now }
        for (completed, total) in [
            (Double.nan, 10.0), (.infinity, 10), (5, .nan), (5, 0), (-5, 10), (50, 10), (1e308, 1e308),
        ] {
            progress.show(update(completed, total: total))
            clock.advance(6)
        }
        progress.finish()
        #expect(recorder.error.split(separator: "\n").count == 7)
    }
}
