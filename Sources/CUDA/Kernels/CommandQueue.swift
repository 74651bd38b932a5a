internal import Tensors

/// The one stream that all work of a backend goes to, in the order of the calls, with the memory, kernels and libraries that
/// it needs.
///
/// Not thread-safe: ``CUDABackend`` lets one thread at a time use it.
final class CommandQueue {
    let device: CUDADevice
    let allocator: DeviceAllocator
    private let staging: HostStaging
    let transfers: TransferQueue
    let weights: WeightStream
    let kernels: KernelLibrary
    let stream: UnsafeMutableRawPointer?
    /// cuBLASLt, where there is one.
    private(set) var library: MatmulLibrary?
    /// The first thing that failed; nothing more is done until somebody was told.
    var failure: (any Error)?

    private var temporary: [UInt64] = []
    private var indexArrays: [(values: [Int32], block: TransferQueue.Block)] = []
    private var temporaryCopies: [TransferQueue.Block] = []
    /// Bytes of the weights that are kept, by address.
    private var placedWeights: [UInt64: Int] = [:]
    /// What is recorded now.
    private var recording: Recording?
    private(set) var conversions = ConversionCache()
    private let slots: UnsafeMutablePointer<UInt64>
    private let pointers: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    /// Kernels that were started, for tests and reports.
    private(set) var launches = 0
    /// Adapters that were part of their layer's product.
    var joinedProducts = 0

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
        transfers = try TransferQueue(device: device, allocator: allocator, computing: stream)
        weights = WeightStream(transfers)
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
        transfers.release()
        staging.release()
        kernels.release()
        allocator.releaseAll()
        _ = device.driver.destroyStream(stream)
        slots.deallocate()
        pointers.deallocate()
    }

    // MARK: Launching

    /// Starts a kernel; nothing if the grid or a block is empty. Refuses activations in bf16 where floats are expected.
    func launch<each Argument: KernelArgument>(
        _ kernel: String, grid: (Int, Int, Int), block: (Int, Int, Int), shared: Int = 0,
        _ argument: repeat each Argument
    ) throws {
        guard grid.0 > 0, grid.1 > 0, grid.2 > 0 else { return }
        let function = try kernels.function(kernel, shared: shared)
        var count = 0
        func append(_ argument: some KernelArgument) throws {
            try RoundedStorage.require(!argument.isRounded)
            guard count < Self.mostArguments else { return }
            slots[count] = argument.slot
            pointers[count] = UnsafeMutableRawPointer(slots + count)
            count += 1
        }
        repeat try append(each argument)
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

    func wait() throws {
        try refuseRecording()
        try device.check(device.driver.synchronizeStream(stream), "finish its work")
    }

    /// Copies to memory that earlier work may still read; the source may be changed as soon as this returns.
    func upload(_ source: UnsafeRawBufferPointer, to address: DeviceAddress) throws {
        try refuseRecording()
        try staging.upload(source, to: address.value)
    }

    /// Copies to the host and waits for it.
    func download(_ target: UnsafeMutableRawBufferPointer, from address: DeviceAddress) throws {
        try refuseRecording()
        try staging.download(target, from: address.value)
    }

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
        for block in temporaryCopies { transfers.giveBack(block) }
        temporaryCopies.removeAll(keepingCapacity: true)
    }

    /// The values in device memory, kept for the next operations: a batch's rows and positions are used by every layer.
    func indices(_ values: [Int32]) throws -> DeviceAddress {
        guard recording == nil else { return try recordedIndices(values) }
        // Equal arrays mostly are the same array, which `==` sees at once.
        if let found = indexArrays.firstIndex(where: { $0.values == values }) {
            let entry = indexArrays.remove(at: found)
            indexArrays.append(entry)
            return DeviceAddress(value: entry.block.address)
        }
        if indexArrays.count >= Self.keptIndexArrays { transfers.giveBack(indexArrays.removeFirst().block) }
        let block = try values.withUnsafeBytes { try transfers.copy([($0, 0)], bytes: $0.count) }
        indexArrays.append((values, block))
        try transfers.await(block)
        return DeviceAddress(value: block.address)
    }

    /// Floats of the host until the operation is complete.
    func floats(_ values: [Float]) throws -> DeviceAddress {
        try refuseRecording()
        let block = try values.withUnsafeBytes { try transfers.copy([($0, 0)], bytes: $0.count) }
        temporaryCopies.append(block)
        try transfers.await(block)
        return DeviceAddress(value: block.address)
    }

    // MARK: Weights

    /// Whether so many more bytes of weights may be kept; `nil`: up to four fifths of the GPU's memory.
    func hasRoom(forWeights bytes: Int, most: Int?) -> Bool {
        let placed = placedWeights.values.reduce(0, +)
        return placed + bytes <= most ?? device.totalMemory / 5 * 4
    }

    func keepWeights(_ bytes: Int, at address: DeviceAddress) { placedWeights[address.value] = bytes }

    func forgetWeights(at address: DeviceAddress) { placedWeights[address.value] = nil }

    // MARK: Recording

    /// What an operation throws that can't be done again without being called.
    private struct NotRecordable: Error {}

    private struct Recording {
        let memory: ReservedMemory
        /// When nothing of that memory was in use by earlier work any longer.
        let start: UnsafeMutableRawPointer
        var indexArrays: [[Int32]: DeviceAddress] = [:]
    }

    var isRecording: Bool { recording != nil }

    func refuseRecording() throws {
        if recording != nil { throw NotRecordable() }
    }

    /// From now on work is not done but recorded, with memory of its own. Memory that is handed out meanwhile stays reserved.
    ///
    /// - Returns: whether the driver can.
    func beginRecording(_ memory: ReservedMemory) -> Bool {
        guard recording == nil, failure == nil, let graphs = device.driver.graphs, let start = try? device.makeEvent()
        else { return false }
        forgetConversions()
        guard device.driver.recordEvent(start, stream) == 0, graphs.beginCapture(stream, GraphAPI.relaxed) == 0 else {
            _ = device.driver.destroyEvent(start)
            return false
        }
        recording = Recording(memory: memory, start: start)
        allocator.reserved = memory
        return true
    }

    /// - Returns: what was recorded, to be started by ``launch(_:)``; `nil` if something could not be recorded.
    func endRecording() -> UnsafeMutableRawPointer? {
        guard let recording, let graphs = device.driver.graphs else { return nil }
        forgetConversions()
        endOperation()
        var (graph, executable): (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?)
        let code = graphs.endCapture(stream, &graph)
        if code == 0, failure == nil, graph != nil, graphs.instantiate(&executable, graph, 0) != 0 { executable = nil }
        if graph != nil { _ = graphs.destroyGraph(graph) }
        _ = device.driver.destroyEvent(recording.start)
        self.recording = nil
        allocator.reserved = nil
        // Whatever it was: it shows again when the work is done without recording.
        failure = nil
        return executable
    }

    /// Does recorded work.
    func launch(_ executable: UnsafeMutableRawPointer) throws {
        guard let graphs = device.driver.graphs else { return }
        forgetConversions()
        try device.check(graphs.launch(executable, stream), "do recorded work")
    }

    /// Ends the life of recorded work, after which its memory is anybody's.
    func release(_ executables: [UnsafeMutableRawPointer], _ memory: ReservedMemory) {
        if !executables.isEmpty {
            _ = device.driver.synchronizeStream(stream)
            for executable in executables { _ = device.driver.graphs?.destroyExecutable(executable) }
        }
        allocator.free(memory)
    }

    /// Equal arrays at a place of their own, which are copied now and not whenever the work is done.
    private func recordedIndices(_ values: [Int32]) throws -> DeviceAddress {
        guard let recording else { throw NotRecordable() }
        if let found = recording.indexArrays[values] { return found }
        let address = DeviceAddress(
            value: try allocator.allocate(values.count * MemoryLayout<Int32>.stride, keepsContent: true))
        try values.withUnsafeBytes { try transfers.copyNow($0, to: address.value, after: recording.start) }
        self.recording?.indexArrays[values] = address
        return address
    }

    // MARK: bf16 copies of activations

    /// A matrix of floats rounded to bf16, rows padded with zeros to a multiple of eight elements. Several products in a row
    /// read the same activations, which are converted once.
    ///
    /// - Parameter room: so many further columns, a multiple of eight, that hold anything.
    func rounded(
        _ x: UnsafePointer<Float>, stride: Int, rows: Int, width: Int, room: Int = 0
    ) throws -> RoundedMatrix {
        if x.isRounded, room == 0, stride % 8 == 0, x.numbers.value % 16 == 0 {
            return RoundedMatrix(address: x.numbers, stride: stride)
        }
        if let found = conversions.find(x, stride: stride, rows: rows, width: width, room: room) { return found }
        let padded = (width + 7) / 8 * 8
        let address = DeviceAddress(value: try allocator.allocate(rows * (padded + room) * 2))
        let result = RoundedMatrix(address: address, stride: padded + room)
        if let old = conversions.add(result, x, stride: stride, rows: rows, width: width, room: room) {
            allocator.free(old.address.value)
        }
        try launch(
            x.isRounded ? "copy_rows_bf16" : "convert_bfloat16", rows: rows, width: padded, address, result.stride,
            x.numbers, stride, rows, width, padded)
        return result
    }

    /// The matrix in float32: as it is, or a copy until the operation is complete.
    func exact(_ x: MatrixView, rows: Int, width: Int) throws -> MatrixView {
        guard x.pointer.isRounded else { return x }
        let address = try scratch(floats: rows * width)
        try launch(
            "convert_float32", rows: rows, width: width, address, width, x.pointer.numbers, x.stride, rows, width)
        guard let pointer = UnsafeMutablePointer<Float>(bitPattern: UInt(address.value)) else { return x }
        return MatrixView(pointer, stride: width)
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
