internal import Foundation
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The two streams that a command writes to. Results go to standard output, everything else to standard error.
public final class Console: Sendable {
    /// What the running command writes to; tests put their own in its place.
    @TaskLocal public static var current: Console = .standard

    /// The process's own streams.
    public static let standard = Console(
        isTerminal: Terminal.isUsable(STDERR_FILENO), hasColor: Terminal.hasColor(STDOUT_FILENO),
        canAsk: isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1, width: { Terminal.width(STDERR_FILENO) },
        output: { try Terminal.write($0, to: STDOUT_FILENO) }, error: { try Terminal.write($0, to: STDERR_FILENO) })

    /// Whether standard error is a terminal that can redraw a line.
    public let isTerminal: Bool
    /// Whether standard output is a terminal that may be colored.
    public let hasColor: Bool
    /// Whether a person reads standard output and types on standard input.
    public let canAsk: Bool
    let width: @Sendable () -> Int
    private let output: @Sendable (String) throws -> Void
    private let error: @Sendable (String) throws -> Void
    private let printed = Mutex(false)

    public init(
        isTerminal: Bool, hasColor: Bool = false, canAsk: Bool = false,
        width: @escaping @Sendable () -> Int = { 80 },
        output: @escaping @Sendable (String) throws -> Void,
        error: @escaping @Sendable (String) throws -> Void
    ) {
        self.isTerminal = isTerminal
        self.hasColor = hasColor
        self.canAsk = canAsk
        self.width = width
        self.output = output
        self.error = error
    }

    var hasPrintedResult: Bool { printed.withLock { $0 } }

    /// Prints the one JSON object of a `--json` run.
    func writeResult(_ text: String) throws {
        let first = printed.withLock { printed in
            defer { printed = true }
            return !printed
        }
        guard first else {
            throw CommandLineError(
                .resultPrintedTwice,
                "The command tried to print two results. This is a fault in Consilium: please report it.")
        }
        try output(text)
    }

    func writeOutput(_ text: String) throws { try output(PlainText.sanitised(text)) }

    /// For text that was made safe piece by piece and has colors of our own.
    func writeOutputUnchanged(_ text: String) throws { try output(text) }

    /// A closed standard error is no reason to stop.
    func writeError(_ text: String) { try? error(PlainText.sanitised(text)) }

    /// For a progress bar's own control sequences.
    func writeErrorUnchanged(_ text: String) { try? error(text) }
}
