internal import CUDAKernels
internal import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// NVIDIA's compiler for the GPU (NVRTC), opened at run time. It needs neither a GPU nor a driver.
///
/// `@unchecked Sendable`: its functions may be called from several threads.
final class Compiler: @unchecked Sendable {
    /// From CONSILIUM_CUDA_LIBS, or where scripts/install-nvrtc.sh puts it; `nil`: there is none.
    static let shared: Compiler? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        var folders: [String] = []
        if let named = ProcessInfo.processInfo.environment["CONSILIUM_CUDA_LIBS"] { folders.append(named) }
        let wheels = root.appending(path: ".cuda/nvidia").path
        for version in (try? FileManager.default.contentsOfDirectory(atPath: wheels)) ?? [] {
            folders.append("\(wheels)/\(version)/lib")
        }
        return folders.lazy.compactMap { Compiler(folder: $0) }.first
    }()

    struct Kernel {
        var registers = 0
        var spilledBytes = 0
        var sharedBytes = 0
    }

    private typealias Program = OpaquePointer
    private typealias Texts = UnsafePointer<UnsafePointer<CChar>?>
    private let create:
        @convention(c) (
            UnsafeMutablePointer<Program?>, UnsafePointer<CChar>, UnsafePointer<CChar>, Int32, Texts?, Texts?
        ) -> Int32
    private let compile: @convention(c) (Program, Int32, Texts?) -> Int32
    private let destroy: @convention(c) (UnsafeMutablePointer<Program?>) -> Int32
    private let logSize: @convention(c) (Program, UnsafeMutablePointer<Int>) -> Int32
    private let log: @convention(c) (Program, UnsafeMutablePointer<CChar>) -> Int32

    private init?(folder: String) {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        // NVRTC looks for its built-ins by their bare name: it finds those that are open already.
        guard let builtins = files.first(where: { $0.hasPrefix("libnvrtc-builtins.so") }),
            let library = files.first(where: { $0.hasPrefix("libnvrtc.so") }),
            dlopen("\(folder)/\(builtins)", RTLD_NOW | RTLD_LOCAL) != nil,
            let handle = dlopen("\(folder)/\(library)", RTLD_NOW | RTLD_LOCAL),
            let create = dlsym(handle, "nvrtcCreateProgram"), let compile = dlsym(handle, "nvrtcCompileProgram"),
            let destroy = dlsym(handle, "nvrtcDestroyProgram"), let size = dlsym(handle, "nvrtcGetProgramLogSize"),
            let log = dlsym(handle, "nvrtcGetProgramLog")
        else { return nil }
        func function<T>(_ pointer: UnsafeMutableRawPointer, _: T.Type = T.self) -> T {
            unsafeBitCast(pointer, to: T.self)
        }
        self.create = function(create)
        self.compile = function(compile)
        self.destroy = function(destroy)
        logSize = function(size)
        self.log = function(log)
    }

    /// Compiles a module; `nil` kernels: it failed, and the log says why.
    func build(_ module: cuda_module, architecture: String) -> (kernels: [String: Kernel]?, log: String) {
        var texts: [UnsafePointer<CChar>?] = []
        var names: [UnsafePointer<CChar>?] = []
        for index in 0..<cuda_header_count() {
            texts.append(cuda_header_at(index)?.pointee.text)
            names.append(cuda_header_at(index)?.pointee.name)
        }
        var program: Program?
        guard create(&program, module.source.text, module.source.name, Int32(texts.count), texts, names) == 0,
            let opened = program
        else { return (nil, "no program") }
        defer { _ = destroy(&program) }
        var options = ["--gpu-architecture=\(architecture)", "--std=c++17", "--ptxas-options=-v"]
        let option = String(cString: module.option)
        if !option.isEmpty { options.append(option) }
        let copies = options.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        let status = compile(opened, Int32(copies.count), copies.map { $0.map { UnsafePointer($0) } })
        var size = 0
        _ = logSize(opened, &size)
        var bytes = [CChar](repeating: 0, count: size + 1)
        _ = log(opened, &bytes)
        let text = String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return (status == 0 ? Self.kernels(text) : nil, text)
    }

    /// What ptxas says of every kernel.
    private static func kernels(_ log: String) -> [String: Kernel] {
        var result: [String: Kernel] = [:]
        var current = ""
        for line in log.split(separator: "\n") {
            let words = line.split { " ,'".contains($0) }.map(String.init)
            func before(_ word: String) -> Int? {
                words.indices.dropFirst().first { words[$0...].joined(separator: " ").hasPrefix(word) }
                    .flatMap { Int(words[$0 - 1]) }
            }
            if let index = words.firstIndex(of: "function"), words.contains("Compiling"), index + 1 < words.count {
                current = words[index + 1]
                result[current] = Kernel()
            }
            if let stores = before("bytes spill stores"), let loads = before("bytes spill loads") {
                result[current]?.spilledBytes = stores + loads
            }
            if let registers = before("registers") {
                result[current]?.registers = registers
                result[current]?.sharedBytes = before("bytes smem") ?? 0
            }
        }
        return result
    }
}
