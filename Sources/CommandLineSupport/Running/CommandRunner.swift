public import ArgumentParser
internal import ConsiliumCore
internal import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Runs a program: parses its arguments, runs the command, and turns every error into a message and an exit code.
///
/// | what happened | standard error | exit code |
/// |---|---|---|
/// | `--help`, `--version` | (standard output) | 0 |
/// | a ``ConsiliumCore/ConsiliumError`` | `error: ` and its message and causes | its category's |
/// | arguments that can't be understood | `error: `, what is wrong, the usage | 64 |
/// | ``ReportedFailure`` | nothing more | its category's |
/// | anything else | a request to report it | 70 |
///
/// With `--json` an error also prints `{"error":{"category","code","message"}}` on standard output, unless the command
/// had printed its result already.
public enum CommandRunner {
    /// Runs and ends the process.
    public static func main(_ root: any AsyncParsableCommand.Type) async -> Never {
        // A reader that goes away (`… | head`) must not kill a node in the middle of its work.
        signal(SIGPIPE, SIG_IGN)
        exit(await run(root, arguments: Array(CommandLine.arguments.dropFirst()), console: .standard))
    }

    /// Runs one command in this process and returns the exit code: what ``main(_:)`` does, for tests.
    public static func run(_ root: any AsyncParsableCommand.Type, arguments: [String], console: Console) async -> Int32
    {
        do {
            var command = try root.parseAsRoot(arguments)
            try await Console.$current.withValue(console) {
                if var asynchronous = command as? any AsyncParsableCommand {
                    try await asynchronous.run()
                } else {
                    try command.run()
                }
            }
            return 0
        } catch {
            let wantsJSON = arguments.prefix { $0 != "--" }.contains("--json")
            return report(error, root: root, wantsJSON: wantsJSON, console: console)
        }
    }

    private static func report(
        _ error: any Error, root: any AsyncParsableCommand.Type, wantsJSON: Bool, console: Console
    ) -> Int32 {
        switch error {
        case let error as ReportedFailure: return error.category.exitCode
        case let error as ExitCode: return error.rawValue
        case let error as any ConsiliumError:
            return show(
                ErrorReport(code: error.codeName, category: error.category, message: error.message),
                text: "error: \(error.description)", wantsJSON: wantsJSON, console: console)
        case is CancellationError:
            let message = "Interrupted. Nothing is lost: run the same command again."
            return show(
                ErrorReport(code: "interrupted", category: .tryAgain, message: message), text: "error: \(message)",
                wantsJSON: wantsJSON, console: console)
        default: break
        }
        let code = root.exitCode(for: error)
        let text = root.fullMessage(for: error)
        if code == .success {
            try? console.writeOutput(text + "\n")
            return 0
        }
        if code == .validationFailure {
            // The parser's own messages have no full stop.
            let message = root.message(for: error)
            let sentence = message.last.map { ".?!".contains($0) } == true ? message : message + "."
            let parts = text.split(separator: "Error: \(message)", maxSplits: 1, omittingEmptySubsequences: false)
            return show(
                ErrorReport(code: "usage", category: .usage, message: sentence),
                text: parts.count == 2 ? "\(parts[0])error: \(sentence)\(parts[1])" : "error: \(sentence)",
                wantsJSON: wantsJSON, console: console)
        }
        // Its own text may hold anything, also what must not leave this machine: name the type only.
        let message =
            "Something failed that this program did not expect (\(kind(of: error))). This is a fault in Consilium: "
            + "please report it with the command that you ran."
        return show(
            ErrorReport(code: "internal", category: .internalFault, message: message), text: "error: \(message)",
            wantsJSON: wantsJSON, console: console)
    }

    private static func kind(of error: any Error) -> String {
        guard type(of: error) is AnyClass || error is CocoaError || error is POSIXError else {
            return "\(type(of: error))"
        }
        let error = error as NSError
        return "\(error.domain) \(error.code)"
    }

    private static func show(_ report: ErrorReport, text: String, wantsJSON: Bool, console: Console) -> Int32 {
        console.writeError(text + "\n")
        if wantsJSON, !console.hasPrintedResult, let data = try? CanonicalJSON.encode(["error": report]) {
            try? console.writeResult(String(decoding: data, as: UTF8.self) + "\n")
        }
        return report.category.exitCode
    }
}
