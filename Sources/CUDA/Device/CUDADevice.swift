/// One GPU, its primary context and the driver that runs it.
///
/// `@unchecked Sendable`: the driver's functions may be called by any thread that has made the context current.
final class CUDADevice: @unchecked Sendable {
    let libraries: CUDALibraries
    let index: Int32
    let name: String
    let totalMemory: Int
    let computeMajor: Int32
    let computeMinor: Int32
    let multiprocessors: Int
    /// Shared memory that a kernel may ask for, in bytes.
    let sharedMemory: Int
    private let handle: Int32
    private let context: UnsafeMutableRawPointer

    var driver: DriverAPI { libraries.driver }

    /// - Throws: ``CUDAError`` `.noDevice`, `.deviceTooOld`, `.driverFailed`.
    init(_ libraries: CUDALibraries, index: Int) throws {
        self.libraries = libraries
        let driver = libraries.driver
        func require(_ code: Int32, _ what: String) throws {
            guard code == 0 else {
                throw CUDAError(
                    .driverFailed,
                    "The NVIDIA driver can't \(what) (\(driver.describe(code))). Check the GPU with nvidia-smi, then try again or use --device cpu."
                )
            }
        }
        var count: Int32 = 0
        try require(driver.deviceCount(&count), "count the GPUs")
        guard index >= 0, index < Int(count) else {
            throw CUDAError(
                .noDevice,
                "The NVIDIA driver sees \(count) GPUs; there is no GPU \(index). Check nvidia-smi and CUDA_VISIBLE_DEVICES, or use --device cpu."
            )
        }
        self.index = Int32(index)
        var handle: Int32 = 0
        try require(driver.device(&handle, Int32(index)), "open GPU \(index)")
        self.handle = handle
        var text = [CChar](repeating: 0, count: 256)
        try require(driver.deviceName(&text, 255, handle), "name the GPU")
        name = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var bytes = 0
        try require(driver.totalMemory(&bytes, handle), "tell the GPU's memory")
        totalMemory = bytes
        func attribute(_ attribute: DriverAPI.Attribute) throws -> Int32 {
            var value: Int32 = 0
            try require(driver.deviceAttribute(&value, attribute.rawValue, handle), "describe the GPU")
            return value
        }
        computeMajor = try attribute(.computeMajor)
        computeMinor = try attribute(.computeMinor)
        multiprocessors = Int(try attribute(.multiprocessors))
        sharedMemory = Int(try attribute(.sharedMemoryOptIn))
        guard computeMajor >= 8 else {
            throw CUDAError(
                .deviceTooOld,
                "The GPU \(name) is of compute capability \(computeMajor).\(computeMinor); 8.0 (Ampere, 2020) or newer is needed. Use --device cpu."
            )
        }
        var context: UnsafeMutableRawPointer?
        try require(driver.retainPrimaryContext(&context, handle), "open a context on the GPU")
        guard let context else {
            throw CUDAError(.driverFailed, "The NVIDIA driver gives no context. Use --device cpu.")
        }
        self.context = context
        try require(driver.setCurrentContext(context), "use the GPU's context")
    }

    deinit { _ = driver.releasePrimaryContext(handle) }

    /// What kernels are compiled for. Hopper has instructions that only its own variant offers.
    var architecture: String {
        let number = "sm_\(computeMajor)\(computeMinor)"
        return number == "sm_90" ? "sm_90a" : number
    }

    /// Makes the context this thread's. Cheap; needed before any other call, as a task may move between threads.
    func makeCurrent() { _ = driver.setCurrentContext(context) }

    /// An event without times, which makes it cheap.
    func makeEvent() throws -> UnsafeMutableRawPointer {
        var event: UnsafeMutableRawPointer?
        try check(driver.createEvent(&event, 2), "create an event")
        guard let event else { throw CUDAError(.driverFailed, "The NVIDIA driver gives no event.") }
        return event
    }

    /// Bytes that the driver could still give.
    var freeMemory: Int {
        var (free, total) = (0, 0)
        return driver.memoryInfo(&free, &total) == 0 ? free : 0
    }

    /// - Throws: ``CUDAError`` `.outOfMemory` or `.launchFailed`.
    func check(_ code: Int32, _ what: @autoclosure () -> String) throws {
        guard code != 0 else { return }
        if code == DriverAPI.Failure.outOfMemory {
            throw CUDAError(.outOfMemory, "The GPU has not enough memory to \(what()). Use fewer tokens a batch.")
        }
        throw CUDAError(
            .launchFailed,
            "The GPU failed to \(what()) (\(driver.describe(code))). Start again; if it happens again, use --device cpu and report it with the output of doctor."
        )
    }
}
