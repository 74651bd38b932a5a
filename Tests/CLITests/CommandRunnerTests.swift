import ArgumentParser
import CommandLineSupport
import ConsiliumCore
import Foundation
import Testing

private struct TestProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "program", version: "1.2.3",
        subcommands: [Greet.self, Fail.self, Audit.self, Twice.self])
}

private struct Greet: ConsiliumCommand {
    @OptionGroup var global: GlobalOptions
    @Option var name: String?

    func run(_ output: Output) async throws {
        output.note("greeting")
        output.detail("in detail")
        guard let name else { return }
        try output.finish(["greeting": "hello \(name)"]) { "hello \(name)" }
    }
}

private struct Fail: ConsiliumCommand {
    @OptionGroup var global: GlobalOptions
    @Argument var kind: String

    func run(_ output: Output) async throws {
        switch kind {
        case "disk":
            throw CoreError(
                .diskFull, "The disk is full.", cause: CoreError(.alreadyLocked, "It is locked."))
        case "cancel": throw CancellationError()
        case "exit": throw ExitCode(3)
        case "list": try output.finish([1, 2]) { "" }
        case "infinite": try output.finish(["epsilon": Double.infinity]) { "" }
        default: throw Surprise(text: "Mrs Miller, 12 May 1950")
        }
    }

    struct Surprise: Error { var text: String }
}

private struct Audit: ConsiliumCommand {
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        try output.finish(["violations": 2]) { "2 violations" }
        throw ReportedFailure(.violation)
    }
}

private struct Twice: ConsiliumCommand {
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        try output.finish(["a": 1]) { "" }
        try output.finish(["a": 2]) { "" }
    }
}

@Suite("Running commands")
struct CommandRunnerTests {
    private func run(_ arguments: String...) async -> (code: Int32, output: String, error: String) {
        let recorder = Recorder()
        let code = await CommandRunner.run(
            TestProgram.self, arguments: arguments, console: recorder.console())
        return (code, recorder.output, recorder.error)
    }

    @Test("the result is text for people, or one JSON object")
    func results() async {
        let plain = await run("greet", "--name", "Anna")
        #expect(plain == (0, "hello Anna\n", "greeting\n"))
        let json = await run("greet", "--name", "Anna", "--json")
        #expect(json == (0, "{\"greeting\":\"hello Anna\"}\n", "greeting\n"))
        let empty = await run("greet", "--json", "--quiet")
        #expect(empty == (0, "{}\n", ""))
        let verbose = await run("greet", "-v")
        #expect(verbose == (0, "", "greeting\nin detail\n"))
    }

    @Test(
        "an error is a message with its causes, its category's exit code, and with --json an object")
    func errors() async {
        let plain = await run("fail", "disk")
        #expect(plain == (74, "", "error: The disk is full.\n  because: It is locked.\n"))
        let json = await run("fail", "disk", "--json")
        #expect(json.code == 74)
        #expect(
            json.output
                == "{\"error\":{\"category\":\"inputOutput\",\"code\":\"core.disk-full\",\"message\":\"The disk is full.\"}}\n"
        )
    }

    @Test("an unexpected error asks for a report, names its type and tells nothing of its content")
    func unexpected() async {
        let result = await run("fail", "surprise", "--json")
        #expect(result.code == 70)
        #expect(result.error.contains("(Surprise)"))
        #expect(result.error.contains("report"))
        #expect(!result.error.contains("Miller"))
        #expect(result.output.contains("\"category\":\"internalFault\""))
        #expect(!result.output.contains("Miller"))
    }

    @Test(
        "arguments that can't be understood end with 64 and the usage",
        arguments: [
            ["greet", "--nome", "x"], ["greet", "x"], ["greet", "--quiet", "--verbose"], ["fail"],
            ["nothing"],
            ["greet", "--name"],
        ])
    func usage(arguments: [String]) async {
        for arguments in [arguments, arguments + ["--json"]] {
            let recorder = Recorder()
            let code = await CommandRunner.run(
                TestProgram.self, arguments: arguments, console: recorder.console())
            #expect(code == 64)
            #expect(recorder.error.hasPrefix("error: "))
            #expect(recorder.error.contains("Usage: program"))
            #expect(recorder.output.isEmpty == !arguments.contains("--json"))
            if arguments.contains("--json") {
                #expect(recorder.output.contains("\"category\":\"usage\""))
            }
        }
    }

    @Test("help and version go to standard output with 0")
    func help() async {
        #expect(await run("--version") == (0, "1.2.3\n", ""))
        for arguments in [["--help"], ["help", "greet"], ["greet", "--help"]] {
            let recorder = Recorder()
            #expect(
                await CommandRunner.run(TestProgram.self, arguments: arguments, console: recorder.console())
                    == 0)
            #expect(recorder.output.contains("USAGE: program"))
            #expect(recorder.error.isEmpty)
        }
    }

    @Test("a command that reports its own failure prints its result only")
    func reportedFailure() async {
        #expect(await run("audit") == (1, "2 violations\n", ""))
        #expect(await run("audit", "--json") == (1, "{\"violations\":2}\n", ""))
        #expect(await run("fail", "exit") == (3, "", ""))
    }

    @Test("an interrupted command may be run again")
    func interrupted() async {
        #expect(await run("fail", "cancel").code == 75)
    }

    @Test("there is never a second object, nor another value than an object")
    func oneObject() async {
        let twice = await run("twice", "--json")
        #expect(twice.code == 70)
        #expect(twice.output == "{\"a\":1}\n")
        for kind in ["list", "infinite"] {
            let result = await run("fail", kind, "--json")
            #expect(result.code == 70)
            #expect(result.output.hasPrefix("{\"error\""))
        }
    }

    @Test("a result that can't be written is an I/O error")
    func closedOutput() async {
        struct Closed: Error {}
        let recorder = Recorder()
        let inner = recorder.console()
        _ = inner
        let console = Console(
            isTerminal: false, output: { _ in throw CoreError(.fileUnwritable, "Closed.") },
            error: { _ in })
        #expect(
            await CommandRunner.run(
                TestProgram.self, arguments: ["greet", "--name", "x"], console: console) == 74)
    }
}
