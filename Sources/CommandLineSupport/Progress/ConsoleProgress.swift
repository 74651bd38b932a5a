public import ConsiliumCore
internal import Foundation
internal import Synchronization

/// Shows ``ConsiliumCore/ProgressUpdate``s on standard error.
///
/// On a terminal one line is redrawn at most ten times a second. Elsewhere (a log file, a service manager) a plain line
/// comes at most every five seconds, and one when an activity is complete.
public final class ConsoleProgress: Sendable {
    private struct State {
        var update: ProgressUpdate?
        var rate = RateMeter()
        /// When something was last drawn for the current activity.
        var drawn: Double?
        /// Whether the cursor stands behind a bar.
        var isBarVisible = false
        var isComplete = false
    }

    static let redrawInterval = 0.1
    static let lineInterval = 5.0

    private let console: Console
    private let isSilent: Bool
    private let clock: @Sendable () -> Double
    private let state = Mutex(State())

    /// - Parameter clock: seconds from any start, never going back; `nil` for the system's.
    public init(console: Console, isSilent: Bool, clock: (@Sendable () -> Double)? = nil) {
        self.console = console
        self.isSilent = isSilent
        self.clock = clock ?? { ProcessInfo.processInfo.systemUptime }
    }

    public func show(_ update: ProgressUpdate) {
        guard !isSilent else { return }
        let now = clock()
        state.withLock { state in
            if state.update?.activity != update.activity {
                endBar(&state)
                state = State()
            }
            state.update = update
            state.rate.record(update.completed, at: now)
            let isComplete = update.total.map { update.completed >= $0 } ?? false
            let interval = console.isTerminal ? Self.redrawInterval : Self.lineInterval
            let isDue = state.drawn.map { now - $0 >= interval } ?? true
            guard isDue || (isComplete && !state.isComplete) else { return }
            state.isComplete = isComplete
            draw(&state, at: now)
        }
    }

    /// A line of text above the bar.
    public func print(_ line: String) {
        state.withLock { state in
            guard state.isBarVisible else { return console.writeError(line + "\n") }
            console.writeErrorUnchanged("\r\u{1B}[K")
            console.writeError(line + "\n")
            draw(&state, at: clock())
        }
    }

    /// Draws the last state and goes to the next line.
    public func finish() {
        state.withLock { state in
            endBar(&state)
            state = State()
        }
    }

    private func endBar(_ state: inout State) {
        guard state.isBarVisible else { return }
        draw(&state, at: clock())
        console.writeErrorUnchanged("\n")
        state.isBarVisible = false
    }

    private func draw(_ state: inout State, at now: Double) {
        guard let update = state.update else { return }
        let line = ProgressLine(update: update, rate: state.rate.perSecond)
        if console.isTerminal {
            // One column stays free: some terminals wrap when the last is written.
            let text = line.bar(width: max(10, console.width() - 1), hasUnicode: Terminal.hasUnicode)
            console.writeErrorUnchanged("\r\(PlainText.sanitised(text))\u{1B}[K")
            state.isBarVisible = true
        } else {
            console.writeError(line.plain + "\n")
        }
        state.drawn = now
    }
}
