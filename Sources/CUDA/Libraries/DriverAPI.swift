/// The functions of NVIDIA's driver that are used, by the names that cuda.h gives their current versions: the plain names of
/// some are older ones with other parameters.
///
/// Pointers of the driver's own are opaque; an address in device memory is a number. Every function returns 0 or an error
/// code of the driver.
struct DriverAPI: Sendable {
    typealias Opaque = UnsafeMutableRawPointer
    typealias OpaqueOut = UnsafeMutablePointer<UnsafeMutableRawPointer?>
    typealias Address = UInt64
    typealias Text = UnsafePointer<CChar>

    /// What `cuDeviceGetAttribute` is asked for.
    enum Attribute: Int32 {
        case multiprocessors = 16
        case secondLevelCache = 38
        case computeMajor = 75
        case computeMinor = 76
        case sharedMemoryOptIn = 97
    }

    /// Error codes that are told apart.
    enum Failure {
        static let outOfMemory: Int32 = 2
        static let noDevice: Int32 = 100
        static let invalidImage: Int32 = 200
        static let noBinaryForDevice: Int32 = 209
        static let notFound: Int32 = 500
        static let outOfResources: Int32 = 701
    }

    let name: String
    let initialize: @convention(c) (UInt32) -> Int32
    let driverVersion: @convention(c) (UnsafeMutablePointer<Int32>) -> Int32
    let deviceCount: @convention(c) (UnsafeMutablePointer<Int32>) -> Int32
    let device: @convention(c) (UnsafeMutablePointer<Int32>, Int32) -> Int32
    let deviceName: @convention(c) (UnsafeMutablePointer<CChar>, Int32, Int32) -> Int32
    let deviceAttribute: @convention(c) (UnsafeMutablePointer<Int32>, Int32, Int32) -> Int32
    let totalMemory: @convention(c) (UnsafeMutablePointer<Int>, Int32) -> Int32
    let retainPrimaryContext: @convention(c) (OpaqueOut, Int32) -> Int32
    let releasePrimaryContext: @convention(c) (Int32) -> Int32
    let setCurrentContext: @convention(c) (Opaque?) -> Int32
    let memoryInfo: @convention(c) (UnsafeMutablePointer<Int>, UnsafeMutablePointer<Int>) -> Int32
    let allocate: @convention(c) (UnsafeMutablePointer<Address>, Int) -> Int32
    let free: @convention(c) (Address) -> Int32
    let allocateHost: @convention(c) (OpaqueOut, Int) -> Int32
    let freeHost: @convention(c) (Opaque?) -> Int32
    let copyToDevice: @convention(c) (Address, UnsafeRawPointer?, Int, Opaque?) -> Int32
    let copyToHost: @convention(c) (Opaque?, Address, Int, Opaque?) -> Int32
    let copyOnDevice: @convention(c) (Address, Address, Int, Opaque?) -> Int32
    let fillBytes: @convention(c) (Address, UInt8, Int, Opaque?) -> Int32
    let createStream: @convention(c) (OpaqueOut, UInt32) -> Int32
    let destroyStream: @convention(c) (Opaque?) -> Int32
    let synchronizeStream: @convention(c) (Opaque?) -> Int32
    let createEvent: @convention(c) (OpaqueOut, UInt32) -> Int32
    let destroyEvent: @convention(c) (Opaque?) -> Int32
    let recordEvent: @convention(c) (Opaque?, Opaque?) -> Int32
    let synchronizeEvent: @convention(c) (Opaque?) -> Int32
    /// What is put on the stream afterwards waits until the event has happened.
    let waitEvent: @convention(c) (Opaque?, Opaque?, UInt32) -> Int32
    /// Milliseconds between two events.
    let elapsedTime: @convention(c) (UnsafeMutablePointer<Float>, Opaque?, Opaque?) -> Int32
    let loadModule: @convention(c) (OpaqueOut, UnsafeRawPointer?) -> Int32
    let unloadModule: @convention(c) (Opaque?) -> Int32
    let moduleFunction: @convention(c) (OpaqueOut, Opaque?, Text?) -> Int32
    let setFunctionAttribute: @convention(c) (Opaque?, Int32, Int32) -> Int32
    let launchKernel:
        @convention(c) (
            Opaque?, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, Opaque?, OpaqueOut?, OpaqueOut?
        ) -> Int32
    let errorName: @convention(c) (Int32, UnsafeMutablePointer<Text?>) -> Int32
    let graphs: GraphAPI?

    /// - Throws: ``CUDAError`` `.libraryTooOld`.
    init(_ library: any SymbolTable) throws {
        name = library.name
        initialize = try library.function("cuInit")
        driverVersion = try library.function("cuDriverGetVersion")
        deviceCount = try library.function("cuDeviceGetCount")
        device = try library.function("cuDeviceGet")
        deviceName = try library.function("cuDeviceGetName")
        deviceAttribute = try library.function("cuDeviceGetAttribute")
        totalMemory = try library.function("cuDeviceTotalMem_v2")
        retainPrimaryContext = try library.function("cuDevicePrimaryCtxRetain")
        releasePrimaryContext = try library.function("cuDevicePrimaryCtxRelease_v2")
        setCurrentContext = try library.function("cuCtxSetCurrent")
        memoryInfo = try library.function("cuMemGetInfo_v2")
        allocate = try library.function("cuMemAlloc_v2")
        free = try library.function("cuMemFree_v2")
        allocateHost = try library.function("cuMemAllocHost_v2")
        freeHost = try library.function("cuMemFreeHost")
        copyToDevice = try library.function("cuMemcpyHtoDAsync_v2")
        copyToHost = try library.function("cuMemcpyDtoHAsync_v2")
        copyOnDevice = try library.function("cuMemcpyDtoDAsync_v2")
        fillBytes = try library.function("cuMemsetD8Async")
        createStream = try library.function("cuStreamCreate")
        destroyStream = try library.function("cuStreamDestroy_v2")
        synchronizeStream = try library.function("cuStreamSynchronize")
        createEvent = try library.function("cuEventCreate")
        destroyEvent = try library.function("cuEventDestroy_v2")
        recordEvent = try library.function("cuEventRecord")
        synchronizeEvent = try library.function("cuEventSynchronize")
        waitEvent = try library.function("cuStreamWaitEvent")
        elapsedTime = try library.optional("cuEventElapsedTime_v2") ?? library.function("cuEventElapsedTime")
        loadModule = try library.function("cuModuleLoadData")
        unloadModule = try library.function("cuModuleUnload")
        moduleFunction = try library.function("cuModuleGetFunction")
        setFunctionAttribute = try library.function("cuFuncSetAttribute")
        launchKernel = try library.function("cuLaunchKernel")
        errorName = try library.function("cuGetErrorName")
        graphs = GraphAPI(library)
    }

    /// The driver's own word for an error, such as `CUDA_ERROR_LAUNCH_FAILED`.
    func describe(_ code: Int32) -> String {
        var text: Text?
        guard errorName(code, &text) == 0, let text else { return "error \(code)" }
        return String(cString: text)
    }
}
