import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// How a program ended and what it said.
struct ProgramResult: Sendable {
    var code: Int32
    var output: String
    var errors: String

    /// The one JSON object on standard output.
    func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(output.utf8))
    }

    var text: String { "exit \(code)\n\(output)\(errors)" }
}

/// A program that was started as a process of its own. It is killed at the latest when the last reference goes.
final class RunningProgram: @unchecked Sendable {
    struct TookTooLong: Error, CustomStringConvertible {
        var description: String
    }

    let name: String
    // `Process` is only touched under the lock.
    private let process: Mutex<Process>
    private let output: URL
    private let errors: URL

    /// - Parameters:
    ///   - wrapper: words before the program, such as those that put it into a network namespace.
    ///   - folder: where it runs; its logs' folder if none is named.
    init(
        _ program: Program, _ arguments: [String], environment: [String: String] = [:], name: String, logs: URL,
        wrapper: [String] = [], folder: URL? = nil
    ) throws {
        self.name = name
        let stem = "\(name)-\(UUID().uuidString.prefix(8))"
        output = logs.appendingPathComponent("\(stem).out")
        errors = logs.appendingPathComponent("\(stem).err")
        for file in [output, errors] { try Data().write(to: file) }
        let process = Process()
        let words = wrapper + [program.url.path] + arguments
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        process.currentDirectoryURL = folder ?? logs
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["OPENBLAS_NUM_THREADS": "1", "SWIFT_BACKTRACE": "enable=no"].merging(environment) { $1 }
        ) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        self.process = Mutex(process)
    }

    deinit { kill() }

    var isRunning: Bool { process.withLock { $0.isRunning } }

    /// What has been said on standard output so far.
    var outputText: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }

    /// What has been said on standard error so far.
    var errorText: String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }

    /// SIGKILL: no handler runs, nothing is flushed.
    func kill() { signal(SIGKILL) }

    /// SIGTERM: a service ends in order.
    func terminate() { signal(SIGTERM) }

    /// Waits for the end. A program that takes longer is killed.
    @discardableResult
    func result(within limit: Duration = .seconds(120)) async throws -> ProgramResult {
        let start = ContinuousClock.now
        while isRunning {
            if start.duration(to: .now) > limit {
                let said = errorText
                kill()
                throw TookTooLong(description: "\(name) did not end within \(limit). It said:\n\(said.suffix(2000))")
            }
            do { try await Task.sleep(for: .milliseconds(15)) } catch {
                kill()
                throw error
            }
        }
        return ProgramResult(
            code: process.withLock { $0.terminationStatus },
            output: try String(contentsOf: output, encoding: .utf8), errors: errorText)
    }

    private func signal(_ number: Int32) {
        process.withLock { process in
            guard process.isRunning else { return }
            #if canImport(Glibc)
            _ = Glibc.kill(process.processIdentifier, number)
            #elseif canImport(Musl)
            _ = Musl.kill(process.processIdentifier, number)
            #elseif canImport(Darwin)
            _ = Darwin.kill(process.processIdentifier, number)
            #endif
            if number == SIGKILL { process.waitUntilExit() }
        }
    }
}
