internal import CChildProcess
internal import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A program of the system that converts documents: poppler's and Tesseract's.
///
/// It runs without a shell, an environment, the network or any file of ours but its input, in bounds of time, memory and
/// output. Arguments are fixed words and numbers: nothing of a record is ever one of them.
struct ExternalTool: Sendable {
    struct Limits: Sendable {
        var seconds: Double = 60
        var outputBytes = 64 << 20
        var memoryBytes: UInt64 = 2 << 30
    }

    enum Failure: Error, Equatable {
        case missing
        case notStarted
        case timedOut
        case tooMuchOutput
        /// It ended with an exit status other than 0.
        case failed(status: Int32, diagnostics: String)
        /// A signal ended it: usually out of the memory that it may have.
        case killed
    }

    let name: String
    /// The package that holds it on Debian and Ubuntu, for the sentence that says so.
    let package: String
    private let folders: [String]

    /// - Parameter folders: where programs are looked for; by default the absolute folders of `PATH` and the usual ones.
    init(_ name: String, package: String, folders: [String]? = nil) {
        self.name = name
        self.package = package
        self.folders = folders ?? Self.systemFolders
    }

    private static let systemFolders: [String] = {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let named = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
        return named + ["/usr/local/bin", "/usr/bin", "/bin", "/opt/homebrew/bin"]
    }()

    /// The program's file, `nil` if it isn't installed.
    var path: String? {
        folders.lazy.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    var isInstalled: Bool { path != nil }

    /// Runs the program to its end.
    ///
    /// - Parameter input: its standard input, which it may also open as `/dev/stdin` and seek in.
    /// - Returns: its standard output.
    /// - Throws: ``Failure``. The child is dead then, and what it wrote is dropped.
    func run(_ arguments: [String], input: PrivateInput, limits: Limits = Limits()) throws -> Data {
        guard let path else { throw Failure.missing }
        var output = try ChildPipe()
        defer { output.close() }
        var errors = try ChildPipe()
        defer { errors.close() }
        guard lseek(input.descriptor, 0, SEEK_SET) == 0 else { throw Failure.notStarted }
        let child = try start(path, arguments, input.descriptor, output.writeEnd, errors.writeEnd, limits)
        output.closeWriteEnd()
        errors.closeWriteEnd()
        var reading = ChildOutput(child: child, limits: limits)
        return try reading.collect(output: output.readEnd, errors: errors.readEnd)
    }

    private func start(
        _ path: String, _ arguments: [String], _ input: Int32, _ output: Int32, _ errors: Int32, _ limits: Limits
    ) throws -> pid_t {
        let bounds = child_limits(
            memory_bytes: limits.memoryBytes, cpu_seconds: UInt64(max(limits.seconds.rounded(.up), 1)) + 1,
            file_bytes: 64 << 20)
        // One thread: the limits are for one core, and a page is too little to share.
        let environment = ["PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", "OMP_THREAD_LIMIT=1", "HOME=/nonexistent"]
        var words = ([path] + arguments).map { strdup($0) }
        var variables = environment.map { strdup($0) }
        defer { (words + variables).forEach { free($0) } }
        words.append(nil)
        variables.append(nil)
        let child = child_process_start(path, &words, &variables, input, output, errors, bounds)
        guard child > 0 else { throw Failure.notStarted }
        return child
    }
}

/// A document's bytes where a child can read them and nobody else: in memory, or a file without a name.
final class PrivateInput {
    let descriptor: Int32

    init(_ data: Data) throws {
        descriptor = child_process_private_file(FileManager.default.temporaryDirectory.path)
        guard descriptor >= 0 else { throw ExternalTool.Failure.notStarted }
        let isWritten = data.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return true }
            var offset = 0
            while offset < bytes.count {
                let count = write(descriptor, base + offset, bytes.count - offset)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                offset += count
            }
            return true
        }
        guard isWritten else { throw ExternalTool.Failure.notStarted }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}

/// A pipe whose ends no other child inherits.
private struct ChildPipe {
    private(set) var readEnd: Int32 = -1
    private(set) var writeEnd: Int32 = -1

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw ExternalTool.Failure.notStarted }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    mutating func closeWriteEnd() { Self.close(&writeEnd) }

    mutating func close() {
        Self.close(&readEnd)
        Self.close(&writeEnd)
    }

    private static func close(_ descriptor: inout Int32) {
        guard descriptor >= 0 else { return }
        closeDescriptor(descriptor)
        descriptor = -1
    }
}

// Inside the types above `close` means their own method.
private func closeDescriptor(_ descriptor: Int32) { close(descriptor) }
