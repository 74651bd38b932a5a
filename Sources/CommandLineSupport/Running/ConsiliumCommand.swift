public import ArgumentParser

/// A command of one of the three programs: it gets an ``Output``, and its errors become messages and exit codes.
///
/// ```swift
/// struct Doctor: ConsiliumCommand {
///     static let configuration = CommandConfiguration(abstract: "Show what works on this machine.")
///     @OptionGroup var global: GlobalOptions
///
///     func run(_ output: Output) async throws {
///         try output.finish(report) { report.table }
///     }
/// }
/// ```
///
/// A command that groups others is a plain `AsyncParsableCommand` without options. `main.swift` is one line:
/// `await CommandRunner.main(ConsiliumNode.self)`.
public protocol ConsiliumCommand: AsyncParsableCommand {
    var global: GlobalOptions { get }

    /// Does the work. With `--json`, call ``Output/finish(_:text:)`` once at the end; an empty object is printed
    /// otherwise.
    mutating func run(_ output: Output) async throws
}

extension ConsiliumCommand {
    public mutating func run() async throws {
        let output = Output(options: global, console: Console.current)
        do {
            try await run(output)
        } catch {
            output.stopProgress()
            throw error
        }
        output.stopProgress()
        try output.close()
    }
}
