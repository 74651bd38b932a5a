/// The kernels on one device, compiled and loaded when they are first called.
///
/// Not thread-safe: ``CommandQueue`` owns it.
final class KernelLibrary {
    typealias Function = UnsafeMutableRawPointer

    private let device: CUDADevice
    private let cache: KernelCache
    private let sources: [KernelSource]
    private var sourceOfKernel: [String: Int] = [:]
    private var modules: [Int: UnsafeMutableRawPointer] = [:]
    private var functions: [String: Function] = [:]
    /// Dynamic shared memory that each function may use.
    private var sharedMemory: [String: Int] = [:]
    /// How many programs this process compiled.
    private(set) var compiled = 0

    init(device: CUDADevice, cache: KernelCache, sources: [KernelSource] = KernelSource.all) {
        self.device = device
        self.cache = cache
        self.sources = sources
        for (index, source) in sources.enumerated() {
            for kernel in source.kernels { sourceOfKernel[kernel] = index }
        }
    }

    /// What may be used without asking: more than this many bytes of shared memory must be asked for.
    private static let plainSharedMemory = 48 << 10

    /// - Throws: ``CUDAError`` `.compilerMissing`, `.compilationFailed`, `.launchFailed`.
    func function(_ kernel: String, shared: Int) throws -> Function {
        let function = try functions[kernel] ?? load(kernel)
        if shared > Self.plainSharedMemory, shared > sharedMemory[kernel] ?? 0 {
            guard shared <= device.sharedMemory else {
                throw CUDAError(
                    .notBuiltYet,
                    "The kernel \(kernel) needs \(shared) bytes of shared memory, and the GPU \(device.name) has \(device.sharedMemory). This model can't be computed on this GPU yet; use --device cpu."
                )
            }
            // 8: the largest size of dynamic shared memory.
            try device.check(device.driver.setFunctionAttribute(function, 8, Int32(shared)), "prepare \(kernel)")
            sharedMemory[kernel] = shared
        }
        return function
    }

    private func load(_ kernel: String) throws -> Function {
        guard let index = sourceOfKernel[kernel] else {
            throw CUDAError(.launchFailed, "There is no kernel \(kernel) in this program. Please report this.")
        }
        let module = try modules[index] ?? load(index)
        var function: UnsafeMutableRawPointer?
        try device.check(device.driver.moduleFunction(&function, module, kernel), "find \(kernel)")
        guard let function else { throw CUDAError(.launchFailed, "The driver has no kernel \(kernel).") }
        functions[kernel] = function
        return function
    }

    private func load(_ index: Int) throws -> UnsafeMutableRawPointer {
        let source = sources[index]
        let key = KernelCache.key(source, architecture: device.architecture)
        let compiler = device.libraries.compiler
        let kept =
            compiler.flatMap { cache.load(key, version: $0.version) }
            ?? (compiler == nil ? cache.load(key, upTo: device.libraries.driverVersion / 1000) : nil)
        // The file is whole, and still not what this driver takes: then it is compiled again.
        if let kept, let module = try? load(kept, source) { return add(module, index) }
        guard let compiler else {
            let advice = CUDALibraries.compilerAdvice(device.libraries.driverVersion / 1000)
            throw CUDAError(.compilerMissing, "The kernels for the GPU \(device.name) must be compiled. \(advice)")
        }
        let code = try compiler.machineCode(
            source.text, file: source.file, headers: KernelSource.headers,
            options: source.options(architecture: device.architecture))
        let module = try load(code, source)
        compiled += 1
        cache.store(code, key, version: compiler.version)
        return add(module, index)
    }

    private func add(_ module: UnsafeMutableRawPointer, _ index: Int) -> UnsafeMutableRawPointer {
        modules[index] = module
        return module
    }

    private func load(_ code: [UInt8], _ source: KernelSource) throws -> UnsafeMutableRawPointer {
        var module: UnsafeMutableRawPointer?
        let result = code.withUnsafeBytes { device.driver.loadModule(&module, $0.baseAddress) }
        guard result == 0, let module else {
            throw CUDAError(
                .compilationFailed,
                "The driver does not take the compiled kernels of \(source.file) (\(device.driver.describe(result))). Install an NVRTC of the driver's CUDA version (\(device.libraries.driverText)), or a newer driver."
            )
        }
        return module
    }

    func release() {
        for module in modules.values { _ = device.driver.unloadModule(module) }
        (modules, functions) = ([:], [:])
    }
}
