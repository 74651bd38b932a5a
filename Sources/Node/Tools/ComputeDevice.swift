internal import CUDA
internal import ConsiliumCore
internal import Synchronization
internal import Tensors

/// Where models compute: `--device`, and `compute.device` of the site configuration.
public enum ComputeDevice: String, Sendable, Codable, CaseIterable {
    /// The GPU where there is one with all that it needs, which computes as the CPU does; else the CPU.
    case auto
    case cpu
    case cuda

    /// What the process has opened; all its models share one GPU.
    private static let opened = Mutex<CUDABackend?>(nil)

    /// - Throws: `CUDAError` if the GPU is asked for and can't be used, with what to do.
    func backend() throws -> any TensorBackend {
        switch self {
        case .cpu: return CPUBackend()
        case .cuda: return try Self.gpu()
        case .auto:
            // What is missing is `doctor`'s to tell.
            return (try? Self.gpu()) ?? CPUBackend()
        }
    }

    /// Whether models compute on a GPU.
    func isGPU() throws -> Bool { try backend() is CUDABackend }

    /// What models compute on, and the most memory of a GPU that was held so far, in MiB.
    func description() throws -> (name: String, peakMib: Double?) {
        guard let gpu = try backend() as? CUDABackend else { return ("cpu", nil) }
        return (gpu.deviceDescription, Double(gpu.peakBytes) / 1_048_576)
    }

    private static func gpu() throws -> CUDABackend {
        try opened.withLock { opened in
            if let opened { return opened }
            let backend = try CUDABackend()
            try backend.check()
            opened = backend
            return backend
        }
    }
}
