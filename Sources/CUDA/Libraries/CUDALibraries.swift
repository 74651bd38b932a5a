internal import Foundation

/// What of NVIDIA's software was found on this machine. Nothing of it is linked: the same program runs where there is none.
///
/// Only the driver is needed always. The compiler is needed unless all kernels are in the cache; without cuBLASLt the
/// program's own matrix products are used.
public struct CUDALibraries: Sendable {
    let driver: DriverAPI
    /// Such as 13000 for CUDA 13.0: the newest CUDA that the driver can run.
    let driverVersion: Int32
    let compiler: CompilerAPI?
    let matmul: MatmulAPI?
    /// For people: why a library that could be there is not used.
    private(set) var notes: [String] = []

    /// Opens what is there.
    /// - Throws: ``CUDAError`` `.driverMissing`, `.libraryTooOld`, `.driverFailed`.
    public static func find() throws -> CUDALibraries {
        let search = LibrarySearch()
        guard let driver = search.open(["libcuda.so.1"]) else {
            throw CUDAError(
                .driverMissing,
                "There is no NVIDIA driver (libcuda.so.1) on this machine. Install the driver of your GPU, 550 or newer, or use the CPU."
            )
        }
        return try CUDALibraries(
            driver: driver, compiler: { openCompiler(search, major: $0) },
            matmul: { major in
                search.open(major >= 13 ? ["libcublasLt.so.13", "libcublasLt.so.12"] : ["libcublasLt.so.12"])
            },
            places: search.places)
    }

    /// From symbol tables of any kind; `compiler` and `matmul` get the driver's major version.
    public init(
        driver: any SymbolTable, compiler: (Int32) -> (any SymbolTable)?, matmul: (Int32) -> (any SymbolTable)?,
        places: String = ""
    ) throws {
        self.driver = try DriverAPI(driver)
        let code = self.driver.initialize(0)
        guard code == 0 else {
            let what = code == DriverAPI.Failure.noDevice ? CUDAError.Code.noDevice : .driverFailed
            throw CUDAError(
                what,
                "The NVIDIA driver does not start (\(self.driver.describe(code))). Check with nvidia-smi that a GPU is there, that the driver is loaded and that this user or container may use it."
            )
        }
        var version: Int32 = 0
        guard self.driver.driverVersion(&version) == 0 else {
            throw CUDAError(.driverFailed, "The NVIDIA driver does not tell its version. Install it again.")
        }
        guard version >= Self.oldestDriver else {
            throw CUDAError(
                .libraryTooOld,
                "The NVIDIA driver knows CUDA \(Self.text(version)) only. Install driver 525 (CUDA 12.0) or newer, or use the CPU."
            )
        }
        driverVersion = version
        let major = version / 1000
        var notes: [String] = []
        func take<Table>(_ library: (any SymbolTable)?, _ make: (any SymbolTable) throws -> Table, missing: String)
            -> Table?
        {
            guard let library else {
                notes.append(missing + (places.isEmpty ? "" : " Looked in \(places)."))
                return nil
            }
            do { return try make(library) } catch {
                notes.append((error as? CUDAError)?.message ?? "\(library.name) can't be used.")
                return nil
            }
        }
        self.compiler = take(compiler(major), CompilerAPI.init, missing: Self.compilerAdvice(major))
        self.matmul = take(
            matmul(major), MatmulAPI.init,
            missing:
                "cuBLASLt was not found: the built-in matrix products are used, which are slower. For speed: pip install nvidia-cublas\(major >= 13 ? "" : "-cu12"), or name its folder in \(LibrarySearch.environmentName)."
        )
        self.notes = notes
    }

    /// CUDA 12.0.
    static let oldestDriver: Int32 = 12000

    /// What to do where no compiler was found.
    static func compilerAdvice(_ major: Int32) -> String {
        "NVRTC for CUDA \(major) was not found: pip install nvidia-cuda-nvrtc\(major >= 13 ? "" : "-cu12"), or name its folder in \(LibrarySearch.environmentName)."
    }

    static func text(_ version: Int32) -> String { "\(version / 1000).\(version % 1000 / 10)" }

    var driverText: String { Self.text(driverVersion) }

    /// Machine code of a newer CUDA than the driver's may be refused, so the driver's own generation comes first.
    static func openCompiler(_ search: LibrarySearch, major: Int32) -> (any SymbolTable)? {
        for version in major >= 13 ? ["13", "12"] : ["12"] {
            for path in search.candidates(["libnvrtc.so.\(version)"]) {
                if path.contains("/") {
                    guard FileManager.default.fileExists(atPath: path) else { continue }
                    // NVRTC opens its builtins by their bare name and fails if the loader does not know their folder,
                    // unless they are open already.
                    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
                    for builtins in LibrarySearch.children(of: folder, prefix: "libnvrtc-builtins.so.\(version)") {
                        _ = DynamicLibrary(path: builtins)
                    }
                }
                if let library = DynamicLibrary(path: path) { return library }
            }
        }
        return nil
    }
}
