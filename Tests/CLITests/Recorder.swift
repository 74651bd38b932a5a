import CommandLineSupport
import Synchronization

/// Catches what a command writes.
final class Recorder: Sendable {
    private let streams = Mutex((output: "", error: ""))

    var output: String { streams.withLock { $0.output } }
    var error: String { streams.withLock { $0.error } }

    func console(isTerminal: Bool = false, width: Int = 80) -> Console {
        Console(
            isTerminal: isTerminal, width: { width },
            output: { [self] text in streams.withLock { $0.output += text } },
            error: { [self] text in streams.withLock { $0.error += text } })
    }
}
