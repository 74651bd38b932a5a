/// Page-locked host memory between Swift's arrays and the GPU: only from and to such memory does the driver copy without
/// stopping. Slots are used in turn; each has an event that tells when its last copy was done.
///
/// Not thread-safe: ``CommandQueue`` owns it.
final class HostStaging {
    private struct Slot {
        let memory: UnsafeMutableRawPointer
        let event: UnsafeMutableRawPointer
    }

    /// Slots of one size.
    private struct Ring {
        var slots: [Slot] = []
        var next = 0
        let bytes: Int
    }

    private let device: CUDADevice
    private let stream: UnsafeMutableRawPointer?
    /// Indices and other small arrays; many may be under way.
    private var small = Ring(bytes: 1 << 15)
    private var large = Ring(bytes: 8 << 20)

    init(device: CUDADevice, stream: UnsafeMutableRawPointer?) throws {
        self.device = device
        self.stream = stream
        try fill(&small, count: 64)
        try fill(&large, count: 3)
    }

    /// One allocation for all slots of a ring.
    private func fill(_ ring: inout Ring, count: Int) throws {
        var memory: UnsafeMutableRawPointer?
        try device.check(
            device.driver.allocateHost(&memory, count * ring.bytes), "lock \(count * ring.bytes >> 20) MiB of memory")
        guard let memory else { throw CUDAError(.driverFailed, "The NVIDIA driver gives no page-locked memory.") }
        for index in 0..<count {
            ring.slots.append(Slot(memory: memory + index * ring.bytes, event: try device.makeEvent()))
        }
    }

    /// Copies to the device; the source may be changed as soon as this returns.
    func upload(_ source: UnsafeRawBufferPointer, to address: UInt64) throws {
        guard source.count <= small.bytes else { return try upload(source, to: address, &large) }
        try upload(source, to: address, &small)
    }

    private func upload(_ source: UnsafeRawBufferPointer, to address: UInt64, _ ring: inout Ring) throws {
        guard let base = source.baseAddress else { return }
        for start in stride(from: 0, to: source.count, by: ring.bytes) {
            let count = min(ring.bytes, source.count - start)
            let slot = take(&ring)
            try device.check(device.driver.synchronizeEvent(slot.event), "finish earlier work")
            slot.memory.copyMemory(from: base + start, byteCount: count)
            try device.check(
                device.driver.copyToDevice(address + UInt64(start), slot.memory, count, stream), "copy to its memory")
            try device.check(device.driver.recordEvent(slot.event, stream), "record an event")
        }
    }

    /// Copies from the device and waits for it. While one piece goes to its place, the next is on its way.
    func download(_ target: UnsafeMutableRawBufferPointer, from address: UInt64) throws {
        guard let base = target.baseAddress, target.count > 0 else { return }
        var waiting: (slot: Slot, start: Int, count: Int)?
        func arrive() throws {
            guard let (slot, start, count) = waiting else { return }
            try device.check(device.driver.synchronizeEvent(slot.event), "finish its work")
            (base + start).copyMemory(from: slot.memory, byteCount: count)
        }
        for start in stride(from: 0, to: target.count, by: large.bytes) {
            let count = min(large.bytes, target.count - start)
            let slot = take(&large)
            try device.check(device.driver.synchronizeEvent(slot.event), "finish earlier work")
            try device.check(
                device.driver.copyToHost(slot.memory, address + UInt64(start), count, stream), "copy from its memory")
            try device.check(device.driver.recordEvent(slot.event, stream), "record an event")
            try arrive()
            waiting = (slot, start, count)
        }
        try arrive()
    }

    private func take(_ ring: inout Ring) -> Slot {
        defer { ring.next = (ring.next + 1) % ring.slots.count }
        return ring.slots[ring.next]
    }

    func release() {
        for ring in [small, large] {
            for slot in ring.slots { _ = device.driver.destroyEvent(slot.event) }
            if let first = ring.slots.first { _ = device.driver.freeHost(first.memory) }
        }
        (small.slots, large.slots) = ([], [])
    }
}
