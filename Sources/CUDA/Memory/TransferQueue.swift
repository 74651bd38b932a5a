/// A second stream that copies from page-locked memory of the host while the first computes: a batch's rows and positions, and
/// weights that have no room on the GPU.
///
/// Memory for copies is its own, with two events a block: the copy waits until nobody reads the block any longer, and whoever
/// reads it waits for the copy. Not thread-safe: ``CommandQueue`` owns it.
final class TransferQueue {
    /// Device memory for one copy.
    final class Block {
        let address: UInt64
        let size: Int
        fileprivate let isThere: UnsafeMutableRawPointer
        fileprivate let isFree: UnsafeMutableRawPointer

        fileprivate init(
            address: UInt64, size: Int, isThere: UnsafeMutableRawPointer, isFree: UnsafeMutableRawPointer
        ) {
            self.address = address
            self.size = size
            self.isThere = isThere
            self.isFree = isFree
        }
    }

    private let device: CUDADevice
    private let allocator: DeviceAllocator
    /// The stream that computes.
    private let computing: UnsafeMutableRawPointer?
    private let stream: UnsafeMutableRawPointer?
    private let staging: HostStaging
    /// By size, those that were given back first in front: their last readers are the first to be done.
    private var unused: [Int: [Block]] = [:]
    /// Enough to copy one while others are read.
    private static let mostUnused = 32

    init(device: CUDADevice, allocator: DeviceAllocator, computing: UnsafeMutableRawPointer?) throws {
        self.device = device
        self.allocator = allocator
        self.computing = computing
        var stream: UnsafeMutableRawPointer?
        try device.check(device.driver.createStream(&stream, 1), "create a stream")
        self.stream = stream
        staging = try HostStaging(device: device, stream: stream)
    }

    /// Starts a copy of the parts, each at an offset, into a block of at least `bytes`. Call ``await(_:)`` before it is read,
    /// and ``giveBack(_:)`` once everything that reads it has been put on the other stream.
    func copy(_ parts: [(source: UnsafeRawBufferPointer, offset: Int)], bytes: Int) throws -> Block {
        let block = try take(bytes)
        do {
            try device.check(device.driver.waitEvent(stream, block.isFree, 0), "order its work")
            for (source, offset) in parts { try staging.upload(source, to: block.address + UInt64(offset)) }
            try device.check(device.driver.recordEvent(block.isThere, stream), "record an event")
        } catch {
            giveBack(block)
            throw error
        }
        return block
    }

    /// What is put on the computing stream from now on comes after the copy.
    func await(_ block: Block) throws {
        try device.check(device.driver.waitEvent(computing, block.isThere, 0), "order its work")
    }

    func giveBack(_ block: Block) {
        _ = device.driver.recordEvent(block.isFree, computing)
        guard unused[block.size, default: []].count >= Self.mostUnused else {
            return unused[block.size, default: []].append(block)
        }
        release(block)
    }

    /// Copies to memory that the computing stream has no longer in use at `event`, and waits for the copy.
    func copyNow(_ source: UnsafeRawBufferPointer, to address: UInt64, after event: UnsafeMutableRawPointer) throws {
        try device.check(device.driver.waitEvent(stream, event, 0), "order its work")
        try staging.upload(source, to: address)
        try device.check(device.driver.synchronizeStream(stream), "finish a copy")
    }

    private func take(_ bytes: Int) throws -> Block {
        let size = DeviceAllocator.rounded(bytes)
        if let first = unused[size]?.first {
            unused[size]?.removeFirst()
            return first
        }
        let address = try allocator.allocate(bytes)
        do {
            let block = Block(
                address: address, size: size, isThere: try device.makeEvent(), isFree: try device.makeEvent())
            // The memory may have been somebody else's until now.
            try device.check(device.driver.recordEvent(block.isFree, computing), "record an event")
            return block
        } catch {
            allocator.free(address)
            throw error
        }
    }

    /// To the memory that the computing stream hands out; a copy may still be under way.
    private func release(_ block: Block) {
        _ = device.driver.waitEvent(computing, block.isThere, 0)
        _ = device.driver.destroyEvent(block.isThere)
        _ = device.driver.destroyEvent(block.isFree)
        allocator.free(block.address)
    }

    /// Gives memory that nobody uses back, for other programs.
    func releaseUnused() {
        for block in unused.values.joined() { release(block) }
        unused = [:]
    }

    /// Nothing may be copied afterwards.
    func release() {
        _ = device.driver.synchronizeStream(stream)
        releaseUnused()
        staging.release()
        _ = device.driver.destroyStream(stream)
    }
}
