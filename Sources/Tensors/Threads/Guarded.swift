internal import Foundation

/// A value behind a lock. `Synchronization.Mutex` waits inside of the standard library, where the thread sanitizer can't see
/// one thread hand over to the next, and everything the lock protects would be reported as a race.
final class Guarded<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    init(_ value: sending Value) { self.value = value }

    func withLock<Result>(_ body: (inout Value) throws -> sending Result) rethrows -> sending Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}
