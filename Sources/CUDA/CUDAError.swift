public import ConsiliumCore

/// Faults of the graphics processor, its driver and the libraries that come with it.
public struct CUDAError: ConsiliumError, Equatable {
    public enum Code: String, Sendable {
        /// The driver's library is not on this machine, or can't be opened.
        case driverMissing = "cuda.driver-missing"
        /// A library is there but has not what is needed: it is too old.
        case libraryTooOld = "cuda.library-too-old"
        case driverFailed = "cuda.driver-failed"
        case noDevice = "cuda.no-device"
        case deviceTooOld = "cuda.device-too-old"
        /// Kernels can't be compiled: no NVRTC that fits the driver, and no compiled kernels in the cache.
        case compilerMissing = "cuda.compiler-missing"
        case compilationFailed = "cuda.compilation-failed"
        case outOfMemory = "cuda.out-of-memory"
        case launchFailed = "cuda.launch-failed"
        /// Small examples come out other than on the CPU.
        case wrongResults = "cuda.wrong-results"
        case notBuiltYet = "cuda.not-built-yet"
    }

    public let code: Code
    public let message: String
    public let cause: (any Error)?

    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    public var codeName: String { code.rawValue }

    public var category: ErrorCategory {
        switch code {
        case .driverMissing, .libraryTooOld, .driverFailed, .noDevice, .deviceTooOld, .compilerMissing: .unavailable
        case .outOfMemory: .inputOutput
        case .notBuiltYet: .usage
        case .compilationFailed, .launchFailed, .wrongResults: .internalFault
        }
    }

    public static func == (left: CUDAError, right: CUDAError) -> Bool { left.code == right.code }
}
