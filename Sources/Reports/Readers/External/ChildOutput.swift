internal import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Reads what a child writes until it ends, and ends it when it takes too long or writes too much.
struct ChildOutput {
    private let child: pid_t
    private let limits: ExternalTool.Limits
    private let deadline: ContinuousClock.Instant
    private var isReaped = false

    init(child: pid_t, limits: ExternalTool.Limits) {
        self.child = child
        self.limits = limits
        deadline = ContinuousClock.now + .seconds(limits.seconds)
    }

    /// - Returns: the standard output of a child that ended with status 0.
    mutating func collect(output: Int32, errors: Int32) throws -> Data {
        // Whatever happens below, no child and no zombie stays behind.
        defer { if !isReaped { kill() } }
        var result = Data()
        var diagnostics = Data()
        var open = [output, errors]
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !open.isEmpty {
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else { throw ExternalTool.Failure.timedOut }
            var waiting = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            let milliseconds = left.components.seconds * 1000 + 1 + left.components.attoseconds / 1_000_000_000_000_000
            guard poll(&waiting, nfds_t(waiting.count), Int32(clamping: min(milliseconds, 1000))) >= 0 || errno == EINTR
            else { throw ExternalTool.Failure.notStarted }
            for entry in waiting where entry.revents != 0 {
                let count = read(entry.fd, &buffer, buffer.count)
                if count < 0, errno == EINTR || errno == EAGAIN { continue }
                guard count > 0 else {
                    open.removeAll { $0 == entry.fd }
                    continue
                }
                if entry.fd == output {
                    guard result.count + count <= limits.outputBytes else { throw ExternalTool.Failure.tooMuchOutput }
                    result.append(contentsOf: buffer[..<count])
                } else if diagnostics.count < 16_384 {
                    // The rest is read, so that the child does not block, and dropped.
                    diagnostics.append(contentsOf: buffer[..<count])
                }
            }
        }
        let status = try wait()
        guard status & 0x7F == 0 else { throw ExternalTool.Failure.killed }
        let code = status >> 8 & 0xFF
        guard code == 0 else {
            throw ExternalTool.Failure.failed(status: code, diagnostics: String(decoding: diagnostics, as: UTF8.self))
        }
        return result
    }

    /// A child that closed its streams but goes on is ended too.
    private mutating func wait() throws -> Int32 {
        var status: Int32 = 0
        while true {
            let found = waitpid(child, &status, WNOHANG)
            if found == child {
                isReaped = true
                return status
            }
            if found < 0, errno != EINTR {
                isReaped = true
                throw ExternalTool.Failure.killed
            }
            guard ContinuousClock.now < deadline else { throw ExternalTool.Failure.timedOut }
            usleep(2_000)
        }
    }

    private mutating func kill() {
        // The group too: what the child started must not outlive it.
        sendSignal(-child, SIGKILL)
        sendSignal(child, SIGKILL)
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        isReaped = true
    }
}

// Inside the type above `kill` means its own method.
private func sendSignal(_ target: pid_t, _ signal: Int32) { _ = kill(target, signal) }
