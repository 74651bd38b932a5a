internal import CUDAKernels

/// One program for the run-time compiler: a file of kernels with the options that make an instance of it.
struct KernelSource: Sendable {
    let name: String
    let file: String
    let text: String
    let options: [String]
    /// The kernels in it.
    let kernels: [String]

    /// All that are built into this program.
    static let all: [KernelSource] = (0..<cuda_module_count()).compactMap { index in
        guard let module = cuda_module_at(index)?.pointee else { return nil }
        func words(_ text: UnsafePointer<CChar>?) -> [String] {
            text.map { String(cString: $0).split(separator: " ").map(String.init) } ?? []
        }
        guard let name = module.name, let file = module.source.name, let text = module.source.text else { return nil }
        return KernelSource(
            name: String(cString: name), file: String(cString: file), text: String(cString: text),
            options: words(module.option), kernels: words(module.kernels))
    }

    /// What the files include.
    static let headers: [(name: String, text: String)] = (0..<cuda_header_count()).compactMap { index in
        guard let header = cuda_header_at(index)?.pointee, let name = header.name, let text = header.text else {
            return nil
        }
        return (String(cString: name), String(cString: text))
    }

    /// The compiler's options for a kind of GPU.
    func options(architecture: String) -> [String] {
        ["--gpu-architecture=\(architecture)", "--std=c++17"] + options
    }
}
