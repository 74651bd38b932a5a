internal import Foundation
public import Tensors

/// Work that came before, as one graph of the driver for every key: a step of a small model is many short kernels, and starting
/// each of them takes the host longer than the GPU needs to run it.
final class GraphReplay: OperationReplay {
    private struct Entry {
        let key: [Int]
        var uses = 0
        var executable: UnsafeMutableRawPointer?
    }

    private let backend: CUDABackend
    private let memory = ReservedMemory()
    /// Those used last are behind.
    private var entries: [Entry] = []
    private var isPossible = true

    /// Twice as it is called: by then kernels are loaded and products have their fastest algorithm.
    static let usesBeforeRecording = 2
    private static let mostKeys = 8

    init(_ backend: CUDABackend) { self.backend = backend }

    deinit { backend.release(entries.compactMap(\.executable), memory) }

    func run(_ key: [Int], _ body: () throws -> Void) throws {
        guard isPossible else { return try body() }
        var entry = Entry(key: key)
        if let index = entries.firstIndex(where: { $0.key == key }) {
            entry = entries.remove(at: index)
        } else if entries.count >= Self.mostKeys {
            // Its memory is the others' too, and stays.
            backend.release([entries.removeFirst()].compactMap(\.executable), ReservedMemory())
        }
        entry.uses += 1
        if entry.executable == nil, entry.uses > Self.usesBeforeRecording {
            entry.executable = backend.record(memory, body)
            isPossible = entry.executable != nil
            if entries.allSatisfy({ $0.executable == nil }), !isPossible { backend.release([], memory) }
        }
        entries.append(entry)
        guard let executable = entry.executable else { return try body() }
        backend.launch(executable)
    }
}

extension CUDABackend {
    public func makeReplay() -> (any OperationReplay)? {
        configuration.recordsRepeatedWork ? GraphReplay(self) : nil
    }

    /// What `body` puts on the stream, as one; `nil` if it can't be recorded. Nothing is done yet.
    fileprivate func record(_ memory: ReservedMemory, _ body: () throws -> Void) -> UnsafeMutableRawPointer? {
        lock.lock()
        defer { lock.unlock() }
        queue.device.makeCurrent()
        guard queue.beginRecording(memory) else { return nil }
        let isComplete = (try? body()) != nil
        let executable = queue.endRecording()
        if !isComplete, let executable { queue.release([executable], ReservedMemory()) }
        return isComplete ? executable : nil
    }

    fileprivate func launch(_ executable: UnsafeMutableRawPointer) {
        lock.lock()
        defer { lock.unlock() }
        guard queue.failure == nil else { return }
        queue.device.makeCurrent()
        do { try queue.launch(executable) } catch { queue.failure = error }
    }

    fileprivate func release(_ executables: [UnsafeMutableRawPointer], _ memory: ReservedMemory) {
        lock.lock()
        defer { lock.unlock() }
        queue.device.makeCurrent()
        queue.release(executables, memory)
    }
}
