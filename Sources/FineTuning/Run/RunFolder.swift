internal import ConsiliumCore
internal import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The hidden folder beside the output in which an unfinished run keeps its metrics, its checkpoint and its attempts.
///
/// `.NAME.training/` holds `metrics.jsonl`, `checkpoint.safetensors` and `attempts`, a byte for every private step that was
/// started; at the end `result`, which becomes the output. It exists while the run does, and stays after a kill; it is
/// locked, so that two processes never share it.
final class RunFolder {
    let url: URL
    private let output: URL
    private let lock: Int32
    private let metrics: FileHandle
    private(set) var metricsBytes = 0

    var checkpointFile: URL { url.appendingPathComponent("checkpoint.safetensors") }
    private var metricsFile: URL { url.appendingPathComponent("metrics.jsonl") }
    private var attemptsFile: URL { url.appendingPathComponent("attempts") }

    /// - Parameter resumes: whether a checkpoint that is there may stay.
    /// - Throws: ``FineTuningError`` `.outputExists`, `.runUnfinished` or `.runLocked`; a `CoreError` of the disk.
    init(output: URL, resumes: Bool) throws {
        let manager = FileManager.default
        let existing = try? manager.contentsOfDirectory(atPath: output.path)
        guard existing?.isEmpty ?? !manager.fileExists(atPath: output.path) else {
            throw FineTuningError(.outputExists, "\(output.path) already exists. Choose another folder or remove it.")
        }
        self.output = output
        let url = output.deletingLastPathComponent().appendingPathComponent(".\(output.lastPathComponent).training")
        try DurableFile.createFolder(url)
        lock = open(url.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw FineTuningError(
                .runLocked, "Another process is training into \(output.path). Wait for it or stop it.")
        }
        self.url = url
        let names = ["metrics.jsonl", "checkpoint.safetensors", "attempts"]
        do {
            if !resumes {
                guard !manager.fileExists(atPath: url.appendingPathComponent(names[1]).path) else {
                    throw FineTuningError(
                        .runUnfinished,
                        "A training into \(output.path) was interrupted and can go on. Resume it, or remove \(url.path) to begin again."
                    )
                }
                for name in names { try? manager.removeItem(at: url.appendingPathComponent(name)) }
            }
            let file = url.appendingPathComponent(names[0])
            if !manager.fileExists(atPath: file.path) {
                try DurableFile.write(Data(), to: file, permissions: 0o644)
            }
            metrics = try FileHandle(forUpdating: file)
        } catch let error as any ConsiliumError {
            close(lock)
            throw error
        } catch {
            close(lock)
            throw Self.unwritable(url, error)
        }
    }

    deinit { close(lock) }

    func checkpoint() throws -> RunCheckpoint? {
        guard FileManager.default.fileExists(atPath: checkpointFile.path) else { return nil }
        return try RunCheckpoint.load(from: checkpointFile)
    }

    /// Drops the lines after a checkpoint: their steps are taken again.
    func rewindMetrics(to bytes: Int) throws {
        do {
            let end = Int(try metrics.seekToEnd())
            try metrics.truncate(atOffset: UInt64(max(0, min(bytes, end))))
            metricsBytes = min(bytes, end)
        } catch {
            throw Self.unwritable(metricsFile, error)
        }
    }

    /// Written before the next step begins, so that a killed run leaves its lines.
    func append(_ line: MetricsLine) throws {
        var data = try CanonicalJSON.encode(line)
        data.append(UInt8(ascii: "\n"))
        do {
            try metrics.write(contentsOf: data)
        } catch {
            throw Self.unwritable(metricsFile, error)
        }
        metricsBytes += data.count
    }

    /// Counts a private step before anything of it is drawn, durably: whatever happens then, it is counted.
    /// - Returns: how many were started so far, in all sessions.
    func countAttempt() throws -> Int {
        do {
            if !FileManager.default.fileExists(atPath: attemptsFile.path) {
                try DurableFile.write(Data(), to: attemptsFile)
            }
            let handle = try FileHandle(forWritingTo: attemptsFile)
            defer { try? handle.close() }
            try handle.seekToEnd()
            try handle.write(contentsOf: [0x2e])
            try handle.synchronize()
            return Int(try handle.offset())
        } catch {
            throw Self.unwritable(attemptsFile, error)
        }
    }

    /// The attempts of earlier sessions.
    var attempts: Int {
        (try? FileManager.default.attributesOfItem(atPath: attemptsFile.path)[.size] as? Int) ?? 0
    }

    func metricsData() throws -> Data { try DurableFile.read(metricsFile) }

    /// The output folder appears whole, and this folder goes.
    /// - Parameter fill: writes everything but the metrics.
    func finish(_ fill: (URL) throws -> Void) throws {
        let part = url.appendingPathComponent("result")
        // What a kill at this place left.
        try? FileManager.default.removeItem(at: part)
        try DurableFile.createFolder(part, permissions: 0o755)
        try fill(part)
        try DurableFile.write(
            metricsData(), to: part.appendingPathComponent("metrics.jsonl"), permissions: 0o644)
        do {
            if FileManager.default.fileExists(atPath: output.path) { try FileManager.default.removeItem(at: output) }
            try FileManager.default.moveItem(at: part, to: output)
        } catch {
            throw FineTuningError(
                .outputUnwritable, "Can't create \(output.path). Check the path and this user's rights.", cause: error)
        }
        try DurableFile.synchronizeFolder(output.deletingLastPathComponent())
        remove()
    }

    /// After an error: nothing stays, unless there is a checkpoint to go on from.
    func abandon() {
        if !FileManager.default.fileExists(atPath: checkpointFile.path) { remove() }
    }

    private func remove() { try? FileManager.default.removeItem(at: url) }

    private static func unwritable(_ url: URL, _ cause: any Error) -> FineTuningError {
        FineTuningError(
            .outputUnwritable, "Can't write \(url.path). Check the disk's space and this user's rights.", cause: cause)
    }
}
