/// Memory of recorded work, for all that a ``GraphReplay`` has recorded: it is done one after the other.
final class ReservedMemory {
    fileprivate(set) var owned: Set<UInt64> = []
    fileprivate(set) var unused: [Int: [UInt64]] = [:]
}

/// Device memory that is handed out again without asking the driver, which would stop the GPU for every request.
///
/// All work runs on one stream in the order of the calls, so that a block may be given to the next operation as soon as it is
/// returned here, even while the GPU still uses it for an earlier one. Not thread-safe: ``CommandQueue`` owns it.
final class DeviceAllocator {
    private let device: CUDADevice
    /// Sizes of all blocks that are in use, by address.
    private(set) var live: [UInt64: Int] = [:]
    private var unused: [Int: [UInt64]] = [:]
    private(set) var liveBytes = 0
    private(set) var unusedBytes = 0
    /// The most bytes that were taken from the driver at one time.
    private(set) var peakBytes = 0
    /// Requests for which there was not enough.
    private(set) var refusals = 0

    init(device: CUDADevice) { self.device = device }

    /// Blocks have one of few sizes, or hardly any would fit the next request: multiples of 512 bytes below a mebibyte, above
    /// it eight steps between two powers of two.
    static func rounded(_ bytes: Int) -> Int {
        guard bytes > 1 << 20 else { return (max(bytes, 1) + 511) / 512 * 512 }
        let step = max(1 << 20, (1 << (Int.bitWidth - 1 - bytes.leadingZeroBitCount)) / 8)
        let (sum, overflow) = bytes.addingReportingOverflow(step - 1)
        return overflow ? bytes : sum / step * step
    }

    /// While work is recorded, all memory that it takes is its own: it must be there whenever the work is done again.
    var reserved: ReservedMemory?

    /// Memory with undefined content.
    /// - Parameter keepsContent: of recorded work, what it writes only now: nothing that is recorded may write there.
    /// - Throws: ``CUDAError`` `.outOfMemory` with what is free.
    func allocate(_ bytes: Int, keepsContent: Bool = false) throws -> UInt64 {
        let size = Self.rounded(bytes)
        if !keepsContent, let address = reserved?.unused[size]?.popLast() { return address }
        if let address = unused[size]?.popLast() {
            unusedBytes -= size
            return take(address, size)
        }
        var address: UInt64 = 0
        var code = device.driver.allocate(&address, size)
        if code == DriverAPI.Failure.outOfMemory, unusedBytes > 0, reserved == nil {
            releaseUnused()
            code = device.driver.allocate(&address, size)
        }
        guard code != DriverAPI.Failure.outOfMemory else {
            refusals += 1
            let (free, total) = (device.freeMemory, device.totalMemory)
            throw CUDAError(
                .outOfMemory,
                "The GPU \(device.name) has \(free >> 20) MiB of \(total >> 20) MiB free, and \(bytes >> 20) MiB more are needed (this program holds \(liveBytes >> 20) MiB). Use fewer tokens a batch, --checkpointing, a smaller --base-dtype such as int8 or nf4, or --device cpu."
            )
        }
        try device.check(code, "give \(bytes >> 20) MiB of memory")
        return take(address, size)
    }

    private func take(_ address: UInt64, _ size: Int) -> UInt64 {
        live[address] = size
        liveBytes += size
        peakBytes = max(peakBytes, liveBytes + unusedBytes)
        reserved?.owned.insert(address)
        return address
    }

    /// Takes a block back; one that is not live is ignored.
    func free(_ address: UInt64) {
        if let reserved, reserved.owned.contains(address), let size = live[address] {
            return reserved.unused[size, default: []].append(address)
        }
        guard let size = live.removeValue(forKey: address) else { return }
        liveBytes -= size
        unusedBytes += size
        unused[size, default: []].append(address)
    }

    /// Takes back what recorded work had, which must not be done again.
    func free(_ memory: ReservedMemory) {
        let owned = memory.owned
        (memory.owned, memory.unused) = ([], [:])
        for address in owned { free(address) }
    }

    /// What could still be allocated: of the driver, and of what is kept here.
    var availableBytes: Int { device.freeMemory + unusedBytes }

    /// Gives back to the driver what nobody uses. The driver waits for the GPU by itself.
    func releaseUnused() {
        for address in unused.values.joined() { _ = device.driver.free(address) }
        unused = [:]
        unusedBytes = 0
    }

    /// Gives back everything; nothing may be used afterwards.
    func releaseAll() {
        releaseUnused()
        for address in live.keys { _ = device.driver.free(address) }
        live = [:]
        liveBytes = 0
    }
}
