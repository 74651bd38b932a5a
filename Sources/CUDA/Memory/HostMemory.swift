internal import Foundation

/// A block of host memory for copies of gradients, kept for the next one: fresh pages for every patient would cost more than the
/// copy.
///
/// `@unchecked Sendable`: a block has one user at a time.
final class HostMemory: @unchecked Sendable {
    private let lock = NSLock()
    private var unused: UnsafeMutableBufferPointer<Float>?

    /// At least `count` floats that hold anything.
    func take(_ count: Int) -> UnsafeMutableBufferPointer<Float> {
        let kept = lock.withLock {
            defer { unused = nil }
            return unused
        }
        if let kept {
            if kept.count >= count { return kept }
            kept.deallocate()
        }
        let memory = UnsafeMutableBufferPointer<Float>.allocate(capacity: max(count, 1))
        memory.initialize(repeating: 0)
        return memory
    }

    func giveBack(_ memory: UnsafeMutableBufferPointer<Float>) {
        let spare = lock.withLock { () -> UnsafeMutableBufferPointer<Float>? in
            defer { if unused == nil { unused = memory } }
            return unused == nil ? nil : memory
        }
        spare?.deallocate()
    }

    deinit { unused?.deallocate() }
}
