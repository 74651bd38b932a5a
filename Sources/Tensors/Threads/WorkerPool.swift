internal import CKernels
internal import Foundation
internal import Synchronization

/// The threads that help with one operation at a time.
///
/// An operation is published together with a gate. A helper that wakes while the gate is open enters, takes pieces of
/// work until there are none, and leaves. The caller works too, closes the gate and waits for those inside: it never waits for a
/// helper that the system has not scheduled yet. Helpers spin for some microseconds after an operation, because in a model the
/// next one follows at once, and sleep then.
final class WorkerPool: Sendable {
    static let shared = WorkerPool()

    private struct Work {
        let pieces: Int
        let threads: Int
        let body: (_ piece: Int, _ thread: Int) -> Void
    }

    private static let open = 1 << 32
    private static let spins = 4000

    /// Whether an operation runs.
    private let isBusy = Atomic<Bool>(false)
    /// The address of the `Work`, which is valid while the gate is open or somebody is inside.
    private let work = Atomic<UInt>(0)
    /// `open` plus the number of helpers inside.
    private let gate = Atomic<Int>(0)
    private let nextPiece = Atomic<Int>(0)
    private let nextThread = Atomic<Int>(1)
    private let generation = Atomic<Int>(0)
    private let sleepers = Atomic<Int>(0)
    private let helpers = Guarded(0)
    private let wake = NSCondition()

    /// Calls `body` for every piece, on at most `threads` threads at once. `thread` is below `threads` and differs between
    /// calls that run at the same time.
    ///
    /// While another task's operation runs, and from within `body`, the pieces run one after the other on the calling thread.
    func run(pieces: Int, threads: Int, _ body: (_ piece: Int, _ thread: Int) -> Void) {
        guard pieces > 1, threads > 1, !isBusy.exchange(true, ordering: .acquiring) else {
            for piece in 0..<max(pieces, 0) { body(piece, 0) }
            return
        }
        startHelpers(threads - 1)
        withoutActuallyEscaping(body) { body in
            let work = Work(pieces: pieces, threads: threads, body: body)
            withUnsafePointer(to: work) { pointer in
                self.work.store(UInt(bitPattern: pointer), ordering: .relaxed)
                nextPiece.store(0, ordering: .relaxed)
                nextThread.store(1, ordering: .relaxed)
                gate.store(Self.open, ordering: .releasing)
                generation.add(1, ordering: .sequentiallyConsistent)
                if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
                    wake.lock()
                    wake.broadcast()
                    wake.unlock()
                }
                doPieces(of: pointer, thread: 0)
                gate.subtract(Self.open, ordering: .acquiringAndReleasing)
                var rounds = 0
                while gate.load(ordering: .acquiring) != 0 { Self.pause(&rounds) }
            }
        }
        isBusy.store(false, ordering: .releasing)
    }

    private func doPieces(of work: UnsafePointer<Work>, thread: Int) {
        while true {
            let piece = nextPiece.add(1, ordering: .relaxed).oldValue
            guard piece < work.pointee.pieces else { return }
            work.pointee.body(piece, thread)
        }
    }

    private func startHelpers(_ count: Int) {
        let new = helpers.withLock { existing in
            defer { existing = max(existing, count) }
            return max(0, count - existing)
        }
        for _ in 0..<new {
            let thread = Thread { [self] in help() }
            thread.name = "tensors"
            thread.start()
        }
    }

    private func help() {
        var seen = 0
        while true {
            waitForChange(of: &seen)
            guard enter() else { continue }
            if let work = UnsafePointer<Work>(bitPattern: work.load(ordering: .relaxed)) {
                let thread = nextThread.add(1, ordering: .relaxed).oldValue
                if thread < work.pointee.threads { doPieces(of: work, thread: thread) }
            }
            gate.subtract(1, ordering: .releasing)
        }
    }

    private func enter() -> Bool {
        var found = gate.load(ordering: .acquiring)
        while found >= Self.open {
            let (exchanged, original) = gate.weakCompareExchange(
                expected: found, desired: found + 1, ordering: .acquiringAndReleasing)
            if exchanged { return true }
            found = original
        }
        return false
    }

    private func waitForChange(of seen: inout Int) {
        for _ in 0..<Self.spins {
            let found = generation.load(ordering: .sequentiallyConsistent)
            if found != seen {
                seen = found
                return
            }
            consilium_pause()
        }
        wake.lock()
        sleepers.add(1, ordering: .sequentiallyConsistent)
        while generation.load(ordering: .sequentiallyConsistent) == seen { wake.wait() }
        sleepers.subtract(1, ordering: .sequentiallyConsistent)
        wake.unlock()
        seen = generation.load(ordering: .sequentiallyConsistent)
    }

    private static func pause(_ rounds: inout Int) {
        rounds += 1
        if rounds < 1000 { consilium_pause() } else { sched_yield() }
    }
}
