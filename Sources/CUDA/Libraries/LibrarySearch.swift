internal import Foundation

/// Finds NVIDIA's libraries where people have them: the folders of `CONSILIUM_CUDA_LIBS`, what the system's loader knows,
/// a CUDA toolkit under /usr/local, and the Python wheels' `nvidia/*/lib`.
struct LibrarySearch: Sendable {
    /// Folders that the user names, before everything else.
    var named: [String]
    /// Folders that are looked at after the loader's own.
    var known: [String]

    static let environmentName = "CONSILIUM_CUDA_LIBS"

    init(named: [String], known: [String]) {
        self.named = named
        self.known = known
    }

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        named = (environment[Self.environmentName] ?? "").split(separator: ":").map(String.init)
        let home = environment["HOME"]
        let roots =
            [environment["VIRTUAL_ENV"], environment["CONDA_PREFIX"], home.map { "\($0)/.local" }].compactMap { $0 }
            + ["/usr/local", "/usr"]
        let packages = roots.flatMap { root in
            Self.children(of: "\(root)/lib", prefix: "python3").flatMap {
                ["\($0)/site-packages", "\($0)/dist-packages"]
            }
        }
        // 13 has one folder for all wheels, 12 one for each.
        let wheels = packages.flatMap { Self.children(of: "\($0)/nvidia") }.map { "\($0)/lib" }
        let toolkits = Self.children(of: "/usr/local", prefix: "cuda").reversed().flatMap {
            ["\($0)/lib64", "\($0)/targets/x86_64-linux/lib", "\($0)/targets/sbsa-linux/lib"]
        }
        known = toolkits + ["/usr/lib/wsl/lib"] + wheels
    }

    /// The first library that can be opened, of `names` in their order within each place.
    func open(_ names: [String], accept: (DynamicLibrary) -> Bool = { _ in true }) -> DynamicLibrary? {
        for path in candidates(names) {
            // A name without a folder is the loader's to find; a path that is not there need not be tried.
            guard !path.contains("/") || FileManager.default.fileExists(atPath: path) else { continue }
            if let library = DynamicLibrary(path: path), accept(library) { return library }
        }
        return nil
    }

    func candidates(_ names: [String]) -> [String] {
        named.flatMap { folder in names.map { "\(folder)/\($0)" } } + names
            + known.flatMap { folder in names.map { "\(folder)/\($0)" } }
    }

    /// For people who wonder why nothing was found.
    var places: String {
        (named + ["the system's library path", "/usr/local/cuda*/lib64", "nvidia/*/lib of Python's packages"])
            .joined(separator: ", ")
    }

    /// The files or folders of a folder as full paths, in order of their names.
    static func children(of folder: String, prefix: String = "") -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasPrefix(prefix) }.sorted().map { "\(folder)/\($0)" }
    }
}
