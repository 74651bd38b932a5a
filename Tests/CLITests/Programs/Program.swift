import ConsiliumTesting
import Foundation
import Testing

/// One of our three programs, run as a process: what a person or a script at a terminal gets.
struct Program: Sendable {
    struct Outcome: Sendable {
        let code: Int32
        let output: Data
        let errorText: String
        var text: String { String(decoding: output, as: UTF8.self) }
    }

    let name: String

    static let node = Program(name: "consilium-node")
    static let coordinator = Program(name: "consilium-coordinator")
    static let admin = Program(name: "consilium-admin")

    /// The build puts programs and the tests' resources side by side.
    private static let folder = Bundle.module.bundleURL.deletingLastPathComponent()

    /// For a test that starts a program and goes on.
    static func url(of name: String) -> URL { folder.appendingPathComponent(name) }

    /// - Parameters:
    ///   - input: the working folder, so that relative paths and default homes are the test's own.
    ///   - shell: words before the program, such as a shell that limits something.
    func run(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:], shell: [String] = [],
        standardInput: String? = nil
    ) throws -> Outcome {
        let program = Self.folder.appendingPathComponent(name)
        try #require(
            FileManager.default.isExecutableFile(atPath: program.path),
            "The program \(program.path) is missing. Build all products first: swift build --build-tests")
        let process = Process()
        let words = shell + [program.path] + arguments
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        process.currentDirectoryURL = folder
        // A bare environment: no home of the developer, a fixed width.
        var settings = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "COLUMNS": "80", "LC_ALL": "C.UTF-8",
        ]
        settings["HOME"] = folder.path
        settings.merge(environment) { $1 }
        process.environment = settings
        // Files instead of pipes: no output is too long for them, and nothing has to be read meanwhile.
        let scratch = try TemporaryFolder()
        let output = try scratch.write("output", "")
        let errors = try scratch.write("errors", "")
        process.standardInput =
            try standardInput.map { try FileHandle(forReadingFrom: scratch.write("input", $0)) }
            ?? FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return Outcome(
            code: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            output: try Data(contentsOf: output),
            errorText: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }

    /// Runs with `--json` and reads the one object on standard output.
    func json(
        _ arguments: [String], in folder: URL, expecting code: Int32 = 0, environment: [String: String] = [:]
    ) throws -> [String: Any] {
        let outcome = try run(arguments + ["--json"], in: folder, environment: environment)
        #expect(outcome.code == code, "\(arguments): \(outcome.errorText)")
        return try Self.object(outcome)
    }

    /// Exactly one JSON object, on one line, with nothing before or after it.
    static func object(_ outcome: Outcome) throws -> [String: Any] {
        #expect(outcome.text.hasPrefix("{"))
        #expect(outcome.text.hasSuffix("}\n"))
        #expect(outcome.text.filter { $0 == "\n" }.count == 1)
        return try #require(JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
    }
}
