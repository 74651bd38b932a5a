/// The one stream that all work of a backend goes to, in the order of the calls, with the memory, kernels and libraries that
/// it needs.
///
/// Not thread-safe: ``CUDABackend`` lets one thread at a time use it.
final class CommandQueue {
    let device: CUDADevice
    let allocator: DeviceAllocator
    let staging: HostStaging
    let kernels: KernelLibrary
    let stream: UnsafeMutableRawPointer?
    /// cuBLASLt, where there is one.
    private(set) var library: MatmulLibrary?
    /// The first thing that failed; nothing more is done until somebody was told.
    var failure: (any Error)?

    private var temporary: [UInt64] = []
    private var indexArrays: [(values: [Int32], address: DeviceAddress)] = []
    private(set) var conversions = ConversionCache()
    private let slots: UnsafeMutablePointer<UInt64>
    private let pointers: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    /// Kernels that were started, for tests and reports.
    private(set) var launches = 0

    /// More parameters than any kernel has.
    private static let mostArguments = 48
    /// Index arrays of one batch: rows, positions, spans, tiles, targets.
    private static let keptIndexArrays = 24

    init(device: CUDADevice, cache: KernelCache) throws {
        self.device = device
        device.makeCurrent()
        allocator = DeviceAllocator(device: device)
        kernels = KernelLibrary(device: device, cache: cache)
        var stream: UnsafeMutableRawPointer?
        // 1: it does not wait for the default stream, which somebody else may use.
        try device.check(device.driver.createStream(&stream, 1), "create a stream")
        self.stream = stream
        staging = try HostStaging(device: device, stream: stream)
        slots = .allocate(capacity: Self.mostArguments)
        pointers = .allocate(capacity: Self.mostArguments + 1)
        slots.initialize(repeating: 0, count: Self.mostArguments)
        pointers.initialize(repeating: nil, count: Self.mostArguments + 1)
        if let matmul = device.libraries.matmul {
            library = try? MatmulLibrary(matmul, device: device, stream: stream, cache: cache)
        }
    }

    deinit {
        device.makeCurrent()
        _ = device.driver.synchronizeStream(stream)
        library?.release()
        staging.release()
        kernels.release()
        allocator.releaseAll()
        _ = device.driver.destroyStream(stream)
        slots.deallocate()
        pointers.deallocate()
    }

    // MARK: Launching

    /// Starts a kernel; nothing if the grid or a block is empty.
    func launch<each Argument: KernelArgument>(
        _ kernel: String, grid: (Int, Int, Int), block: (Int, Int, Int), shared: Int = 0,
        _ argument: repeat each Argument
    ) throws {
        guard grid.0 > 0, grid.1 > 0, grid.2 > 0 else { return }
        let function = try kernels.function(kernel, shared: shared)
        var count = 0
        func append(_ slot: UInt64) {
            guard count < Self.mostArguments else { return }
            slots[count] = slot
            pointers[count] = UnsafeMutableRawPointer(slots + count)
            count += 1
        }
        repeat append((each argument).slot)
        // The driver knows how many there are; stand-ins for it check the number by this end.
        pointers[count] = nil
        let code = device.driver.launchKernel(
            function, UInt32(clamping: grid.0), UInt32(clamping: grid.1), UInt32(clamping: grid.2), UInt32(block.0),
            UInt32(block.1), UInt32(block.2), UInt32(shared), stream, pointers, nil)
        launches += 1
        guard code == 0 else {
            throw CUDAError(
                .launchFailed,
                "The GPU can't run \(kernel) (\(device.driver.describe(code))). Start again; if it happens again, use --device cpu and report it with the output of doctor."
            )
        }
    }

    /// The same for a kernel that runs through `count` elements.
    func launch<each Argument: KernelArgument>(
        _ kernel: String, over count: Int, _ argument: repeat each Argument
    ) throws {
        guard count > 0 else { return }
        try launch(
            kernel, grid: (min((count + 255) / 256, 8192), 1, 1), block: (256, 1, 1), repeat each argument)
    }

    /// The same for a kernel that runs through `rows` rows of `width` elements.
    func launch<each Argument: KernelArgument>(
        _ kernel: String, rows: Int, width: Int, _ argument: repeat each Argument
    ) throws {
        guard rows > 0, width > 0 else { return }
        try launch(
            kernel, grid: (min(rows, 1 << 30), min((width + 1023) / 1024, 64), 1), block: (256, 1, 1),
            repeat each argument)
    }

    func zero(_ address: DeviceAddress, bytes: Int) throws {
        guard bytes > 0 else { return }
        try device.check(device.driver.fillBytes(address.value, 0, bytes, stream), "clear memory")
    }

    func copy(_ target: DeviceAddress, _ source: DeviceAddress, bytes: Int) throws {
        guard bytes > 0 else { return }
        try device.check(device.driver.copyOnDevice(target.value, source.value, bytes, stream), "copy memory")
    }

    func wait() throws { try device.check(device.driver.synchronizeStream(stream), "finish its work") }

    // MARK: Memory for one operation

    /// Memory until the operation is complete; content undefined.
    func scratch(bytes: Int) throws -> DeviceAddress {
        let address = try allocator.allocate(bytes)
        temporary.append(address)
        return DeviceAddress(value: address)
    }

    func scratch(floats: Int) throws -> DeviceAddress { try scratch(bytes: floats * MemoryLayout<Float>.stride) }

    /// Gives scratch memory back: what follows on the stream may have it.
    func endOperation() {
        for address in temporary { allocator.free(address) }
        temporary.removeAll(keepingCapacity: true)
    }

    /// The values in device memory, kept for the next operations: a batch's rows and positions are used by every layer.
    func indices(_ values: [Int32]) throws -> DeviceAddress {
        // Equal arrays mostly are the same array, which `==` sees at once.
        if let found = indexArrays.firstIndex(where: { $0.values == values }) {
            let entry = indexArrays.remove(at: found)
            indexArrays.append(entry)
            return entry.address
        }
        if indexArrays.count >= Self.keptIndexArrays { allocator.free(indexArrays.removeFirst().address.value) }
        let address = DeviceAddress(value: try allocator.allocate(values.count * MemoryLayout<Int32>.stride))
        indexArrays.append((values, address))
        do {
            try values.withUnsafeBytes { try staging.upload($0, to: address.value) }
        } catch {
            allocator.free(indexArrays.removeLast().address.value)
            throw error
        }
        return address
    }

    /// Floats of the host until the operation is complete.
    func floats(_ values: [Float]) throws -> DeviceAddress {
        let address = try scratch(floats: values.count)
        try values.withUnsafeBytes { try staging.upload($0, to: address.value) }
        return address
    }

    // MARK: bf16 copies of activations

    /// A matrix of floats rounded to bf16, rows padded with zeros to a multiple of eight elements. Several products in a row
    /// read the same activations, which are converted once.
    func rounded(_ x: UnsafePointer<Float>, stride: Int, rows: Int, width: Int) throws -> RoundedMatrix {
        if let found = conversions.find(x, stride: stride, rows: rows, width: width) { return found }
        let padded = (width + 7) / 8 * 8
        let address = DeviceAddress(value: try allocator.allocate(rows * padded * 2))
        let result = RoundedMatrix(address: address, stride: padded)
        if let old = conversions.add(result, x, stride: stride, rows: rows, width: width) {
            allocator.free(old.address.value)
        }
        try launch("convert_bfloat16", rows: rows, width: padded, address, padded, x, stride, rows, width, padded)
        return result
    }

    /// Must be told of every write to memory that may have been rounded.
    func willWrite(_ pointer: UnsafePointer<Float>, count: Int) {
        for old in conversions.invalidate(pointer, count: count) { allocator.free(old.address.value) }
    }

    /// Memory that was given back may belong to somebody else next.
    func forgetConversions() {
        for old in conversions.removeAll() { allocator.free(old.address.value) }
    }
}
