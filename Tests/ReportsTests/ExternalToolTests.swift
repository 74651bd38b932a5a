import ConsiliumTesting
import Foundation
import Testing

@testable import Reports

@Suite("External programs")
struct ExternalToolTests {
    private static func tool(_ name: String) -> ExternalTool { ExternalTool(name, package: "") }

    private static func limits(seconds: Double = 10, output: Int = 1 << 20, memory: UInt64 = 1 << 30)
        -> ExternalTool.Limits
    {
        ExternalTool.Limits(seconds: seconds, outputBytes: output, memoryBytes: memory)
    }

    @Test("input goes in and output comes out, also more than a pipe holds")
    func copy() throws {
        let data = Data((0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let input = try PrivateInput(data)
        #expect(try Self.tool("cat").run([], input: input) == data)
        // Once more, from the beginning, and by name.
        #expect(try Self.tool("cat").run(["/dev/stdin"], input: input) == data)
    }

    @Test("a program that takes too long is ended")
    func timeout() throws {
        let start = ContinuousClock.now
        #expect(throws: ExternalTool.Failure.timedOut) {
            try Self.tool("sleep").run(["60"], input: PrivateInput(Data()), limits: Self.limits(seconds: 0.2))
        }
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test("a program that closes its streams and goes on is ended too")
    func detached() throws {
        #expect(throws: ExternalTool.Failure.timedOut) {
            try Self.tool("sh").run(
                ["-c", "exec >&- 2>&-; sleep 60"], input: PrivateInput(Data()), limits: Self.limits(seconds: 0.2))
        }
    }

    @Test("a program that writes without end is ended")
    func flood() throws {
        #expect(throws: ExternalTool.Failure.tooMuchOutput) {
            try Self.tool("yes").run([], input: PrivateInput(Data()), limits: Self.limits())
        }
    }

    @Test("an exit status, a signal and a missing program are told apart")
    func failures() throws {
        let input = try PrivateInput(Data())
        #expect(throws: ExternalTool.Failure.failed(status: 3, diagnostics: "why\n")) {
            try Self.tool("sh").run(["-c", "echo why >&2; exit 3"], input: input)
        }
        #expect(throws: ExternalTool.Failure.killed) {
            try Self.tool("sh").run(["-c", "kill -SEGV $$"], input: input)
        }
        #expect(throws: ExternalTool.Failure.missing) { try Self.tool("no-such-program").run([], input: input) }
        #expect(Self.tool("no-such-program").path == nil)
    }

    @Test("the child has three descriptors, no environment of ours and a bound of memory", .enabled(if: isLinux))
    func hygiene() throws {
        let input = try PrivateInput(Data())
        let names = try Self.tool("sh").run(["-c", "ls /proc/$$/fd"], input: input)
        #expect(String(decoding: names, as: UTF8.self).split(separator: "\n").count <= 3)
        let variables = try Self.tool("env").run([], input: input)
        #expect(!String(decoding: variables, as: UTF8.self).contains("PWD="))
        let memory = try Self.tool("sh").run(["-c", "ulimit -v"], input: input, limits: Self.limits(memory: 512 << 20))
        #expect(String(decoding: memory, as: UTF8.self) == "\(512 << 10)\n")
    }

    @Test("the child opens no network connection", .enabled(if: isLinux))
    func network() throws {
        guard Self.tool("python3").isInstalled else { return }
        #expect {
            try Self.tool("python3").run(["-c", "import socket; socket.socket()"], input: PrivateInput(Data()))
        } throws: { error in
            guard case .failed(_, let diagnostics)? = error as? ExternalTool.Failure else { return false }
            return diagnostics.contains("PermissionError")
        }
    }

    @Test("many runs leave no child and no descriptor behind", .enabled(if: isLinux))
    func leaks() throws {
        func open() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
        // Other tests open files and connections at the same time; what leaks does so every time.
        let isClean = try (0..<5).contains { _ in
            let before = try open()
            for _ in 0..<50 { _ = try Self.tool("true").run([], input: PrivateInput(Data("x".utf8))) }
            return try open() < before + 40
        }
        #expect(isClean, "each time 50 runs left 40 descriptors or more")
    }

    private static let isLinux = FileManager.default.fileExists(atPath: "/proc/self/fd")
}
