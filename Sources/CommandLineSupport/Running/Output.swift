public import ConsiliumCore
internal import Foundation
internal import Synchronization

/// Where a command puts its result, its notes and its progress.
///
/// With `--json` the result is exactly one JSON object on standard output, at the end. Without, it is text for people.
/// Notes, warnings and progress go to standard error in both cases.
public final class Output: Sendable {
    public let isJSON: Bool
    public let isQuiet: Bool
    public let isVerbose: Bool
    private let console: Console
    private let bar: ConsoleProgress

    public init(json: Bool = false, quiet: Bool = false, verbose: Bool = false, console: Console = .current) {
        isJSON = json
        isQuiet = quiet
        isVerbose = verbose
        self.console = console
        bar = ConsoleProgress(console: console, isSilent: quiet)
    }

    /// - Parameter options: as parsed; a value that was not parsed can't be read.
    public convenience init(options: GlobalOptions, console: Console = .current) {
        self.init(json: options.json, quiet: options.quiet, verbose: options.verbose, console: console)
    }

    /// Hand this to whatever takes a long time.
    public var progress: ProgressHandler {
        { [bar] update in bar.show(update) }
    }

    /// A line for people about what is being done. Not shown with `--quiet`.
    public func note(_ line: String) {
        if !isQuiet { bar.print(line) }
    }

    /// A line for people who look for a fault: shown with `--verbose` only.
    public func detail(_ line: String) {
        if isVerbose { bar.print(line) }
    }

    /// A line that begins with `warning: `, shown always.
    public func warn(_ line: String) { bar.print("warning: \(line)") }

    /// The result: `result` as JSON with `--json`, `text` otherwise. Call it once, when the work is done.
    public func finish(_ result: some Encodable, text: () -> String) throws {
        stopProgress()
        guard isJSON else { return try line(text()) }
        let data: Data
        do {
            data = try CanonicalJSON.encode(result)
        } catch {
            // Most likely a number that is not finite.
            throw CommandLineError(
                .resultUnprintable,
                "The result can't be written as JSON. This is a fault in Consilium: please report it.",
                cause: error)
        }
        guard data.first == UInt8(ascii: "{") else {
            throw CommandLineError(
                .resultUnprintable, "The result is not a JSON object. This is a fault in Consilium: please report it.")
        }
        try console.writeResult(String(decoding: data, as: UTF8.self) + "\n")
    }

    /// Text on standard output before the end, such as generated words as they come. Nothing with `--json`.
    public func stream(_ text: String) throws {
        if !isJSON { try console.writeOutput(text) }
    }

    /// A marked text on standard output, with a line feed. Nothing with `--json`.
    /// - Parameter color: `nil` for color on a terminal only.
    public func show(_ text: MarkedText, color: Bool? = nil) throws {
        stopProgress()
        if !isJSON { try console.writeOutputUnchanged(text.render(color: color ?? console.hasColor) + "\n") }
    }

    /// Whether a person can be asked with ``ask(_:)``.
    public var canAsk: Bool { console.canAsk && !isJSON }

    /// Reads a line that a person types.
    /// - Returns: `nil` at the end of the input.
    public func ask(_ prompt: String) throws -> String? {
        stopProgress()
        try console.writeOutput(prompt)
        return readLine()
    }

    /// Ends the progress bar with a new line, so that other text can follow.
    public func stopProgress() { bar.finish() }

    /// Prints the empty object if `--json` was asked for and the command had nothing to say.
    func close() throws {
        if isJSON, !console.hasPrintedResult { try console.writeResult("{}\n") }
    }

    private func line(_ text: String) throws {
        guard !text.isEmpty else { return }
        try console.writeOutput(text.hasSuffix("\n") ? text : text + "\n")
    }
}
