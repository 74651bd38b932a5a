internal import Foundation
public import Tensors

/// The operations of the transformer on an NVIDIA GPU.
///
/// Products round their operands to bf16 and add up in float32, on tensor cores. Activations of training are bf16 in device
/// memory, all else float32; with ``Configuration/Precision/float32`` everything is float32, for checks. Calls return before
/// the GPU is done; an operation that fails is reported by ``synchronize()``, and downloads give NaN until then.
///
/// `@unchecked Sendable`: one thread at a time uses the queue, under a lock; tasks that share a backend take turns operation
/// by operation.
public final class CUDABackend: TensorBackend, @unchecked Sendable {
    public struct Configuration: Sendable {
        public enum Precision: Sendable {
            case bfloat16
            case float32
        }

        public var precision = Precision.bfloat16
        /// Which of the machine's GPUs.
        public var device = 0
        /// Products with a frozen weight of at most this many rows are in float32 always: a router, a classifier.
        public var exactRows = 64
        /// Other products with a side shorter than this are in float32: tensor cores would mostly multiply padding.
        public var shortestTensorSide = 8
        /// What weights may take of the GPU's memory; the rest stays with the host and is copied for every use. `nil`: four
        /// fifths of all there is.
        public var mostWeightBytes: Int?
        /// Whether work of the same shape is recorded when it comes the third time, and started as one from then on.
        public var recordsRepeatedWork = true
        /// Whether training keeps activations in bf16, which halves their memory; for products in bf16.
        public var roundsActivations = true
        public var cache = KernelCache.standard

        public init() {}
    }

    public let configuration: Configuration
    let hostMemory = HostMemory()
    /// Recursive: what is recorded is called while nobody else may put anything on the stream.
    let lock = NSRecursiveLock()
    let queue: CommandQueue

    /// The first GPU of this machine, with what is installed.
    /// - Throws: ``CUDAError`` if there is no GPU, or something is missing.
    public convenience init(_ configuration: Configuration = Configuration()) throws {
        try self.init(libraries: try CUDALibraries.find(), configuration)
    }

    public init(libraries: CUDALibraries, _ configuration: Configuration = Configuration()) throws {
        self.configuration = configuration
        let device = try CUDADevice(libraries, index: configuration.device)
        queue = try CommandQueue(device: device, cache: configuration.cache)
        guard libraries.compiler != nil || configuration.cache.isComplete(for: device) else {
            throw CUDAError(
                .compilerMissing,
                "The GPU \(device.name) is there, but its kernels can't be compiled. \(CUDALibraries.compilerAdvice(libraries.driverVersion / 1000))"
            )
        }
    }

    /// Computes small examples on the GPU and compares them with the CPU's.
    /// - Throws: ``CUDAError`` `.wrongResults` with what differs, or what failed.
    public func check() throws {
        let bound: Float = configuration.precision == .bfloat16 ? 2e-2 : 1e-4
        for (name, difference) in try BackendCheck.differences(of: self) where !(difference <= bound) {
            throw CUDAError(
                .wrongResults,
                "The GPU \(deviceDescription) computes other numbers than the CPU (\(name): \(difference) of the largest). It can't be used: check its memory and the driver, and use --device cpu."
            )
        }
    }

    /// Such as `NVIDIA H200, cuBLASLt`.
    public var deviceDescription: String {
        lock.withLock { "\(queue.device.name), \(queue.library == nil ? "built-in products" : "cuBLASLt")" }
    }

    /// Kernels started so far, without those of cuBLASLt.
    public var launches: Int { lock.withLock { queue.launches } }

    /// Gives memory that nobody uses back to the driver, for other programs.
    public func releaseUnused() {
        lock.withLock {
            queue.device.makeCurrent()
            queue.transfers.releaseUnused()
            queue.allocator.releaseUnused()
        }
    }

    /// How often there was not enough memory.
    public var refusals: Int { lock.withLock { queue.allocator.refusals } }

    /// Adapters that were part of their layer's product, forward or backward.
    var joinedProducts: Int { lock.withLock { queue.joinedProducts } }

    /// Weights that were on their way to the GPU before they were needed.
    var foreseenWeights: Int { lock.withLock { queue.weights.foreseen } }

    /// The most device memory that was held at one time.
    public var peakBytes: Int { lock.withLock { queue.allocator.peakBytes } }

    // MARK: Running operations

    /// Puts an operation on the stream. Once one has failed nothing is done, until the failure was told.
    ///
    /// - Parameter writes: the only memory that the operation changes, if it is known: rounded copies of the rest stay good.
    func enqueue(writes: (MatrixView, rows: Int, width: Int)? = nil, _ body: (CommandQueue) throws -> Void) {
        lock.lock()
        defer { lock.unlock() }
        guard queue.failure == nil else { return }
        queue.device.makeCurrent()
        if let (y, rows, width) = writes {
            queue.willWrite(y.pointer, count: max(rows - 1, 0) * y.stride + width)
        } else {
            queue.forgetConversions()
        }
        do { try body(queue) } catch { queue.failure = error }
        queue.endOperation()
    }

    /// The same for an operation whose failure can be told at once.
    func perform<Result>(_ body: (CommandQueue) throws -> Result) throws -> Result {
        lock.lock()
        defer { lock.unlock() }
        if let failure = queue.failure { throw failure }
        queue.device.makeCurrent()
        defer { queue.endOperation() }
        return try body(queue)
    }

    /// Also after a failure: memory must come back.
    func release(_ address: DeviceAddress) {
        lock.lock()
        defer { lock.unlock() }
        queue.device.makeCurrent()
        queue.forgetConversions()
        queue.allocator.free(address.value)
        queue.forgetWeights(at: address)
    }

    /// For a weight that was streamed.
    func forget(_ weight: FrozenMatrix) {
        lock.lock()
        defer { lock.unlock() }
        queue.device.makeCurrent()
        queue.weights.remove(weight.data)
    }

    public func synchronize() throws {
        lock.lock()
        defer { lock.unlock() }
        queue.device.makeCurrent()
        if let failure = queue.failure {
            // Lack of memory passes; after anything else the context is not to be trusted.
            if (failure as? CUDAError)?.code == .outOfMemory { queue.failure = nil }
            throw Self.translated(failure)
        }
        do { try queue.wait() } catch {
            queue.failure = error
            throw error
        }
    }

    /// Callers know the lack of memory as an error of tensors.
    static func translated(_ error: any Error) -> any Error {
        guard let error = error as? CUDAError, error.code == .outOfMemory else { return error }
        return TensorsError(.outOfMemory, error.message)
    }
}
