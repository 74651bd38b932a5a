import ConsiliumCore
import ConsiliumTesting
import Foundation
import Synchronization
import Testing

/// One coordinator, an admin and four clinics in one folder, each a process of its own when it runs.
///
/// ```
/// admin/  coordinator/  alpha/ bravo/ charlie/ delta/  reports/<clinic>/  jobs/  logs/
/// ```
/// Everything that was started is killed when the value goes.
final class Consortium: Sendable {
    let folder: TemporaryFolder
    private let running = Mutex<[RunningProgram]>([])
    private let address = Mutex("")
    private let server = Mutex<RunningProgram?>(nil)

    init(in folder: TemporaryFolder) throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
    }

    deinit { killAll() }

    var logs: URL { folder.path("logs") }
    var coordinatorFolder: URL { folder.path("coordinator") }
    var coordinatorURL: String { address.withLock { $0 } }

    func home(_ clinic: String) -> URL { folder.path(clinic) }
    func jobFolder(_ job: String, of clinic: String) -> URL { home(clinic).appendingPathComponent("jobs/\(job)") }

    func killAll() {
        let programs = running.withLock { programs in
            defer { programs = [] }
            return programs
        }
        for program in programs { program.kill() }
    }

    // MARK: Programs

    /// Starts a program that runs beside the test.
    func start(_ program: Program, _ arguments: [String], name: String) throws -> RunningProgram {
        var environment = ["CONSILIUM_ADMIN_HOME": folder.path("admin").path]
        if !coordinatorURL.isEmpty { environment["CONSILIUM_COORDINATOR_URL"] = coordinatorURL }
        let started = try RunningProgram(program, arguments, environment: environment, name: name, logs: logs)
        running.withLock { $0.append(started) }
        return started
    }

    /// Runs a program to its end.
    func run(_ program: Program, _ arguments: [String], within limit: Duration = .seconds(120)) async throws
        -> ProgramResult
    {
        let name = ([program.rawValue] + arguments.prefix(2)).joined(separator: "-").filter {
            $0.isLetter || $0.isNumber || $0 == "-"
        }
        return try await start(program, arguments, name: name).result(within: limit)
    }

    func node(_ clinic: String, _ arguments: String..., within limit: Duration = .seconds(120)) async throws
        -> ProgramResult
    {
        try await run(.node, arguments + ["--home", home(clinic).path], within: limit)
    }

    func admin(_ arguments: String...) async throws -> ProgramResult { try await run(.admin, arguments) }

    // MARK: Coordinator

    /// Starts the coordinator and waits until it listens. Started again, it listens on the port that it had.
    @discardableResult
    func startCoordinator() async throws -> RunningProgram {
        let portFile = coordinatorFolder.appendingPathComponent("port")
        try? FileManager.default.removeItem(at: portFile)
        let configuration = coordinatorFolder.appendingPathComponent("coordinator.yaml")
        let listen = coordinatorURL.isEmpty ? "0" : String(coordinatorURL.split(separator: ":").last ?? "0")
        try Data("listen: \"127.0.0.1:\(listen)\"\nfolder: .\n".utf8).write(to: configuration)
        let program = try start(.coordinator, ["serve", "--config", configuration.path], name: "coordinator")
        try await wait("the coordinator to listen", within: .seconds(30)) {
            guard program.isRunning else { throw Failure("the coordinator ended: \(program.errorText)") }
            return (try? String(contentsOf: portFile, encoding: .utf8))?.isEmpty == false
        }
        let port = try String(contentsOf: portFile, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        address.withLock { $0 = "https://localhost:\(port)" }
        server.withLock { $0 = program }
        return program
    }

    /// SIGKILL to the coordinator that was started last.
    func killCoordinator() { server.withLock { $0 }?.kill() }

    struct Failure: Error, CustomStringConvertible {
        var description: String
        init(_ description: String) { self.description = description }
    }
}

/// Looks every few milliseconds until `condition` holds, on a thread of its own: other tests may keep the shared ones busy
/// for seconds, and a moment in which to kill something does not wait.
func wait(
    _ what: String, within limit: Duration = .seconds(120), until condition: @escaping @Sendable () throws -> Bool
) async throws {
    try await onThread { try block(what, within: limit, until: condition) }
}

/// The same for code that is on such a thread already.
func block(_ what: String, within limit: Duration = .seconds(120), until condition: () throws -> Bool) throws {
    let start = ContinuousClock.now
    while try !condition() {
        guard start.duration(to: .now) < limit else {
            throw Consortium.Failure("Waited \(limit) in vain for \(what).")
        }
        Thread.sleep(forTimeInterval: 0.003)
    }
}

func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
}

extension Consortium {
    /// - Returns: whether a file of the clinic's job folder is there.
    func has(_ file: String, _ job: String, of clinic: String) -> Bool {
        FileManager.default.fileExists(atPath: jobFolder(job, of: clinic).appendingPathComponent(file).path)
    }

    /// The SHA-256 of the final adapter as the clinic keeps it.
    func adapterHash(_ job: String, of clinic: String) throws -> ContentHash {
        ContentHash(
            of: try Data(
                contentsOf: jobFolder(job, of: clinic).appendingPathComponent("adapter/adapter_model.safetensors")))
    }

    /// Every regular file below `url`.
    static func files(below url: URL) -> [URL] {
        var found: [URL] = []
        let walk = FileManager.default.enumerator(at: url, includingPropertiesForKeys: [.isRegularFileKey])
        while let file = walk?.nextObject() as? URL {
            if (try? file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true { found.append(file) }
        }
        return found
    }
}
